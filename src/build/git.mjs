// One of the sample tools is git itself: makes sure that it is there, from any Node.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Installs git on a Debian where root asks; elsewhere says what will be missing. Never ends the process. */
export function ensureGit() {
  if (spawnSync('git', ['--version'], { stdio: 'ignore' }).status === 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing git (apt-get install git): the sample tool repository_log runs it…');
    /** @type {import('node:child_process').SpawnSyncOptions} */
    const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
    spawnSync('apt-get', ['update', '-qq'], quiet);
    if (spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'git'], quiet).status === 0)
      return;
  }
  console.log(
    'git was not found: the sample tool repository_log will say so at every call. Install git to see it work.',
  );
}
