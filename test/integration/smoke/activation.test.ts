import assert from 'node:assert/strict';
import { commands as editorCommands, extensions } from 'vscode';
import { commands } from '../../../src/protocol/contributions.ts';

const id = 'imaginarium.imaginarium';

describe('The extension in a real VS Code', () => {
  it('is there, sleeping, since nothing in this workspace needs it', () => {
    const extension = extensions.getExtension(id);
    assert.ok(extension, `${id} is not installed`);
    assert.equal(extension.isActive, false);
  });

  it('activates, and registers every command that it declares', async () => {
    await extensions.getExtension(id)?.activate();
    const registered = new Set(await editorCommands.getCommands(true));
    assert.deepEqual(
      Object.values(commands).filter((command) => !registered.has(command)),
      [],
    );
  });
});
