/** A folder as large projects are: 20,000 files, of which a few are specs. Made once and kept, see `cached.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { cached } from './cached.ts';

export const treeSize = 20_000;
/** Specs in it: documents of two operations each, in YAML and in JSON, and a manifest with one tool. */
export const documents = 120;
export const toolsInTree = documents * 2 + 1;

/** Absolute path of the folder. */
export function specTree(): Promise<string> {
  return cached('specTree', async (folder) => {
    for (const [path, text] of files()) {
      const target = join(folder, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  });
}

/** The one file that is changed while the search is followed. */
export const changingDocument = 'packages/p000/api/openapi.yaml';

export function documentText(number: number, title = 'Stock'): string {
  const operation = (name: string): object => ({
    operationId: `${name}_${number}`,
    summary: `${name} of warehouse ${number}`,
    parameters: [{ name: 'day', in: 'query', required: true, schema: { type: 'string', format: 'date' } }],
    responses: { 200: { description: 'ok' } },
  });
  const document = {
    openapi: '3.0.3',
    info: { title, version: '1.0.0' },
    servers: [{ url: 'https://stock.example.com' }],
    paths: { '/stock': { get: operation('stock') }, '/orders': { get: operation('orders') } },
  };
  return number % 2 === 0 ? stringify(document) : JSON.stringify(document, null, 2);
}

function* files(): Generator<[string, string]> {
  yield ['imaginarium.yaml', manifest];
  yield ['.gitignore', 'out/\n*.generated.json\n.env\n'];
  yield ['package.json', '{ "name": "tree", "private": true }'];
  let left = treeSize - 3;
  for (let index = 0; index < documents; index++, left--) {
    const place = `packages/p${String(index).padStart(3, '0')}/api/openapi`;
    yield [`${place}.${index % 2 === 0 ? 'yaml' : 'json'}`, documentText(index)];
  }
  for (let index = 0; index < left; index++) yield ordinary(index);
}

const manifest = `tools:
  - name: list_files
    description: Lists the files of a folder.
    risk: read
    parameters: { type: object, properties: { folder: { type: string } }, required: [folder] }
    run: { command: [ls, "\${folder}"] }
`;

/** Three of ten are JSON or YAML of other kinds, as `tsconfig.json`, translations, fixtures, deployments are. */
function ordinary(index: number): [string, string] {
  const place = `packages/p${String(index % 400).padStart(3, '0')}/src/part${(index >> 3) % 4}/sub${index % 3}`;
  const words = Array.from(
    { length: 30 + (index % 50) },
    (_, word) => `"key${word}": "text ${index} ${word}"`,
  );
  switch (index % 20) {
    case 0:
    case 1:
    case 2:
      return [`${place}/translation${index}.json`, `{ ${words.join(',\n')} }`];
    case 3:
      return [
        `${place}/items${index}.json`,
        `[${words.map((word) => `{ "name": "x", "description": "an item", ${word} }`).join(',\n')}]`,
      ];
    case 4:
      return [
        `${place}/deploy${index}.yaml`,
        `apiVersion: v1\nkind: Service\nmetadata: { name: s${index} }\n`,
      ];
    case 5:
      return [
        `${place}/events${index}.jsonl`,
        words.map((word) => `{ "name": "event", ${word} }`).join('\n'),
      ];
    case 6:
      return [`packages/p${String(index % 400).padStart(3, '0')}/out/copy${index}.json`, documentText(1)];
    default:
      return [`${place}/file${index}.ts`, `export const value${index} = { ${words.join(', ')} };\n`];
  }
}
