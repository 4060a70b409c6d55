import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { emptyMemory } from '../../../src/core/memory/remember.ts';
import { ask, toolOf } from '../../unit/models/offline/world.ts';
import {
  type Arguments,
  examplesFolder,
  type SampleTool,
  SampleWorkspace,
} from '../examples/sampleWorkspace.ts';

const sourceFolder = resolve(import.meta.dirname, '../../../src/models/offline');

/** All source of the offline sampler, in lower case, spaces made one: what is split over lines is found, too. */
function source(): string {
  const files = readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  assert.ok(files.length > 10, `${files.length} files in ${sourceFolder}`);
  return files
    .map((name) => readFileSync(join(sourceFolder, name), 'utf8'))
    .join('\n')
    .toLowerCase()
    .replace(/\s+/g, ' ');
}

/** Whether the source has the name as a word of its own. */
function has(text: string, name: string): boolean {
  const escaped = name.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, 'u').test(text);
}

/** Arguments that a tool will hardly take, and those that the sampler itself would try first. */
async function trying(tool: SampleTool): Promise<Arguments[]> {
  const properties = Object.entries(tool.parameters.properties);
  const nonsense = properties.map(([name, { type }]): [string, Json] => [
    name,
    type === 'string' ? 'zzqx zzqx' : -98_765,
  ]);
  const sampled = await Promise.all(
    [1, 2].map(async (seed) => {
      const known = toolOf(tool.name, tool.description, tool.parameters as unknown as JsonObject);
      const answer = await ask({
        kind: 'callFirst',
        tool: known,
        memory: emptyMemory(),
        seed,
        uncovered: [],
        steps: [],
      });
      return JSON.parse(answer.toolCalls[0]?.arguments ?? '{}') as Arguments;
    }),
  );
  // A path without its values is no path: the address of an HTTP tool needs them.
  return [Object.fromEntries(nonsense), ...(tool.run.http ? [] : [{}]), ...sampled];
}

/** What stays of an error text without what varies: pieces of at least three words, stack traces left out. */
function stems(text: string, args: Arguments): string[] {
  let message = text
    .split('\n')
    .filter((line) => !/^\s*at |^file:|^\s*\^|^node\.js v|^\s*throw |node:internal/i.test(line))
    .join(' ')
    .replace(/\s+/g, ' ');
  for (const value of Object.values(args)) message = message.replaceAll(String(value) || '\u0000', ' | ');
  return message
    .split(/["'`|{}[\]():;,\n]|\d+/)
    .map((piece) => piece.trim().toLowerCase())
    .filter((piece) => piece.split(/\s+/).length >= 3);
}

describe('the offline sampler knows nothing of the sample workspace', () => {
  const workspace = new SampleWorkspace(examplesFolder);
  const text = source();
  after(() => workspace.stop());

  it('has no tool name and no service name in its source', () => {
    const names = [
      ...workspace.manifest.tools.map(({ name }) => name),
      ...Object.keys(workspace.manifest.services),
    ];
    assert.ok(names.length >= 7, `${names.length} names`);
    assert.deepEqual(
      names.filter((name) => has(text, name)),
      [],
    );
  });

  it('has no parameter name that is no ordinary word', () => {
    const names = workspace.manifest.tools.flatMap(({ parameters }) => Object.keys(parameters.properties));
    assert.deepEqual(
      names.filter((name) => /_|[a-z][A-Z]/.test(name) && has(text, name)),
      [],
    );
  });

  it('has no error message in its source', async function () {
    this.timeout(20_000);
    const refusals: string[] = [];
    const calls = await Promise.all(
      workspace.manifest.tools.map(async (tool) => ({ tool, tries: await trying(tool) })),
    );
    const pending = calls.flatMap(({ tool, tries }) => tries.map((args) => ({ name: tool.name, args })));
    const worker = async (): Promise<void> => {
      for (let call = pending.shift(); call; call = pending.shift()) {
        const answer = await workspace.call(call.name, call.args);
        if (!answer.ok) refusals.push(...stems(answer.text, call.args));
      }
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    assert.ok(new Set(refusals).size >= 6, `${refusals.length} stems were collected`);
    assert.deepEqual(
      [...new Set(refusals)].filter((stem) => text.includes(stem)),
      [],
    );
  });
});
