/** A workspace whose tools say hostile things: in their descriptions, their errors, their answers, and their arguments. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { hostileTexts } from '../helpers/hostileTexts.ts';

/** A manifest is no place for a megabyte; observations are. */
const inManifest = 2000;

/** Makes the folder: one tool a text, the last of which asks for approval. */
export function hostileWorkspace(): { folder: string; tools: number; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'imaginarium-hostile-'));
  const tools = hostileTexts.map((text, index) => {
    const shown = text.toWellFormed().replaceAll('\0', '').slice(0, inManifest);
    return {
      name: `hostile_${index}`,
      description: shown,
      risk: 'read',
      parameters: {
        type: 'object',
        properties: { text: { type: 'string', examples: [shown, `${shown} fails`] } },
        required: ['text'],
      },
      run: { module: './tools.mjs', export: `hostile_${index}` },
    };
  });
  const asking = { ...tools[0], name: 'asking', risk: 'write', parameters: linksInArguments };
  writeFileSync(join(folder, 'imaginarium.yaml'), stringify({ tools: [...tools, asking] }));
  const code = hostileTexts.map(
    (text, index) =>
      `export const hostile_${index} = ({ text }) => {
  const said = ${JSON.stringify(text)};
  if (text.endsWith('fails') || text.length % 3 === 0) throw new Error(said);
  return said;
};
`,
  );
  writeFileSync(join(folder, 'tools.mjs'), code.join('\n'));
  return { folder, tools: tools.length + 1, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const link = '[open](command:workbench.action.terminal.new) <b>bold</b> $(error) \u202egpj.exe';
const linksInArguments = {
  type: 'object',
  properties: { text: { type: 'string', enum: [link] } },
  required: ['text'],
};
