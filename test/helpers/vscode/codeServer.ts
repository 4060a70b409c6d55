/**
 * A complete VS Code server out of the npm package `code-server`, for machines that cannot download a desktop VS Code.
 * It is unpacked once a version into `.cache/`; its own lockfile pins everything it needs.
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../src/build/install.mjs';
import { command } from './command.ts';

/** 4.139.1 is VS Code 1.139.1. A new version needs a new integrity: `npm view code-server@V dist.integrity`. */
const version = '4.139.1';
const integrity =
  'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==';

/** Folder for downloads and logs, ignored by git. */
export const cache = join(root, '.cache');

/** The VS Code server's program for Node; fetched and unpacked when it is not there yet (about 10 seconds). */
export async function ensureCodeServer(): Promise<string> {
  const home = join(cache, `code-server-${version}`);
  const main = join(home, 'out', 'server-main.js');
  if (existsSync(main)) return main;
  console.log(`Fetching VS Code (code-server ${version})…`);
  mkdirSync(cache, { recursive: true });
  // Made beside its place and renamed at the end, so that what is there is whole.
  const work = mkdtempSync(join(cache, 'unpack-'));
  try {
    const tarball = await fetchTarball(work);
    const unpacked = join(work, 'vscode');
    mkdirSync(unpacked);
    await command('tar', ['xzf', tarball, '-C', unpacked, '--strip-components=3', 'package/lib/vscode']);
    const install = ['ci', '--legacy-peer-deps', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
    await command('npm', [...install, '--loglevel=error'], { cwd: unpacked });
    replaceSpdlog(unpacked);
    renameSync(unpacked, home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return main;
}

async function fetchTarball(folder: string): Promise<string> {
  await command('npm', ['pack', '--silent', `code-server@${version}`], { cwd: folder });
  const tarball = join(folder, `code-server-${version}.tgz`);
  const found = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  if (found !== integrity) throw new Error(`code-server ${version} is not what it should be: ${found}`);
  return tarball;
}

function replaceSpdlog(home: string): void {
  const spdlog = join(home, 'node_modules', '@vscode', 'spdlog');
  rmSync(spdlog, { recursive: true, force: true });
  mkdirSync(spdlog, { recursive: true });
  cpSync(join(import.meta.dirname, 'spdlog.cjs'), join(spdlog, 'index.cjs'));
  writeFileSync(
    join(spdlog, 'package.json'),
    '{"name":"@vscode/spdlog","version":"0.0.0","main":"index.cjs"}\n',
  );
}
