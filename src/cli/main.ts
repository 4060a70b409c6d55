/** The command `imaginarium`: composes the process, and ends with the exit code of its command. */
import '../engine/leanHeap.ts';

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import { Interruptions } from './interruptions.ts';
import { runProgram } from './program.ts';
import { processTerminal } from './terminal.ts';

/** How long what a command has left behind may keep the process, milliseconds. */
const patience = 3000;

/** The package's folder, from the sources as from the bundle. */
function packageFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) || folder === dirname(folder)) return folder;
  }
}

const interruptions = new Interruptions();
const cli = {
  terminal: processTerminal(() => interruptions.readerGone()),
  env: process.env,
  cwd: process.cwd(),
  version: packageJson.version,
  packageFolder: packageFolder(),
  onInterrupt: (stop: () => void) => interruptions.listen(stop),
  exit: (code: number) => {
    process.exitCode = code;
  },
};

void runProgram(cli, process.argv.slice(2)).then(() => setTimeout(() => process.exit(), patience).unref());
