import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { bundles, options } from '../../../src/build/bundles.ts';

describe('The two stages of the extension', () => {
  it('are two bundles: what the first imports lazily is loaded beside it at run time', async () => {
    const bundle = bundles().find(({ name }) => name === 'extension');
    const client = bundles().find(({ name }) => name === 'client');
    assert.ok(bundle && client);
    const { entryPoints: _, ...rest } = options(bundle, true);
    const contents = `export const start = async () => (await import('./${client.entry}')).start();`;
    const stdin = { contents, resolveDir: rest.absWorkingDir ?? '' };
    const result = await build({ ...rest, stdin, write: false });
    assert.match(result.outputFiles[0]?.text ?? '', /require\("\.\/client\.cjs"\)/);
  });
});
