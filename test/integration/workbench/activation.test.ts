import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { extensions, Uri } from 'vscode';
import { eventually, note, openExtension } from '../window.ts';

describe('Activation', () => {
  it('is the first stage alone; the engine comes after it', async () => {
    const api = await openExtension();
    const root = extensions.getExtension('imaginarium.imaginarium')?.extensionUri;
    assert.ok(root);
    const kilobytes = (name: string) =>
      `${name} ${(statSync(Uri.joinPath(root, 'dist', name).fsPath).size / 1024).toFixed(1)} KB`;
    note(`activate() took ${api.activationMs.toFixed(1)} ms`);
    note(`as built for these tests: ${kilobytes('extension.cjs')}, ${kilobytes('client.cjs')}`);
    // The figure that counts is measured by `npm run bench`; here only what no machine is slow enough for.
    assert.ok(api.activationMs < 500, `${api.activationMs} ms`);
    await eventually('the engine is there', () => api.link.state === 'ready' && api.link.pid !== undefined);
  });
});
