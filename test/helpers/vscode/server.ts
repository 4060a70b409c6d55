/** One VS Code server process on a port of its own, with a profile of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCodeServer } from './codeServer.ts';
import { command } from './command.ts';

export interface ServerOptions {
  /** Folder for everything that the server keeps; the caller removes it. */
  data: string;
  /** Without it every workspace is in Restricted Mode, as in a fresh profile. */
  trusted: boolean;
  /** Settings of the person. */
  settings: Record<string, unknown>;
  /** A packed extension to install first. */
  vsix?: string;
  /**
   * What the address of the window says of tests and of an extension under development counts only with the editor's driver
   * for smoke tests. With it the editor shows no notifications on its own: they stand in its notification center alone.
   */
  driver: boolean;
  /** A free one when left out. */
  port?: number;
  /** To be worked in: only who has the token gets in, and what the person has set before stays. */
  forPeople?: boolean;
  /** Added to the environment of the server, and so of the extension host. */
  env?: Record<string, string>;
}

export interface Server {
  port: number;
  process: ChildProcess;
  /** What an address needs as `tkn`; empty where none is asked for. */
  token: string;
  /** What it wrote, standard error included. */
  log: string;
  /** Ends it and everything it started. */
  stop(): Promise<void>;
}

/** How long a server may take to listen, milliseconds. */
const startLimit = 60_000;

/** Environment without what would make the server believe that it runs inside another editor. */
function environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/.test(name),
  );
  return { ...Object.fromEntries(kept), ...extra };
}

/** Starts a server and waits until it listens. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const main = await ensureCodeServer();
  for (const kind of ['User', 'Machine']) {
    mkdirSync(join(options.data, 'data', kind), { recursive: true });
    const file = join(options.data, 'data', kind, 'settings.json');
    if (options.forPeople && existsSync(file)) continue;
    writeFileSync(file, JSON.stringify(options.settings, null, 2));
  }
  const common = [
    '--server-data-dir',
    options.data,
    '--accept-server-license-terms',
    '--telemetry-level',
    'off',
  ];
  // Sockets go where they are removed with the rest.
  const sockets = join(options.data, 'run');
  mkdirSync(sockets, { recursive: true });
  const token = options.forPeople ? randomBytes(16).toString('hex') : '';
  // In a file: arguments can be read by everybody on the machine.
  const tokenFile = join(options.data, 'token');
  if (options.forPeople) writeFileSync(tokenFile, token, { mode: 0o600 });
  const env = environment({ XDG_RUNTIME_DIR: sockets, ...options.env });
  if (options.vsix) {
    await command(process.execPath, [main, ...common, '--install-extension', options.vsix], { env });
  }
  const child = spawn(
    process.execPath,
    [
      main,
      ...common,
      ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
      ...(options.forPeople
        ? ['--connection-token-file', tokenFile]
        : ['--without-connection-token', '--reconnection-grace-time', '5']),
      ...(options.driver ? ['--enable-smoke-test-driver'] : []),
      ...(options.trusted ? ['--disable-workspace-trust'] : []),
    ],
    // A group of its own, so that what the server started can be ended with it.
    { stdio: ['ignore', 'pipe', 'pipe'], env, detached: true },
  );
  const log = join(options.data, 'server.log');
  const file = createWriteStream(log);
  child.stderr.pipe(file);
  child.stdout.pipe(file);
  const end = (): boolean => signalGroup(child, 'SIGKILL');
  process.on('exit', end);
  const stop = async (): Promise<void> => {
    process.off('exit', end);
    if (child.exitCode !== null || child.signalCode !== null) {
      end();
      return;
    }
    const ended = new Promise((resolve) => child.once('exit', resolve));
    signalGroup(child, 'SIGTERM');
    const timer = setTimeout(end, 2_000);
    await ended;
    clearTimeout(timer);
    // The extension host is no child of the main process alone: whoever of the group is left goes now.
    end();
  };
  try {
    return { port: await listening(child), process: child, token, log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): boolean {
  try {
    return child.pid !== undefined && process.kill(-child.pid, signal);
  } catch {
    // Nobody of the group is left.
    return false;
  }
}

function listening(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    const limit = setTimeout(
      () => reject(new Error(`The VS Code server did not start:\n${text}`)),
      startLimit,
    );
    child.stdout?.on('data', (data) => {
      text += data;
      const port = /Extension host agent listening on (\d+)/.exec(text)?.[1];
      if (!port) return;
      clearTimeout(limit);
      resolve(Number(port));
    });
    child.once('exit', (code) => {
      clearTimeout(limit);
      reject(new Error(`The VS Code server ended with ${code}:\n${text}`));
    });
  });
}
