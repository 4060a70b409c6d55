// Writes library.db, the SQLite file that tools/library.mjs reads: node data/makeLibrary.mjs [OUTPUT]
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';

const books = [
  ['Frankenstein', 'Mary Shelley', 1818],
  ['Moby-Dick', 'Herman Melville', 1851],
  ['Middlemarch', 'George Eliot', 1871],
  ['Heidi', 'Johanna Spyri', 1880],
  ['Effi Briest', 'Theodor Fontane', 1895],
  ['Dracula', 'Bram Stoker', 1897],
  ['Kim', 'Rudyard Kipling', 1901],
  ['Le Grand Meaulnes', 'Alain-Fournier', 1913],
];
const members = ['Ada Brunner', 'Béla Szabó', 'Chiara Conti', 'Dmitri Orlov'];
const loans = [
  [1, 1, '2025-03-03', '2025-03-28'],
  [4, 1, '2025-05-12', null],
  [2, 3, '2025-04-22', '2025-06-02'],
  [8, 2, '2025-05-30', null],
  [6, 4, '2025-06-06', null],
];

const output = process.argv[2] ?? fileURLToPath(new URL('library.db', import.meta.url));
rmSync(output, { force: true });
const database = new DatabaseSync(output);
database.exec(`
  CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author TEXT NOT NULL, first_printed INTEGER);
  CREATE TABLE members (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
  CREATE TABLE loans (
    book_id INTEGER NOT NULL REFERENCES books,
    member_id INTEGER NOT NULL REFERENCES members,
    lent_on TEXT NOT NULL,
    returned_on TEXT
  );
`);
insert('INSERT INTO books (title, author, first_printed) VALUES (?, ?, ?)', books);
insert(
  'INSERT INTO members (name) VALUES (?)',
  members.map((name) => [name]),
);
insert('INSERT INTO loans VALUES (?, ?, ?, ?)', loans);
database.close();

function insert(sql, rows) {
  const statement = database.prepare(sql);
  for (const row of rows) statement.run(...row);
}
