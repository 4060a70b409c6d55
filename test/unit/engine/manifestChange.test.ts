import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ManifestChange } from '../../../src/protocol/engine.ts';
import { testEngine } from '../../helpers/testEngine.ts';

describe('A change of the manifest by a command', () => {
  let folder: string;
  const tools = JSON.stringify([
    { type: 'function', function: { name: 'get.pet', parameters: { type: 'object', properties: {} } } },
    { type: 'function', function: { name: 'add', parameters: { type: 'object', properties: {} } } },
  ]);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'imaginarium-change-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function changed(
    change: ManifestChange,
    unsaved: Record<string, string> = {},
  ): Promise<{ path: string; before: string | null; after: string }> {
    const readText = (path: string): string | null => unsaved[path] ?? null;
    const { engine } = await testEngine(folder, { readText });
    try {
      return await engine.specs.manifestChange(folder, change);
    } finally {
      await engine.dispose();
    }
  }

  it('writes nothing, and begins a manifest where there is none', async () => {
    const change = await changed({ kind: 'exclude', source: 'a.json' });
    assert.deepEqual(change, {
      path: join(folder, 'imaginarium.yaml'),
      before: null,
      after: 'exclude:\n  - a.json\n',
    });
    await assert.rejects(changed({ kind: 'exclude', source: 'imaginarium.yaml' }), /is the manifest itself/);
  });

  it('counts what is not saved yet, and finds an imaginarium.yml', async () => {
    await writeFile(join(folder, 'imaginarium.yml'), 'tools: []\n');
    const path = join(folder, 'imaginarium.yml');
    const change = await changed({ kind: 'include', source: 'a.json' }, { [path]: '# unsaved\ntools: []\n' });
    assert.equal(change.path, path);
    assert.equal(change.before, '# unsaved\ntools: []\n');
    assert.equal(change.after, '# unsaved\ntools: []\ninclude:\n  - source: a.json\n');
  });

  it('touches nothing that a link leads to outside of the folder', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'imaginarium-outside-'));
    try {
      await writeFile(join(outside, 'config.yaml'), 'mine: true\n');
      await symlink(join(outside, 'config.yaml'), join(folder, 'imaginarium.yaml'));
      await assert.rejects(changed({ kind: 'exclude', source: 'a.json' }), /a link to a place outside/);
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  it('leaves the mark of an encoding to whoever writes', async () => {
    await writeFile(join(folder, 'imaginarium.yaml'), '\uFEFFtools: []\r\n');
    const { before, after } = await changed({ kind: 'exclude', source: 'a.json' });
    assert.deepEqual([before, after], ['tools: []\r\n', 'tools: []\r\nexclude:\r\n  - a.json\r\n']);
  });

  it('settles the risk of a tool where the tool stands, or in an entry of its source', async () => {
    await writeFile(join(folder, 'own.tools.yaml'), 'tools: [{ name: own, risk: write }]\n');
    await writeFile(join(folder, 'tools.json'), tools);
    const own = await changed({ kind: 'risk', tool: 'own.tools.yaml#own', risk: 'read' });
    assert.deepEqual(
      [own.path, own.after],
      [join(folder, 'own.tools.yaml'), 'tools: [{ name: own, risk: read }]\n'],
    );
    await assert.rejects(
      changed({ kind: 'risk', tool: 'gone.json#x', risk: 'read' }),
      /no longer in the workspace/,
    );
  });

  it('is what the catalogue then goes by', async () => {
    await writeFile(join(folder, 'tools.json'), tools);
    const id = 'tools.json#get.pet';
    const { engine } = await testEngine(folder);
    try {
      if (engine.tool(id) === null) return; // The format is not read yet.
      assert.notEqual(engine.tool(id)?.risk, 'destructive');
      const { path, after } = await engine.specs.manifestChange(folder, {
        kind: 'risk',
        tool: id,
        risk: 'destructive',
      });
      assert.deepEqual(parse(after), {
        include: [{ source: 'tools.json', tools: { 'get.pet': { risk: 'destructive' } } }],
      });
      await writeFile(path, after);
      await engine.refresh(path);
      assert.equal(engine.tool(id)?.risk, 'destructive');
      assert.equal(engine.tool(id)?.riskReason, undefined);
    } finally {
      await engine.dispose();
    }
  });
});
