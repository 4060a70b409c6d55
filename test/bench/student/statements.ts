/**
 * Statements for a database. The student writes SQL, but what the tables and columns are called it can only guess, unless it
 * has seen their names in a statement that was taken, or in what one returned.
 */
export interface Statement {
  /** How people ask for it; groups are values. */
  asked: RegExp;
  /** `{loans}` is a name to be chosen, `$1` a value. */
  sql: string;
}

/** Names by what they stand for: the guess first, then what a database might call it. */
export const names: Readonly<Record<string, readonly string[]>> = {
  books: ['books'],
  members: ['members'],
  loans: ['loans', 'borrowings'],
  title: ['title'],
  author: ['author'],
  name: ['name'],
  printed: ['year', 'published', 'first_printed'],
  lent: ['loan_date', 'borrowed_at', 'lent_on'],
  returned: ['return_date', 'returned_at', 'returned_on'],
  book: ['book', 'book_id'],
  member: ['member', 'member_id'],
};

export const statements: readonly Statement[] = [
  { asked: /titles? of (?:all|every) books?/, sql: 'SELECT {title} FROM {books}' },
  {
    asked: /books .*\bby ([A-Z][\w-]+(?: [A-Z][\w-]+)+)/,
    sql: "SELECT {title} FROM {books} WHERE {author} = '$1'",
  },
  {
    asked: /[Ww]ho wrote ([A-Z][\w-]+(?: [A-Z][\w-]+)*)/,
    sql: "SELECT {author} FROM {books} WHERE {title} = '$1'",
  },
  {
    asked: /books .*(?:printed|published|older|from) .*before (\d{4})/,
    sql: 'SELECT {title} FROM {books} WHERE {printed} < $1',
  },
  {
    asked: /books .*(?:printed|published|from) .*(?:after|since) (\d{4})/,
    sql: 'SELECT {title} FROM {books} WHERE {printed} > $1',
  },
  {
    asked: /(?:when|which year) .*([A-Z][\w-]+(?: [A-Z][\w-]+)*) .*(?:printed|published)/,
    sql: "SELECT {printed} FROM {books} WHERE {title} = '$1'",
  },
  { asked: /oldest book/, sql: 'SELECT {title} FROM {books} ORDER BY {printed} LIMIT 1' },
  { asked: /how many books/i, sql: 'SELECT count(*) FROM {books}' },
  { asked: /how many members/i, sql: 'SELECT count(*) FROM {members}' },
  { asked: /names? of (?:all|the|every) (?:members|readers)/, sql: 'SELECT {name} FROM {members}' },
  {
    asked: /how many (?:loans|books lent|borrowed books).*(?:not|still|never).*(?:back|out|returned)/i,
    sql: 'SELECT count(*) FROM {loans} WHERE {returned} IS NULL',
  },
  {
    asked: /(?:lent|borrowed|lending).* since (\d{4}-\d\d-\d\d)/,
    sql: "SELECT count(*) FROM {loans} WHERE {lent} >= '$1'",
  },
  {
    asked: /(?:lent|borrowed|lending).* before (\d{4}-\d\d-\d\d)/,
    sql: "SELECT count(*) FROM {loans} WHERE {lent} < '$1'",
  },
  {
    asked: /(?:returned|brought back|came back).* (?:after|since) (\d{4}-\d\d-\d\d)/,
    sql: "SELECT count(*) FROM {loans} WHERE {returned} > '$1'",
  },
  { asked: /loans .*member (?:number )?(\d+)/, sql: 'SELECT count(*) FROM {loans} WHERE {member} = $1' },
  { asked: /loans .*book (?:number )?(\d+)/, sql: 'SELECT count(*) FROM {loans} WHERE {book} = $1' },
  { asked: /(?:latest|newest|last) loan/, sql: 'SELECT max({lent}) FROM {loans}' },
];

/** The statement that a request asks for, its values filled in; null for none. */
export function statementFor(request: string): { sql: string; said: string } | null {
  // Those that say more of what is meant stand further down: the last one that fits counts.
  for (const { asked, sql } of [...statements].reverse()) {
    const match = asked.exec(request);
    if (match) return { said: match[0], sql: sql.replace('$1', (match[1] ?? '').replaceAll("'", "''")) };
  }
  return null;
}

/** What the names of a statement stand for, in the order in which they stand. */
export function namesIn(sql: string): string[] {
  return [...sql.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}
