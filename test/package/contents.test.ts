import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import JSZip from 'jszip';
import { bundles } from '../../src/build/bundles.ts';
import { root } from '../../src/build/install.mjs';
import { pageFiles } from '../../src/build/page.ts';
import { packedExtension } from '../helpers/vscode/packed.ts';

const KB = 1024;
const limits = {
  /** Of what activation loads. */
  firstStage: 60 * KB,
  /** Of the dashboard's script. */
  page: 400 * KB,
  /** Of the packed extension. */
  vsix: 3 * KB * KB,
};
/** The command line is built too, and is no part of the extension. */
const notInside = ['cli', 'cliMain'];

describe('The packed extension', () => {
  let zip: JSZip;
  let packed: Buffer;

  before(async () => {
    packed = readFileSync(await packedExtension());
    zip = await JSZip.loadAsync(packed);
  });

  const files = (): string[] => Object.values(zip.files).flatMap((file) => (file.dir ? [] : [file.name]));
  const text = async (path: string): Promise<string> => {
    const file = zip.file(path);
    assert.ok(file, `${path} is not in the package`);
    return file.async('string');
  };

  it('holds exactly these files: no source, no tests, no source maps, no modules', () => {
    const programs = bundles().filter(({ name }) => !notInside.includes(name));
    const expected = [
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/changelog.md',
      'extension/media/icon.svg',
      'extension/media/manifest.schema.json',
      'extension/media/trial-dark.svg',
      'extension/media/trial-light.svg',
      'extension/package.json',
      ...globSync('package.nls*.json', { cwd: root }).map((name) => `extension/${name}`),
      ...globSync('media/l10n/*.json', { cwd: root }).map((name) => `extension/${name}`),
      'extension/readme.md',
      'extension/syntaxes/tool.tmLanguage.json',
      'extension/syntaxes/trial.language-configuration.json',
      'extension/syntaxes/trial.tmLanguage.json',
      ...programs.map(({ name }) => `extension/dist/${name}.cjs`),
      ...pageFiles.map((name) => `extension/dist/${name}`),
    ];
    assert.deepEqual(files().sort(), expected.sort());
  });

  it('is small enough, and so is what activation loads', async () => {
    const firstStage = Buffer.byteLength(await text('extension/dist/extension.cjs'));
    assert.ok(firstStage <= limits.firstStage, `the first stage weighs ${(firstStage / KB).toFixed(1)} KB`);
    const page = Buffer.byteLength(await text('extension/dist/webview.js'));
    assert.ok(page <= limits.page, `the dashboard's script weighs ${(page / KB).toFixed(1)} KB`);
    assert.ok(packed.length <= limits.vsix, `the package weighs ${(packed.length / KB).toFixed(0)} KB`);
  });

  it('has every file that its package.json names', async () => {
    const manifest = await text('extension/package.json');
    const named = manifest.match(/(?<=")(?:\.\/)?(?:media|syntaxes|dist)\/[^"]+/g) ?? [];
    const { bin } = JSON.parse(manifest) as { bin: Record<string, string> };
    const missing = named
      .map((path) => `extension/${path.replace(/^\.\//, '')}`)
      // A file, or a folder with files in it (`l10n`).
      .filter((path) => !zip.file(path) && !files().some((file) => file.startsWith(`${path}/`)));
    assert.deepEqual(
      missing,
      Object.values(bin).map((path) => `extension/${path}`),
    );
  });

  it('refers to nothing of the machine that built it', async () => {
    for (const name of files().filter((path) => /\.(cjs|js|css)$/.test(path))) {
      const code = await text(name);
      assert.ok(!code.includes(root.replace(/\/$/, '')), `${name} holds a path of this machine`);
      assert.ok(
        !code.includes('sourceMappingURL=data') && !/\/\/# sourceMappingURL/.test(code),
        `${name} has a map`,
      );
    }
  });
});

describe('The manifest of the extension', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

  it('runs where the workspace is, also without trust, and not on virtual workspaces', () => {
    assert.deepEqual(manifest.extensionKind, ['workspace']);
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
    assert.equal(manifest.capabilities.virtualWorkspaces.supported, false);
  });

  it('keeps settings that decide where data goes, or what may be spent, from an untrusted workspace', () => {
    const restricted: string[] = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    for (const setting of ['model', 'baseUrl', 'maxCalls', 'maxUsd']) {
      assert.ok(restricted.includes(`imaginarium.${setting}`), setting);
    }
  });

  it('explains every setting', () => {
    const texts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'));
    const groups: { properties: Record<string, { markdownDescription?: string }> }[] =
      manifest.contributes.configuration;
    assert.ok(groups.length >= 3);
    for (const [id, setting] of groups.flatMap(({ properties }) => Object.entries(properties))) {
      const text = texts[(setting.markdownDescription ?? '').replaceAll('%', '')];
      assert.match(text ?? '', /\w.*\.$/, id);
    }
  });
});
