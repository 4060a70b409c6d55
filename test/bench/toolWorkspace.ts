/** A workspace in a temporary folder whose tools are one HTTP service on loopback, in a process of its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';

export interface ToolWorkspace {
  /** Absolute path of the folder. */
  folder: string;
  /** Absolute path of the manifest, and its text. */
  manifest: { path: string; text: string };
  /** Names of the tools, as the manifest has them. */
  names: string[];
  /** A list of functions for OpenAI, which nothing runs; null without any. */
  functions: { path: string; text: string; names: string[] } | null;
  /** Ends the service and removes the folder. */
  dispose(): Promise<void>;
}

/** Writes the manifest of `count` tools and starts their service; beside it a list of so many functions. */
export async function makeToolWorkspace(count: number, functions = 0): Promise<ToolWorkspace> {
  const service = fork(fileURLToPath(new URL('./toolService.ts', import.meta.url)), {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: [],
  });
  const gone = once(service, 'exit');
  if (service.stdout === null) throw new Error('The service of the tools has no output.');
  const lines = createInterface({ input: service.stdout });
  const first = await Promise.race([once(lines, 'line'), gone.then(() => null)]);
  if (first === null) throw new Error('The service of the tools ended before it listened.');
  const folder = mkdtempSync(join(tmpdir(), 'imaginarium-bench-'));
  const names = Array.from({ length: count }, (_, i) => toolName(i + 1));
  const text = stringify({ tools: names.map((name, i) => tool(name, i, Number(first[0]))) });
  const path = join(folder, 'imaginarium.yaml');
  writeFileSync(path, text);
  return {
    folder,
    manifest: { path, text },
    names,
    functions: functions === 0 ? null : writeFunctions(folder, functions),
    dispose: async () => {
      service.kill();
      await gone;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

function writeFunctions(folder: string, count: number): ToolWorkspace['functions'] {
  const names = Array.from({ length: count }, (_, index) => `archive_${index}`);
  const list = names.map((name, index) => {
    const { description, parameters } = tool(name, index, 0);
    return { type: 'function', function: { name, description, parameters } };
  });
  const path = join(folder, 'functions.json');
  const text = JSON.stringify(list, null, 2);
  writeFileSync(path, text);
  return { path, text, names };
}

/** Recognised again by the scripted model, see `modelScript.ts`. */
export const toolNamePattern = /\blibrary_\d\d\b/;

function toolName(number: number): string {
  return `library_${String(number).padStart(2, '0')}`;
}

const shelves = ['maps', 'novels', 'scores', 'letters', 'atlases', 'herbals', 'charters', 'almanacs'];

function tool(name: string, index: number, port: number) {
  return {
    name,
    description: `Counts the ${shelves[index % shelves.length]} that library ${index + 1} lends on a day.`,
    risk: 'read',
    parameters: {
      type: 'object',
      properties: {
        day: { type: 'string', description: 'Day of the week' },
        copies: { type: 'integer', minimum: 1, maximum: 50 },
        order: { type: 'string', enum: ['title', 'author', 'year'] },
      },
      required: ['day'],
    },
    run: {
      http: {
        method: 'GET',
        url: `http://127.0.0.1:${port}/${name}`,
        query: Object.fromEntries(['day', 'copies', 'order'].map((key) => [key, `\${${key}}`])),
      },
    },
  };
}
