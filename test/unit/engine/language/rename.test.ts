import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Position, TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from '../../../../src/engine/engine.ts';
import { renameEdit, renamePlace } from '../../../../src/engine/language/rename.ts';
import { openStore } from '../../../../src/store/index.ts';
import { madeExample, madeRecord, madeRun } from '../../../bench/storeFixtures.ts';
import { eventually } from '../../../helpers/eventually.ts';
import { testEngine } from '../../../helpers/testEngine.ts';

const manifest = `tools:
  - name: tool_0 # the first
    run: { command: [a] }
  - name: "tool_1"
    run: { command: [a] }
`;
const other = `include:
  - source: imaginarium.yaml
    only: [ "tool_0", tool_1 ]
    tools: { tool_0: { risk: read } }
  - source: another.tools.yaml
    tools: { tool_0: { risk: read } }
`;

describe('Rename of a tool', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'imaginarium-rename-'));
    await writeFile(join(folder, 'imaginarium.yaml'), manifest);
    await writeFile(join(folder, 'other.tools.yaml'), other);
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function withEngine(work: (engine: Engine) => Promise<void>): Promise<void> {
    const { engine } = await testEngine(folder);
    try {
      await work(engine);
    } finally {
      await engine.dispose();
    }
  }

  const uri = (name: string): string => pathToFileURL(join(folder, name)).href;
  const at = (line: number, character: number): Position => ({ line, character });

  function applied(name: string, text: string, edits: Record<string, TextEdit[]> | undefined): string {
    const document = TextDocument.create(uri(name), 'yaml', 1, text);
    return TextDocument.applyEdits(document, edits?.[uri(name)] ?? []);
  }

  it('changes the name and every entry of other manifests that names it', () =>
    withEngine(async (engine) => {
      const place = renamePlace(engine.specs.files.at(uri('imaginarium.yaml')), at(1, 12));
      assert.deepEqual(place?.range, { start: at(1, 10), end: at(1, 16) });
      const { changes } = renameEdit(place.tool, 'first', engine.specs.read);
      assert.equal(applied('imaginarium.yaml', manifest, changes), manifest.replace('tool_0', 'first'));
      assert.equal(
        applied('other.tools.yaml', other, changes),
        other.replace('"tool_0"', 'first').replace('{ tool_0', '{ first'),
      );
      const second = renamePlace(engine.specs.files.at(uri('imaginarium.yaml')), at(3, 13));
      assert.ok(second);
      const quoted = renameEdit(second.tool, 'true', engine.specs.read);
      assert.ok(applied('imaginarium.yaml', manifest, quoted.changes).includes('- name: "true"\n'));
    }));

  it('is refused, with a reason, for a name that cannot be, and for a tool of another format', async () => {
    await writeFile(
      join(folder, 'tools.json'),
      JSON.stringify([{ type: 'function', function: { name: 'x', parameters: { type: 'object' } } }]),
    );
    await withEngine(async (engine) => {
      const place = renamePlace(engine.specs.files.at(uri('imaginarium.yaml')), at(1, 12));
      assert.ok(place);
      assert.throws(() => renameEdit(place.tool, 'a b', engine.specs.read), /cannot be the name of a tool/);
      assert.throws(
        () => renameEdit(place.tool, 'tool_1', engine.specs.read),
        /There is a tool "tool_1" in line 4/,
      );
      assert.equal(renamePlace(engine.specs.files.at(uri('imaginarium.yaml')), at(2, 5)), null);
      assert.equal(renamePlace(engine.specs.files.at(uri('none.yaml')), at(0, 0)), null);
      const spot = engine.specs.files.at(uri('tools.json'))?.tools[0]?.bound.spot;
      if (!spot) return; // The format is not read yet.
      const inName = at(spot.name.line - 1, spot.name.column);
      assert.throws(
        () => renamePlace(engine.specs.files.at(uri('tools.json')), inName),
        /Only a tool of a manifest can be renamed with its examples: "x" comes from tools\.json/,
      );
    });
  });

  it('takes what was learned along once the edit is in the catalogue, and back when it is undone', async () => {
    await writeFile(join(folder, 'other.tools.yaml'), '');
    const store = await openStore({ folder });
    store.createRun(madeRun('r1'));
    for (let index = 0; index < 4; index++) {
      const record = madeRecord('r1', index, 1);
      store.recordTrial({ ...record, example: madeExample(record.trial) });
    }
    await store.close();
    const texts = new Map<string, string>();
    const { engine } = await testEngine(folder, { readText: (path) => texts.get(path) ?? null });
    try {
      const path = join(folder, 'imaginarium.yaml');
      const edit = async (text: string): Promise<void> => {
        texts.set(path, text);
        await engine.refresh(path);
      };
      const examples = async (name: string): Promise<number> =>
        (await engine.learned.examples({ tool: `imaginarium.yaml#${name}`, limit: 10 })).rows.length;
      const files = (): Promise<string[]> => readdir(join(folder, '.imaginarium/examples'));
      engine.specs.renames.expect('imaginarium.yaml#tool_0', 'imaginarium.yaml#renamed');
      assert.equal(await examples('tool_0'), 4);
      await edit(manifest.replace('tool_0', 'renamed'));
      await eventually('four examples', async () => (await examples('renamed')) === 4);
      assert.equal(await examples('tool_0'), 0);
      await eventually('one file', async () => (await files()).join() === 'imaginarium.yaml#renamed.jsonl');
      const [first] = (await engine.learned.examples({ tool: 'imaginarium.yaml#renamed', limit: 1 })).rows;
      await edit(manifest);
      await eventually('four examples', async () => (await examples('tool_0')) === 4);
      await eventually('one file', async () => (await files()).join() === 'imaginarium.yaml#tool_0.jsonl');
      // And again, as Redo does.
      await edit(manifest.replace('tool_0', 'renamed'));
      await eventually('four examples', async () => (await examples('renamed')) === 4);
      assert.equal(first?.tool, 'imaginarium.yaml#renamed');
      // What is only taken away keeps what was learned under its name.
      await edit(manifest.replace('name: tool_0', 'name: unheard'));
      assert.equal(await examples('renamed'), 4);
    } finally {
      await engine.dispose();
    }
  });
});
