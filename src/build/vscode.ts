/**
 * Opens the sample workspace in VS Code with the packed extension: in the desktop one where `code` is on the PATH, else in the
 * VS Code server, whose address is printed. Started by `vscode.mjs`, after the build.
 */
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { command } from '../../test/helpers/vscode/command.ts';
import { root } from './install.mjs';
import { openDesktop } from './openDesktop.ts';
import { serveVSCode } from './serveVSCode.ts';

const { values } = parseArgs({ options: { port: { type: 'string' } } });
const port = Number(values.port ?? 0);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(
    `--port ${values.port} is no port.\nGive a number from 1 to 65535, or leave it out for a free one.`,
  );
  process.exit(1);
}

// In a process of its own, since it lists what it packs.
const packed = await command(process.execPath, [join(root, 'src', 'build', 'vsix.ts')], { cwd: root });
const vsix = packed.trim().split('\n').at(-1) ?? '';
const workspace = join(root, 'examples');
console.log(
  `Workspace: ${relative(process.cwd(), workspace)}, itself and no copy: what is learned stays there.`,
);
// Who asks for a port wants the server.
if (values.port !== undefined || !(await openDesktop(vsix, workspace))) {
  await serveVSCode(vsix, workspace, port);
}
