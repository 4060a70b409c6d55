/** `npm run check:manifest`: the ids of `src/protocol/contributions.ts` against `package.json`, both ways. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contributions from '../protocol/contributions.ts';
import { root } from './install.mjs';
import { idProblems } from './manifestIds.ts';

const text = readFileSync(join(root, 'package.json'), 'utf8');
const problems = idProblems(contributions, JSON.parse(text));
// Paths in the manifest: a missing icon or schema is silently ignored by the editor.
for (const [, path] of text.matchAll(/"(?:\.\/)?(media\/[^"]+|syntaxes\/[^"]+)"/g)) {
  if (path && !existsSync(join(root, path)))
    problems.push(`package.json names ${path}, which does not exist.`);
}
for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log('package.json and contributions.ts agree.');
process.exitCode = problems.length === 0 ? 0 : 1;
