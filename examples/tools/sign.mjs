// Reads {text, key, algorithm?, encoding?} as JSON from stdin.
import { createHmac } from 'node:crypto';
import { json } from 'node:stream/consumers';
import { program } from './program.mjs';

await program(async () => {
  const { text, key, algorithm = 'sha256', encoding = 'hex' } = await json(process.stdin);
  return createHmac(algorithm, key).update(text).digest().toString(encoding);
});
