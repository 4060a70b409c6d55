/** The engine over folders of real files: what it tells while it searches, and how it follows what changes. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Engine } from '../../../src/engine/engine.ts';
import type { EngineOptions } from '../../../src/engine/ports.ts';
import { nothingSet } from '../../../src/protocol/engine.ts';
import { documentText } from '../../bench/specTree.ts';
import { eventually } from '../../helpers/eventually.ts';

describe('Specs in files, as the engine tells of them', () => {
  const folders: string[] = [];
  const engines: Engine[] = [];
  afterEach(async () => {
    for (const engine of engines.splice(0)) await engine.dispose();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  function folderWith(files: Record<string, string>): string {
    const folder = mkdtempSync(join(tmpdir(), 'following-'));
    folders.push(folder);
    write(folder, files);
    return folder;
  }

  function write(folder: string, files: Record<string, string>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }

  function newEngine(options: Partial<EngineOptions>): Engine {
    const engine = new Engine({
      folders: [],
      trusted: false,
      settings: nothingSet,
      defaultModel: null,
      approvals: { ask: async () => false },
      secret: async () => null,
      apiKey: async () => null,
      log: () => {},
      version: '0.0.0',
      ...options,
    });
    engines.push(engine);
    return engine;
  }

  const idsOf = (engine: Engine): string[] =>
    engine.catalogue().sources.flatMap(({ tools }) => tools.map(({ id }) => id));

  const many = (count: number): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `services/s${index % 50}/api${index}.${index % 2 === 0 ? 'yaml' : 'json'}`,
        documentText(index),
      ]),
    );

  it('tells of 500 sources as they are found: what was there stays, and whoever explores waits for all', async () => {
    const folder = folderWith({ 'imaginarium.yaml': manifest, ...many(500) });
    const engine = newEngine({ folders: [folder], trusted: true });
    const seen: string[][] = [];
    let searchingSeen = false;
    engine.onEvent((events) => {
      if (!events.some(({ type }) => type === 'catalogue')) return;
      searchingSeen ||= engine.sources().searching === true;
      seen.push(idsOf(engine));
    });
    const opening = engine.open();
    await engine.open({ early: true });
    assert.ok(idsOf(engine).includes('imaginarium.yaml#list_files'));
    const estimate = await engine.estimate({ tools: ['imaginarium.yaml#list_files'], model: 'offline' });
    assert.equal(estimate.asksFor.length, 0);
    assert.equal(engine.sources().searching, false);
    await opening;
    assert.equal(engine.sources().tools, 1001);
    await eventually('all are told of', () => seen.at(-1)?.length === 1001);
    assert.ok(searchingSeen, 'it says that it still searches');
    for (const [index, ids] of seen.entries()) {
      const now = new Set(seen[index + 1] ?? ids);
      assert.deepEqual(
        ids.filter((id) => !now.has(id)),
        [],
        'none goes only to come again',
      );
    }
  });

  it('keeps a tool’s identity when its spec changes, and tells by the hash that it did', async () => {
    const folder = folderWith({ 'a/api.json': documentText(1) });
    const engine = newEngine({ folders: [folder] });
    await engine.open();
    const [before] = engine.catalogue().sources[0]?.tools ?? [];
    write(folder, { 'a/api.json': documentText(1).replace('stock of warehouse', 'everything in warehouse') });
    await engine.refresh(join(folder, 'a/api.json'));
    const [after] = engine.catalogue().sources[0]?.tools ?? [];
    assert.ok(before && after);
    assert.equal(after.id, before.id);
    assert.notEqual(after.specHash, before.specHash);
    const { version } = engine.catalogue();
    write(folder, { 'a/api.json': `${documentText(1).replace('stock of', 'everything in')}\n` });
    await engine.refresh(join(folder, 'a/api.json'));
    assert.equal(engine.catalogue().version, version, 'the same tools are no change');
  });

  it('goes by what the editor excludes in each folder', async () => {
    const first = folderWith({ 'x/api.json': documentText(1), 'y/api.json': documentText(3) });
    const second = folderWith({ 'x/api.json': documentText(1), 'y/api.json': documentText(3) });
    const engine = newEngine({ folders: [first, second], excludes: { [first]: ['x'], [second]: ['**/y'] } });
    await engine.open();
    const places = (): string[] =>
      engine.catalogue().sources.map((one) => `${folders.indexOf(one.folder)} ${one.path}`);
    assert.deepEqual(places(), ['0 y/api.json', '1 x/api.json']);
    await engine.setExcludes({
      [first]: [],
      [second]: ['**/y', `${'*a'.repeat(60)}b`, '[', '!x'],
    });
    assert.deepEqual(places(), ['0 x/api.json', '0 y/api.json', '1 x/api.json']);
    await engine.setExcludes({});
    assert.equal(places().length, 4);
  });

  it('follows a folder that moves from one workspace folder to another', async () => {
    const first = folderWith({ 'x/api.json': documentText(1) });
    const second = folderWith({});
    const engine = newEngine({ folders: [first, second] });
    await engine.open();
    renameSync(join(first, 'x'), join(second, 'x'));
    await Promise.all([engine.refresh(join(first, 'x')), engine.refresh(join(second, 'x'))]);
    assert.deepEqual(
      engine.catalogue().sources.map(({ folder }) => folder),
      [second],
    );
  });

  it('reads a long text that is edited once the edits pause, and no text that cannot be a spec', async () => {
    const long = documentText(1).replace('"1.0.0"', JSON.stringify('1'.repeat(250_000)));
    const folder = folderWith({ 'api.json': long, 'data.json': '{}' });
    const unsaved = new Map<string, string>();
    const engine = newEngine({ folders: [folder], readText: (path) => unsaved.get(path) ?? null });
    await engine.open();
    const { version } = engine.catalogue();
    const path = join(folder, 'api.json');
    let reads = 0;
    engine.onEvent((events) => {
      if (events.some(({ type }) => type === 'catalogue')) reads += 1;
    });
    const edits: Promise<void>[] = [];
    for (let edit = 0; edit < 20; edit++) {
      unsaved.set(path, long.replace('stock of', `stock ${'s'.repeat(edit)} of`));
      edits.push(engine.refresh(path));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await Promise.all(edits);
    await eventually('it is told', () => reads > 0);
    assert.equal(engine.catalogue().version, version + 1, 'twenty edits are one reading');
    unsaved.set(join(folder, 'data.json'), `{ "a": "${'x'.repeat(3_000_000)}" }`);
    const began = performance.now();
    await engine.refresh(join(folder, 'data.json'));
    assert.ok(performance.now() - began < 1500);
    assert.equal(engine.catalogue().version, version + 1);
  });
});

const manifest = `tools:
  - name: list_files
    description: Lists files.
    risk: read
    parameters: { type: object, properties: { folder: { type: string } } }
    run: { command: [ls] }
`;
