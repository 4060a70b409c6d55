/** `npm run typecheck`: the compiler over every runtime, each with its own `tsconfig.json`, two at a time. */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { root } from './install.mjs';

/** Paths of all `tsconfig.json` files, relative to the project. A folder that has one is a runtime. */
export function projects(): string[] {
  const found = globSync(['tsconfig.json', 'src/**/tsconfig.json', 'test/**/tsconfig.json'], {
    cwd: root,
    exclude: ['**/node_modules/**', 'test/fixtures/**'],
  });
  return found.sort();
}

function check(project: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const compiler = `${root}/node_modules/typescript/bin/tsc`;
    const child = spawn(process.execPath, [compiler, '--noEmit', '--pretty', '-p', project], {
      cwd: root,
      stdio: 'inherit',
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${project}`);
      resolve(code === 0);
    });
  });
}

if (import.meta.main) {
  const waiting = projects();
  const lane = async (): Promise<boolean> => {
    let ok = true;
    for (let project = waiting.shift(); project; project = waiting.shift()) {
      ok = (await check(project)) && ok;
    }
    return ok;
  };
  const lanes = await Promise.all([lane(), lane()]);
  process.exitCode = lanes.every(Boolean) ? 0 : 1;
}
