/**
 * `npm run l10n`: writes the English bundle anew, takes out of the translations what is no text of ours any more, and says what
 * each language lacks.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';
import { englishBundle, l10nFolder, readBundle, translationsOf, writtenBundle } from './translations.ts';

mkdirSync(l10nFolder, { recursive: true });
writeFileSync(englishBundle, await writtenBundle());
for (const file of [englishBundle, join(root, 'package.nls.json')]) {
  const english = readBundle(file);
  const keys = Object.keys(english);
  for (const { language, path } of translationsOf(file)) {
    const known = readBundle(path);
    const kept = keys.filter((key) => known[key] !== undefined);
    writeFileSync(
      path,
      `${JSON.stringify(Object.fromEntries(kept.map((key) => [key, known[key]])), null, 2)}\n`,
    );
    console.log(`${language}: ${kept.length} of ${keys.length} texts`);
    for (const key of keys) if (known[key] === undefined) console.log(`  ${key}`);
  }
}
