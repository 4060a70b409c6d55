/** Whether the texts of `package.json` and those of `package.nls.json` are the same ones. */

/** One sentence for each `%key%` without a text, and for each text that nothing names. */
export function nlsProblems(manifest: string, texts: Record<string, unknown>): string[] {
  const named = new Set([...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? ''));
  const known = new Set(Object.keys(texts));
  return [
    ...[...named.difference(known)].map(
      (key) => `package.json names %${key}%, which package.nls.json has not.`,
    ),
    ...[...known.difference(named)].map(
      (key) => `package.nls.json has "${key}", which package.json does not name.`,
    ),
    ...plainTexts(JSON.parse(manifest)),
  ];
}

/** Where the editor shows a text of the manifest; a text there that is no `%key%` is never translated. */
const shown = new Set([
  'title',
  'contents',
  'description',
  'markdownDescription',
  'patternErrorMessage',
  'accessibilityHelpContent',
  'enumDescriptions',
]);
/** The same in every language. */
const names = new Set(['Imaginarium']);

function plainTexts({ contributes }: { contributes?: unknown }): string[] {
  const found: string[] = [];
  const look = (value: unknown, key: string): void => {
    if (typeof value === 'string' && shown.has(key) && !/^%.+%$/.test(value) && !names.has(value)) {
      found.push(`package.json: "${value}" (${key}) belongs into package.nls.json.`);
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [name, one] of Object.entries(value)) look(one, Array.isArray(value) ? key : name);
  };
  look(contributes, '');
  return found;
}
