import assert from 'node:assert/strict';
import { addSource } from '../../../../src/extension/manifest/addSource.ts';
import { excludeSource } from '../../../../src/extension/manifest/excludeSource.ts';
import type { ManifestWindow, WorkspaceFile } from '../../../../src/extension/manifest/ports.ts';
import { setRisk } from '../../../../src/extension/manifest/setRisk.ts';
import { engine, type FileChange, type SourceRow } from '../../../../src/protocol/engine.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';
import { source, sources, tool } from '../fakes.ts';
import { asked, type Played, play, type Script } from './person.ts';

const folder = '/home/me/trains';
const change: FileChange = { path: `${folder}/imaginarium.yaml`, before: 'a', after: 'b' };

interface ManifestPlayed extends Played {
  applied: FileChange[];
  window: ManifestWindow;
}

async function playManifest(
  rows: SourceRow[],
  script: Script = {},
  file?: WorkspaceFile,
): Promise<ManifestPlayed> {
  const applied: FileChange[] = [];
  const played = await play({
    ...script,
    engine: {
      [engine.sources.method]: () => sources(...rows),
      [engine.manifestChange.method]: () => change,
      [engine.tool.method]: (params: unknown) =>
        script.tools?.find(({ id }) => id === (params as { id: string }).id) ?? null,
      ...script.engine,
    },
  });
  const window: ManifestWindow = {
    folders: () => [folder],
    apply: async (one) => void applied.push(one),
    chooseFile: async () => file,
    likelyFiles: async () => [
      { folder, path: 'old/tools.json' },
      { folder, path: 'api.yaml' },
    ],
  };
  return Object.assign(played, { applied, window });
}

const api = source(3, { path: 'api.yaml', format: 'openapi' });

describe('Exclude Source', () => {
  it('has the engine change the manifest of the folder of the row, also in Restricted Mode', async () => {
    const played = await playManifest([api], { trusted: false });
    await excludeSource(played.around, played.window, { source: { folder, path: 'api.yaml' } });
    assert.deepEqual(asked(played, engine.manifestChange), [
      { folder, change: { kind: 'exclude', source: 'api.yaml' } },
    ]);
    assert.deepEqual(played.applied, [change]);
  });

  it('asks which one, the manifest itself left out', async () => {
    const played = await playManifest([source(2), api], { picks: { 'Exclude Source': 'api.yaml' } });
    await excludeSource(played.around, played.window, {});
    assert.deepEqual(asked(played, engine.manifestChange), [
      { folder, change: { kind: 'exclude', source: 'api.yaml' } },
    ]);
    const none = await playManifest([source(2)]);
    await excludeSource(none.around, none.window, {});
    assert.deepEqual(none.said, ['There is no source that could be excluded.']);
  });

  it('without a folder offers to open one', async () => {
    const played = await playManifest([], { folders: 0 });
    await excludeSource(played.around, played.window, {});
    assert.deepEqual(played.said, ['Open the folder that holds your tools first.']);
    assert.deepEqual(played.applied, []);
  });
});

describe('Set Risk', () => {
  const guessed = tool('get_env', { risk: 'unknown', riskReason: 'Its name begins with "get".' });

  it('shows what holds now and why, and has the choice written', async () => {
    const played = await playManifest([source(1)], {
      tools: [guessed],
      picks: { 'Risk of get_env': 'May Destroy Things' },
    });
    await setRisk(played.around, played.window, { toolId: guessed.id });
    assert.deepEqual(asked(played, engine.manifestChange), [
      { folder, change: { kind: 'risk', tool: guessed.id, risk: 'destructive' } },
    ]);
    assert.deepEqual(played.applied, [change]);
    const [first] = played.shown.at(-1) ?? [];
    assert.deepEqual(
      [first?.label, first?.description, first?.detail],
      ['Not Known', 'guessed now', 'Its name begins with "get".'],
    );
  });

  it('changes nothing when no risk is picked, or the tool is gone', async () => {
    const played = await playManifest([source(1)], { tools: [guessed] });
    await setRisk(played.around, played.window, { toolId: guessed.id });
    await setRisk(played.around, played.window, { toolId: 'gone' });
    assert.deepEqual(played.applied, []);
    assert.deepEqual(played.said, ['This tool is no longer in the workspace.']);
  });

  it('asks which tool, also of those that cannot be run', async () => {
    const notRunnable = tool('x', { runnable: false });
    const played = await playManifest([source(1)], {
      tools: [notRunnable],
      picks: { 'Set Risk': 'x', 'Risk of x': 'Only Reads' },
    });
    await setRisk(played.around, played.window, {});
    assert.deepEqual(asked(played, engine.manifestChange), [
      { folder, change: { kind: 'risk', tool: notRunnable.id, risk: 'read' } },
    ]);
  });

  it('takes hostile texts as texts', async () => {
    for (const text of hostileTexts) {
      const hostile = tool('x', { name: text, risk: 'write', riskReason: text });
      const played = await playManifest([source(1)], { tools: [hostile] });
      await setRisk(played.around, played.window, { toolId: hostile.id });
      assert.deepEqual(played.applied, []);
    }
  });
});

describe('Add Source', () => {
  it('names a file that is not read: one that looks like a spec, one that is picked, one that is typed', async () => {
    const picks = (label: string): Script => ({ picks: { 'Add Source': label } });
    const include = async (script: Script, file?: WorkspaceFile): Promise<unknown[]> => {
      const played = await playManifest([api], script, file);
      await addSource(played.around, played.window);
      return asked(played, engine.manifestChange);
    };
    const named = (path: string): unknown[] => [{ folder, change: { kind: 'include', source: path } }];
    assert.deepEqual(await include(picks('old/tools.json')), named('old/tools.json'));
    assert.deepEqual(await include(picks('Choose File…'), { folder, path: 'x.json' }), named('x.json'));
    assert.deepEqual(await include(picks('Choose File…')), []);
    const typed = { ...picks('Enter Path…'), types: { 'Add Source': ' specs/*.yaml ' } };
    assert.deepEqual(await include(typed), named('specs/*.yaml'));
    const played = await playManifest([api], {
      ...picks('gone.json'),
      engine: {
        [engine.sources.method]: () => ({ ...sources(api), excluded: [{ folder, glob: 'gone.json' }] }),
      },
    });
    await addSource(played.around, played.window);
    assert.deepEqual(asked(played, engine.manifestChange), named('gone.json'));
    // What is read is not offered.
    assert.deepEqual(await include(picks('api.yaml')), []);
  });

  it('sets the server of an OpenAPI document', async () => {
    const played = await playManifest([source(1), api], {
      picks: { 'Add Source': 'Enter Server of an OpenAPI Document…' },
      types: { 'Server of api.yaml': 'http://127.0.0.1:4010 ' },
    });
    await addSource(played.around, played.window);
    assert.deepEqual(asked(played, engine.manifestChange), [
      { folder, change: { kind: 'include', source: 'api.yaml', server: 'http://127.0.0.1:4010' } },
    ]);
  });
});
