// Makes sure that the dependencies are there, from whatever Node starts it (18 and newer) and with nothing installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const needed = [22, 13];

/**
 * Whether `installed` (what npm wrote of its last install) holds what the lockfile asks for. Optional packages of other
 * platforms may be absent.
 *
 * @typedef {{ packages: Record<string, { version?: string, integrity?: string, optional?: boolean }> }} Lockfile
 * @param {Lockfile} wanted
 * @param {Lockfile | null} installed
 * @returns {boolean}
 */
export function isInstalled(wanted, installed) {
  if (!installed) return false;
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === '') return true;
    const there = installed.packages[path];
    if (!there) return entry.optional === true;
    return there.version === entry.version && there.integrity === entry.integrity;
  });
}

/** @param {string} path @returns {Lockfile | null} */
function readLock(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/** Runs `npm ci` when something is missing or the lockfile has changed since; ends the process when that fails. */
export function ensureInstalled() {
  const wanted = readLock(join(root, 'package-lock.json'));
  if (!wanted) fail('package-lock.json is missing.', 'Restore it: git checkout package-lock.json');
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (isInstalled(wanted, installed)) return;
  console.log(installed ? 'Dependencies have changed: installing them…' : 'Installing the dependencies…');
  const started = Date.now();
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    fail('The dependencies could not be installed.', 'Run npm ci to see why; it needs the npm registry.');
  }
  console.log(`Installed in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}

/** The Node to work with: the one among the dependencies, else the running one where it is new enough. */
export function nodePath() {
  const own = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(own)) return own;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 0)) return process.execPath;
  return fail(
    `Node 24 is needed to work on Imaginarium (to run it, ${needed.join('.')}); this is ${process.versions.node}.`,
    `There is no packed Node for ${process.platform} ${process.arch} among the dependencies: install Node 24.`,
  );
}

/** Environment in which `node` and every tool of the project are the project's own. */
export function environment() {
  return { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
}

/**
 * Runs a command in the project with the terminal handed on.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [extra]
 * @returns {Promise<number>} its exit code; 128 + 15 where a signal ended it
 */
export function run(command, args, extra = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...environment(), ...extra },
      shell: process.platform === 'win32',
    });
    // The terminal signals the whole group: wait for the child's own ending instead of leaving it behind.
    const wait = () => {};
    process.on('SIGINT', wait);
    child.on('error', reject);
    child.on('exit', (code) => {
      process.off('SIGINT', wait);
      resolve(code ?? 143);
    });
  });
}

/**
 * @param {string} what
 * @param {string} advice
 * @returns {never}
 */
function fail(what, advice) {
  console.error(`${what}\n${advice}`);
  process.exit(1);
}
