// library.mjs SQL: runs one statement on the library's database, which it cannot change.
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { program } from './program.mjs';

await program(() => {
  const file = fileURLToPath(new URL('../data/library.db', import.meta.url));
  const database = new DatabaseSync(file, { readOnly: true });
  // Even on a read-only connection VACUUM INTO writes a new file; within a transaction SQLite refuses it.
  database.exec('BEGIN');
  return database.prepare(process.argv[2]).all();
});
