/**
 * The file that `imaginarium` runs: finds a Node that can run the CLI, and becomes it. It is written for the Nodes that
 * are too old (the build compiles it down), so it imports nothing but what every Node has.
 */
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

const needed = [22, 13];
/** Marks a child of this launcher, and is gone before the CLI starts anything. */
const mark = 'IMAGINARIUM_LAUNCHED';
/** How long the child may take to get the terminal's own signal before ours counts, milliseconds. */
const terminalLead = 100;

const version = process.versions.node;
const [major = 0, minor = 0] = version.split('.').map(Number);
const good = major > 22 || (major === 22 && minor >= 13);

if (good) {
  if (process.env[mark]) followLauncher();
  require('./cliMain.cjs');
} else {
  const newer = process.env[mark] ? null : findNode(dirname(realpathSync(__filename)));
  if (newer) becomeChild(newer);
  else refuse();
}

/** The Node among somebody's dependencies, from here upwards. */
function findNode(from: string): string | null {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const packed = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  for (let folder = from; ; folder = dirname(folder)) {
    for (const path of [`.bin/${name}`, `${packed}/bin/${name}`]) {
      const found = join(folder, 'node_modules', path);
      if (existsSync(found)) return found;
    }
    if (folder === dirname(folder)) return null;
  }
}

function refuse(): void {
  console.error(
    `Imaginarium needs Node ${needed.join('.')} or newer; this is Node ${version} (${process.execPath}).\n` +
      'Install a newer Node from https://nodejs.org, or run it from a project that has one in its node_modules.',
  );
  process.exitCode = 2;
}

/** Runs the same command on `node` and ends as it ends. */
function becomeChild(node: string): void {
  const env: NodeJS.ProcessEnv = { ...process.env, [mark]: '1' };
  const args = [__filename, ...process.argv.slice(2)];
  // The channel lets the child notice when this process dies by a signal that it cannot pass on.
  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env });
  const sent: Record<string, number> = {};
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const pass = (signal: NodeJS.Signals): void => {
    sent[signal] = (sent[signal] ?? 0) + 1;
    const count = sent[signal];
    // A terminal has told the child already: it is told how often, and makes up what it has missed.
    setTimeout(() => child.connected && child.send({ signal, count }, () => {}), terminalLead);
  };
  for (const signal of signals) process.on(signal, pass);
  child.on('error', (error) => {
    console.error(`${node} could not be started: ${error.message}\nReinstall the dependencies beside it.`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    for (const name of signals) process.off(name, pass);
    if (signal) process.kill(process.pid, signal);
    else process.exit(code ?? 1);
  });
}

/** The child's end: passed-on signals are counted against its own, and it dies with its launcher. */
function followLauncher(): void {
  delete process.env[mark];
  const seen: Record<string, number> = {};
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const count = (): void => {
      seen[signal] = (seen[signal] ?? 0) + 1;
      // Listening took away the signal's own effect; without another listener, give it back.
      if (process.listenerCount(signal) > 1) return;
      process.off(signal, count);
      process.kill(process.pid, signal);
    };
    process.on(signal, count);
  }
  process.on('message', (message: { signal: NodeJS.Signals; count: number }) => {
    const missed = message.count - (seen[message.signal] ?? 0);
    if (missed > 0) process.kill(process.pid, message.signal);
  });
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel?.unref();
}
