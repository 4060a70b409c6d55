/** Workspaces with very many tools, for what must not grow with the catalogue. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files of tools, by their path. */
export type SpecFiles = Map<string, string>;

const subjects = ['orders', 'invoices', 'parcels', 'tickets', 'rooms', 'trains', 'books', 'customers'];
const verbs = ['list', 'find', 'count', 'sum_up', 'export'];

/** `sources` files of `each` tools that read: 40 of 400, or one of 16,000. */
export function largeCatalogue(sources: number, each: number): SpecFiles {
  const files: SpecFiles = new Map();
  for (let source = 1; source <= sources; source += 1) {
    const name = `part${String(source).padStart(2, '0')}`;
    const tools = Array.from({ length: each }, (_, index) => tool(name, index + 1));
    files.set(`specs/${name}.tools.yaml`, `tools:\n${tools.join('')}`);
  }
  return files;
}

/** Writes the files into a folder. */
export function writeSpecs(folder: string, files: SpecFiles): void {
  for (const [path, text] of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

function tool(source: string, number: number): string {
  const subject = subjects[number % subjects.length];
  const verb = verbs[number % verbs.length] ?? '';
  return [
    `  - name: ${source}_${verb}_${subject}_${number}`,
    `    description: Looks at the ${subject} of department ${number} (${verb.replace('_', ' ')}).`,
    '    risk: read',
    '    parameters:',
    '      type: object',
    '      properties:',
    '        day: { type: string, description: Day of the week }',
    '        limit: { type: integer, minimum: 1, maximum: 50 }',
    '      required: [day]',
    '    run: { command: [echo, "${day}"] }',
    '',
  ].join('\n');
}
