/** Packs the extension as it is built: everything that it needs is bundled, so no dependency goes in. */
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { root } from './install.mjs';

/** Writes `dist/imaginarium.vsix` and returns its path. */
export async function packVsix(): Promise<string> {
  const packagePath = join(root, 'dist', 'imaginarium.vsix');
  await createVSIX({
    cwd: root,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    // There is no public repository to lead the readme's links to.
    rewriteRelativeLinks: false,
  });
  return packagePath;
}

if (import.meta.main) console.log(await packVsix());
