/** `npm run check:manifest`: ids and texts of `package.json` against the code and the translations, both ways. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as contributions from '../protocol/contributions.ts';
import { root } from './install.mjs';
import { idProblems } from './manifestIds.ts';
import { nlsProblems } from './nlsProblems.ts';
import {
  englishBundle,
  readBundle,
  translationProblems,
  translationsOf,
  writtenBundle,
} from './translations.ts';

const text = readFileSync(join(root, 'package.json'), 'utf8');
const problems = idProblems(contributions, JSON.parse(text));
// Paths in the manifest: a missing icon or schema is silently ignored by the editor.
for (const [, path] of text.matchAll(/"(?:\.\/)?(media\/[^"]+|syntaxes\/[^"]+)"/g)) {
  if (path && !existsSync(join(root, path)))
    problems.push(`package.json names ${path}, which does not exist.`);
}
const texts = readBundle(join(root, 'package.nls.json'));
problems.push(...nlsProblems(text, texts));
if (!existsSync(englishBundle) || readFileSync(englishBundle, 'utf8') !== (await writtenBundle())) {
  problems.push('media/l10n/bundle.l10n.json is not what the sources say: run npm run l10n.');
}
for (const english of [englishBundle, join(root, 'package.nls.json')].filter(existsSync)) {
  for (const { path } of translationsOf(english)) {
    const found = translationProblems(readBundle(english), readBundle(path));
    problems.push(...found.map((problem) => `${relative(root, path)}: ${problem}`));
  }
}
for (const problem of problems) console.error(problem);
if (problems.length === 0)
  console.log('package.json agrees with the code, and the texts with their translations.');
process.exitCode = problems.length === 0 ? 0 : 1;
