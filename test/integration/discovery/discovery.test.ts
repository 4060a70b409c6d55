/** A folder as it is, with nothing written for us: what is in it is found, and followed. */
import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { ConfigurationTarget, extensions, languages, Range, Uri, WorkspaceEdit, workspace } from 'vscode';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { engine } from '../../../src/protocol/engine.ts';
import { eventually, fileIn, listed, note, openExtension, setting } from '../window.ts';

describe('A folder with specs and no manifest', () => {
  let api: TestApi;

  /** Waits until these tools are listed, in any order, and says how long it took. */
  async function lists(what: string, ...names: string[]): Promise<void> {
    const began = performance.now();
    const wanted = names.sort().join();
    let last = '';
    try {
      await eventually(
        what,
        async () => {
          last = (await namesInFolder(api)).sort().join();
          return last === wanted;
        },
        8000,
      );
    } catch (error) {
      throw new Error(`${error}: ${last}`);
    }
    note(`${what}: ${(performance.now() - began).toFixed(0)} ms`);
  }

  it('wakes the extension by itself', async () => {
    const extension = extensions.getExtension('imaginarium.imaginarium');
    await eventually('it is active', () => extension?.isActive);
    api = await openExtension();
    await listed(api);
  });

  it('shows its tools by source, and says nothing of files that are no specs', async () => {
    await lists('both are found', 'forecast', 'stock_of');
    await api.tree.getChildren();
    assert.deepEqual(api.tree.model.sources.map(({ data }) => data.path).slice(0, 2), [
      'openapi.yaml',
      'services/stock/api.json',
    ]);
    assert.deepEqual(languages.getDiagnostics(fileIn('tools.json')), []);
  });

  it('follows unsaved edits', async () => {
    const uri = fileIn('services/stock/api.json');
    const document = await workspace.openTextDocument(uri);
    const from = document.positionAt(document.getText().indexOf('stock_of'));
    const to = from.translate(0, 'stock_of'.length);
    const change = new WorkspaceEdit();
    change.replace(uri, new Range(from, to), 'stock_at');
    await workspace.applyEdit(change);
    await lists('an unsaved edit', 'forecast', 'stock_at');
    const back = new WorkspaceEdit();
    back.replace(uri, new Range(from, to), 'stock_of');
    await workspace.applyEdit(back);
    await document.save();
    await lists('the edit taken back', 'forecast', 'stock_of');
  });

  it('follows what the editor excludes', async () => {
    const back = await setting('files.exclude', { '**/services': true }, ConfigurationTarget.Workspace);
    await lists('files.exclude', 'forecast');
    await back();
    await lists('and no longer', 'forecast', 'stock_of');
    const again = await setting('search.exclude', { 'openapi.*': true }, ConfigurationTarget.Workspace);
    await lists('search.exclude', 'stock_of');
    await again();
    await lists('and no longer', 'forecast', 'stock_of');
  });

  it('follows files and folders that come, go and move, and what git ignores', async () => {
    const text = await workspace.fs.readFile(fileIn('openapi.yaml'));
    await workspace.fs.writeFile(
      fileIn('more/deep/api.yaml'),
      Buffer.from(`${text}`.replace('Id: forecast', 'Id: past')),
    );
    await lists('a file in a new folder', 'forecast', 'past', 'stock_of');
    // Behind the editor's back, as a terminal does.
    await rename(fileIn('more').fsPath, fileIn('moved').fsPath);
    await eventually('its new place', async () =>
      (await api.link.request(engine.sources, {})).sources.some(({ path }) => path === 'moved/deep/api.yaml'),
    );
    await lists('a folder that was moved', 'forecast', 'past', 'stock_of');
    await workspace.fs.writeFile(fileIn('.gitignore'), Buffer.from('moved/\n'));
    await lists('a folder that git ignores', 'forecast', 'stock_of');
    await workspace.fs.delete(fileIn('.gitignore'));
    await lists('and no longer', 'forecast', 'past', 'stock_of');
    await workspace.fs.delete(fileIn('moved'), { recursive: true });
    await lists('a folder that is deleted', 'forecast', 'stock_of');
  });

  it('shows what is wrong with a spec in Problems, until it is right', async () => {
    const uri = Uri.joinPath(fileIn('services'), 'broken.yaml');
    const text = await workspace.fs.readFile(fileIn('openapi.yaml'));
    await workspace.fs.writeFile(uri, Buffer.from(`${text}`.replace('paths:', 'paths: [')));
    await eventually('a problem', () => languages.getDiagnostics(uri).length > 0);
    await workspace.fs.delete(uri);
    await eventually('it is gone', () => languages.getDiagnostics(uri).length === 0);
  });
});

/** Names of the tools that are written in files: the running editor has some of its own. */
async function namesInFolder(api: TestApi): Promise<string[]> {
  const { rows } = await api.link.request(engine.tools, { limit: 1000 });
  return rows.filter(({ source }) => /\.(?:json|yaml)$/.test(source.path)).map(({ name }) => name);
}
