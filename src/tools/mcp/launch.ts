/** From what a configuration says to what is started or asked, once its variables have their values. */
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, parse, resolve, sep } from 'node:path';
import { parseEnv } from 'node:util';
import type { McpServerSpec, ServiceSpec } from '../boundTool.ts';
import { withFile } from '../discovery/fileText.ts';
import { CallRefused } from '../runners/runner.ts';
import { isSecretName, secretValues } from './clearSecrets.ts';
import { inputSecret, parseVariables, type Variable, variablesOf } from './variables.ts';

export type Launch =
  | {
      kind: 'stdio';
      command: string;
      args: string[];
      env: Record<string, string>;
      cwd: string;
      /** The configuration says itself which folders the server works in. */
      namesFolders: boolean;
    }
  | {
      kind: 'http' | 'sse';
      url: URL;
      headers: Record<string, string>;
      /** The configuration itself names the host: then it may be this machine, or one in a private network. */
      literalHost: boolean;
    };

/** Bytes. */
const largestEnvFile = 1024 * 1024;

export interface LaunchSources {
  /** Where variables of the environment come from. */
  env: NodeJS.ProcessEnv;
  secret(name: string): Promise<string | null>;
  /** Texts of a manifest with their placeholders filled; starts the services that they need. */
  manifestTexts(
    texts: Readonly<Record<string, string>>,
    at: { folder: string; services: ServiceSpec[] },
  ): Promise<Record<string, string>>;
  /** Told of every value that must not be seen: from now on it is taken out of what tools say. */
  conceal(value: string): void;
}

/** @throws CallRefused when something that the configuration names has no value */
export async function launchOf(
  server: McpServerSpec,
  folder: string,
  sources: LaunchSources,
): Promise<Launch> {
  const { transport } = server;
  if (server.disabled) throw refused(server, 'its configuration switches it off');
  if (server.problem !== null)
    throw refused(server, `its configuration has an error: ${server.problem.replace(/\.$/, '')}`);
  const fill = await filler(server, folder, sources);
  if (transport.kind !== 'stdio') return webLaunch(server, transport, fill, sources);
  const { command, args, cwd, envFile } = transport;
  const start = cwd === null ? folder : resolve(folder, withHome(fill(cwd)));
  const named = mapValues(transport.env, fill);
  const fromFile = envFile ? await readEnvFile(server, resolve(folder, withHome(fill(envFile)))) : {};
  const { manifestEnv = {}, manifestServices: services = [] } = server;
  const given = await sources.manifestTexts(manifestEnv, { folder, services });
  const env = { ...fromFile, ...named, ...given };
  for (const value of secretValues(env)) sources.conceal(value);
  const program = withHome(fill(command));
  // A relative path is meant from where the server starts; a bare name is looked for on the PATH.
  const isPath = /^\.{1,2}[\\/]/.test(program);
  const filledArgs = args.map(fill);
  return {
    kind: 'stdio',
    command: isPath ? resolve(start, program) : program,
    args: filledArgs,
    env,
    cwd: start,
    namesFolders: await hasFolder(filledArgs, start),
  };
}

function webLaunch(
  server: McpServerSpec,
  { kind, url, headers }: Exclude<McpServerSpec['transport'], { kind: 'stdio' }>,
  fill: (text: string) => string,
  { conceal }: LaunchSources,
): Launch {
  const filled = URL.parse(fill(url));
  if (!filled || (filled.protocol !== 'http:' && filled.protocol !== 'https:')) {
    throw refused(server, 'its address is none that can be asked');
  }
  const filledHeaders = mapValues(headers, fill);
  for (const value of secretValues(filledHeaders)) conceal(value);
  for (const value of secretValues(Object.fromEntries(filled.searchParams))) conceal(value);
  if (filled.username !== '' || filled.password !== '') {
    const name = decodeURIComponent(filled.username);
    const password = decodeURIComponent(filled.password);
    conceal(password);
    const isNamed = Object.keys(filledHeaders).some((header) => header.toLowerCase() === 'authorization');
    if (!isNamed)
      filledHeaders.Authorization = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
    filled.username = '';
    filled.password = '';
  }
  const origin = /^https?:\/\/[^/?#]*/i.exec(url)?.[0] ?? '';
  const literalHost = origin !== '' && variablesOf(origin).length === 0;
  return { kind, url: filled, headers: filledHeaders, literalHost };
}

/** Asks for the value of every variable; what it returns fills them in. */
async function filler(
  server: McpServerSpec,
  folder: string,
  sources: LaunchSources,
): Promise<(text: string) => string> {
  const values = new Map<string, string>();
  for (const variable of textsOf(server).flatMap(variablesOf)) {
    const key = JSON.stringify(variable);
    if (!values.has(key)) values.set(key, await valueFor(variable, server, folder, sources));
  }
  return (text) =>
    parseVariables(text)
      .map((part) => (typeof part === 'string' ? part : (values.get(JSON.stringify(part)) ?? '')))
      .join('');
}

function textsOf({ transport }: McpServerSpec): string[] {
  if (transport.kind !== 'stdio') return [transport.url, ...Object.values(transport.headers)];
  const { command, args, env, cwd, envFile } = transport;
  return [command, ...args, ...Object.values(env), cwd ?? '', envFile ?? ''];
}

async function valueFor(
  variable: Variable,
  server: McpServerSpec,
  folder: string,
  { env, secret, conceal }: LaunchSources,
): Promise<string> {
  switch (variable.kind) {
    case 'place':
      return { folder, folderName: basename(folder), home: env.HOME ?? homedir(), separator: sep }[
        variable.name
      ];
    case 'env': {
      const { name, otherwise } = variable;
      const value = env[name] || (await secret(name)) || otherwise;
      if (value === null) {
        throw refused(
          server,
          `the environment variable ${name}, which its configuration names, is not set (a secret of that name does as well: Set Secret of a Tool…)`,
        );
      }
      if (isSecretName(name)) conceal(value);
      return value;
    }
    case 'input':
    case 'secret': {
      const name = variable.kind === 'input' ? inputSecret(variable.id) : variable.name;
      const stored = await secret(name);
      const value = stored ?? (variable.kind === 'input' ? (server.inputs?.[variable.id] ?? null) : null);
      if (value !== null) return value;
      const what = variable.kind === 'input' ? `the input "${variable.id}"` : `the secret "${name}"`;
      throw refused(
        server,
        `${what}, which its configuration names, is not stored (in the editor: Set Secret of a Tool…, with the name ${name}; in a terminal: the environment variable ${name})`,
      );
    }
  }
}

/** Whether an argument, or the value of a flag, is a folder that is there. */
async function hasFolder(args: readonly string[], start: string): Promise<boolean> {
  const paths = args
    .map((arg) => arg.replace(/^--?[\w-]+=/, ''))
    .filter((arg) => /[\\/]|^\.{1,2}$/.test(arg));
  const found = await Promise.all(paths.map((path) => stat(resolve(start, path)).catch(() => null)));
  return found.some((one) => one?.isDirectory() === true);
}

/** It may lie anywhere, as the configuration says; it has to be a file, since a pipe would be waited for. */
async function readEnvFile(server: McpServerSpec, path: string): Promise<Record<string, string>> {
  try {
    const bytes = await withFile(path, parse(path).root, ({ size, read }) => {
      if (size > largestEnvFile) throw new Error(`it is larger than ${largestEnvFile >> 20} MiB`);
      return read(size);
    });
    return parseEnv(bytes.toString('utf8')) as Record<string, string>;
  } catch (error) {
    throw refused(server, `its envFile cannot be read: ${(error as Error).message}`);
  }
}

function withHome(path: string): string {
  return path.replace(/^~(?=$|[\\/])/, homedir());
}

function mapValues(
  texts: Readonly<Record<string, string>>,
  fill: (text: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(text)]));
}

function refused({ name, source }: McpServerSpec, why: string): CallRefused {
  const place = `${source.path}, line ${source.line}`;
  return new CallRefused('blocked', `The MCP server "${name}" (${place}) is not started: ${why}.`);
}
