import { concepts, type Pool } from './pool.ts';

/** What programs are told: algorithms, encodings, queries, paths, names of things in a repository. */
export const computingPools: readonly Pool[] = [
  {
    hint: /\b(hash|hashing|digest|checksum|hmac|algorithm)\b/,
    concepts: concepts(`
      sha256 | SHA-256 | sha-256 | SHA256
      md5 | MD5 | MD-5
      sha1 | SHA-1 | sha-1 | SHA1
      sha512 | SHA-512 | sha-512 | SHA512
      sha3-256 | SHA3-256 | sha3_256
      crc32 | CRC32 | CRC-32
      blake2b512 | blake2b | BLAKE2b
      ripemd160 | RIPEMD-160
    `),
  },
  {
    hint: /\b(encoding|charset|character set)\b/,
    concepts: concepts(`
      utf8 | utf-8 | UTF-8
      base64 | Base64 | base-64
      hex | hexadecimal | HEX | base16
      base64url | base64-url
      latin1 | ISO-8859-1 | iso-8859-1
      ascii | ASCII | us-ascii
      utf16le | UTF-16 | utf-16
    `),
  },
  {
    hint: /\b(sql|select statement|database query|sqlite|postgres|mysql)\b/,
    concepts: concepts(`
      SELECT 1 | SELECT 1;
      SELECT 2 + 3 AS total
      SELECT name FROM sqlite_master WHERE type = 'table' | SHOW TABLES | SELECT table_name FROM information_schema.tables
      SELECT * FROM users LIMIT 5 | SELECT * FROM user LIMIT 5 | SELECT TOP 5 * FROM users
      SELECT count(*) FROM orders | SELECT count(*) FROM order
      SELECT date('now') | SELECT NOW() | SELECT CURRENT_DATE
      SELECT upper('hello') | SELECT UCASE('hello')
      SELECT name, sql FROM sqlite_master | DESCRIBE users
      SELECT length('imagination') AS n | SELECT LEN('imagination') AS n
      SELECT max(price) FROM products
      SELECT round(10.0 / 3, 2) AS result
      SELECT * FROM customers WHERE country = 'Germany'
      SELECT 'a' || 'b' AS joined | SELECT CONCAT('a', 'b') AS joined
    `),
  },
  {
    hint: /\b(regex|regexp|regular expression|pattern)\b/,
    concepts: concepts('^[a-z]+$\n\\d{4}\nfix.*\n(foo)\n[0-9]+'),
  },
  {
    hint: /\b(branch|revision|rev|git ref|ref|commit|sha)\b/,
    concepts: concepts(
      'HEAD | head | @\nmain | master | origin/main\nHEAD~1 | HEAD^\nv1.0.0 | 1.0.0 | refs/tags/v1.0.0',
    ),
  },
  {
    hint: /\b(since|until|after|before)\b/,
    concepts: concepts(
      '2024-01-01 | 2024/01/01\n2 weeks ago | 2.weeks\nyesterday\n2020-06-15 | 15.06.2020\n1 year ago',
    ),
  },
  {
    hint: /\b(url|uri|link|endpoint|website|webhook)\b/,
    concepts: concepts(
      'https://example.com | example.com | http://example.com\nhttps://www.example.org/path?x=1 | www.example.org',
    ),
  },
  {
    hint: /\b(host|hostname|domain|server)\b/,
    concepts: concepts('example.com | www.example.com\nlocalhost | 127.0.0.1\nexample.org'),
  },
  { hint: /\b(ip|ip address|ipv4)\b/, concepts: concepts('192.0.2.1\n8.8.8.8\n127.0.0.1 | localhost') },
  {
    hint: /\b(mime|content type|media type)\b/,
    concepts: concepts(
      'application/json | json\ntext/plain | text\nimage/png | png | .png\ntext/html | html',
    ),
  },
  { hint: /\b(http )?method\b/, concepts: concepts('GET | get\nPOST | post\nPUT | put\nDELETE | delete') },
  {
    hint: /\b(format|output|export)\b/,
    concepts: concepts(
      'json | JSON | application/json\ncsv | CSV | text/csv\ntext | txt | plain\nmarkdown | md\nhtml | HTML\nxml | XML',
    ),
  },
  {
    hint: /\b(directory|folder|dir)\b/,
    concepts: concepts('. | ./\nsrc | ./src | /src\ndocs | ./docs\n/tmp'),
  },
  {
    hint: /\b(path|file|filename|file name)\b/,
    concepts: concepts(
      'README.md | ./README.md | /README.md\nsrc/index.js | src/main.js\npackage.json\nnotes.txt | /tmp/notes.txt',
    ),
  },
  {
    hint: /\b(uuid|guid)\b/,
    concepts: concepts('123e4567-e89b-42d3-a456-426614174000\n9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d'),
  },
  { hint: /\b(version|release)\b/, concepts: concepts('1.0.0 | v1.0.0 | 1.0\n2.3.1 | v2.3.1\nlatest') },
  {
    hint: /\b(sort|order|direction)\b/,
    concepts: concepts('asc | ascending | ASC\ndesc | descending | DESC'),
  },
  {
    hint: /\b(operator|operation)\b/,
    concepts: concepts('add | + | plus\nsubtract | - | minus\nmultiply | * | times\ndivide | /'),
  },
  { hint: /\b(expression|formula)\b/, concepts: concepts('2 + 2 | 2+2\n3 * (4 + 5)\nsqrt(16)\n10 / 4') },
  {
    hint: /\b(colou?r)\b/,
    concepts: concepts('#ff0000 | red | rgb(255, 0, 0)\n#0000ff | blue\n#00ff00 | green | lime'),
  },
  { hint: /\b(json)\b/, concepts: concepts('{"a":1}\n[1,2,3]') },
];
