import assert from 'node:assert/strict';
import { join } from 'node:path';
import { root } from '../../src/build/install.mjs';
import { launchVSCode, type VSCode } from '../helpers/vscode/launch.ts';
import { packedExtension } from '../helpers/vscode/packed.ts';

describe('The packed extension, installed in a real VS Code', function () {
  this.timeout(90_000);
  let vscode: VSCode | undefined;

  before(async () => {
    const workspace = join(root, 'test', 'fixtures', 'workspaces', 'empty');
    vscode = await launchVSCode({ workspace, trusted: true, extension: { vsix: await packedExtension() } });
  });

  after(() => vscode?.dispose());

  it('shows its place in the activity bar, and says there what to do when there are no tools', async () => {
    assert.ok(vscode);
    const { page } = vscode;
    await page.getByRole('tab', { name: 'Imaginarium' }).click();
    await page.getByText('No tools in this workspace yet.').waitFor();
  });

  it('offers what can be done now in the command palette, and not what cannot', async () => {
    assert.ok(vscode);
    const { page } = vscode;
    await page.keyboard.press('F1');
    await page
      .getByRole('textbox', { name: 'Type the name of a command to run.' })
      .pressSequentially('Imaginarium: ');
    await page.getByRole('option', { name: 'Imaginarium: Explore All Tools' }).waitFor();
    assert.equal(await page.getByRole('option', { name: 'Imaginarium: Stop' }).count(), 0);
    await page.keyboard.press('Escape');
  });
});
