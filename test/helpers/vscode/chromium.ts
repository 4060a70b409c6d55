/** Finds a Chromium to drive, and installs Debian's where that is possible. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { command } from './command.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

function find(): string | undefined {
  const named = process.env.IMAGINARIUM_CHROMIUM;
  if (named) return named;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...elsewhere].find(
    existsSync,
  );
}

/**
 * Path of a Chromium.
 *
 * @throws Error that says what to install, where it cannot be installed from here
 */
export async function ensureChromium(): Promise<string> {
  const found = find();
  if (found) return found;
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium (apt-get install chromium)…');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await command('apt-get', ['update', '-qq'], { env });
    await command('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
    const installed = find();
    if (installed) return installed;
  }
  throw new Error(
    'The integration tests need a Chromium, and none was found.\n' +
      'Install Chromium or Chrome (on Debian: apt-get install chromium), or name one in IMAGINARIUM_CHROMIUM.',
  );
}
