/** What the extension costs an editor that starts: the time to activate, and the code that must be there for it. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../src/build/install.mjs';
import { cache } from '../helpers/vscode/codeServer.ts';
import { launchVSCode, type VSCode } from '../helpers/vscode/launch.ts';
import { bundle } from './bundles.ts';
import { percentile } from './percentile.ts';
import type { Row } from './row.ts';

/** Each with an extension host of its own, so that nothing is loaded before. */
const windows = 3;
/** How long one window may take, milliseconds. */
const patience = 60_000;
/** What `test/integration/activationProbe.ts` puts before its report. */
const mark = '[activation] ';

export const extension: Row = {
  name: 'extension',
  what: 'activation of the extension in a real VS Code, and the size of its first stage',
  async measure() {
    const size = statSync(bundle('extension')).size / 1024;
    const probe = await bundleProbe();
    const times: number[] = [];
    for (let window = 0; window < windows; window++) times.push(await activation(probe));
    const ms = percentile(times, 0.5);
    return {
      figures: [
        { what: 'activation', value: ms, unit: 'ms', limit: 30 },
        { what: 'first stage', value: size, unit: 'KB', limit: 60 },
      ],
      note: `${windows} fresh windows: ${times.map((time) => time.toFixed(1)).join(', ')} ms`,
    };
  },
};

async function bundleProbe(): Promise<string> {
  const outfile = join(cache, 'bench', 'activationProbe.cjs');
  await build({
    entryPoints: [join(root, 'test', 'integration', 'activationProbe.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}

/** Opens a window, activates the extension in it, and returns what that took, milliseconds. */
async function activation(probe: string): Promise<number> {
  const written: string[] = [];
  let vscode: VSCode | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    vscode = await launchVSCode({
      workspace: join(root, 'test', 'fixtures', 'workspaces', 'empty'),
      trusted: true,
      extension: 'development',
      tests: probe,
      print: (text) => written.push(text),
    });
    const late = new Promise<number>((resolve) => {
      timer = setTimeout(resolve, patience, -1);
    });
    const code = await Promise.race([vscode.finished, late]);
    const report = written.find((text) => text.startsWith(mark));
    if (code !== 0 || report === undefined) {
      throw new Error(`The window ended with ${code} and reported nothing. ${written.slice(-3).join(' ')}`);
    }
    return (JSON.parse(report.slice(mark.length)) as { ms: number }).ms;
  } finally {
    clearTimeout(timer);
    await vscode?.dispose();
  }
}
