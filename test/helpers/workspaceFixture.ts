/** A workspace for tests: a temporary folder with a manifest and tools that are real programs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

export interface TestTool {
  name: string;
  risk?: 'read' | 'write' | 'destructive';
  /** Body of a function of `args`; it may be async. What it returns is the observation. */
  body: string;
  parameters?: object;
}

export interface WorkspaceFixture {
  folder: string;
  /** Writes the manifest anew, with these tools. */
  write(tools: readonly TestTool[]): void;
  remove(): void;
}

const anyText = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] };

/** Makes the folder; `remove` it afterwards. */
export function workspaceFixture(tools: readonly TestTool[]): WorkspaceFixture {
  const folder = mkdtempSync(join(tmpdir(), 'imaginarium-workspace-'));
  const fixture: WorkspaceFixture = {
    folder,
    write(now) {
      const manifest = now.map(({ name, risk, parameters }) => ({
        name,
        description: `Does ${name.replaceAll('_', ' ')} to a text.`,
        ...(risk ? { risk } : {}),
        parameters: parameters ?? anyText,
        run: { module: './tools.mjs', export: name },
      }));
      writeFileSync(join(folder, 'imaginarium.yaml'), stringify({ tools: manifest }));
      const functions = now.map(({ name, body }) => `export async function ${name}(args) {\n${body}\n}\n`);
      writeFileSync(join(folder, 'tools.mjs'), functions.join('\n'));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  fixture.write(tools);
  return fixture;
}

/** A tool that takes every text. */
export function echo(name: string): TestTool {
  return { name, risk: 'read', body: 'return `you said ${args.text}`;' };
}
