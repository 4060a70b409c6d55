/**
 * What MCP servers told last, so that their tools are there without starting them: `.imaginarium/servers.json`, by a hash
 * of what a server is started with. Nothing in it is a secret, and a file that cannot be read remembers nothing.
 */
import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, isJsonObject, type Json } from '../../core/json.ts';
import { insideOf, makeFolder, storeFolder } from '../../store/folder.ts';
import { replaceFile } from '../../store/replaceFile.ts';
import type { McpServerSpec } from '../../tools/boundTool.ts';
import { withFile } from '../../tools/discovery/fileText.ts';
import { isSecretValue, shownAddress, shownCommand } from '../../tools/mcp/clearSecrets.ts';
import { type ListedTool, listedTool, type McpListing, mostTools } from '../../tools/mcp/listing.ts';

const fileName = 'servers.json';
const version = 1;
/** Characters of a file, and of one server in it. */
const largest = 8 * 1024 * 1024;
const largestListing = 1024 * 1024;
const mostServers = 100;
const mostNotes = 12;
const longestNote = 1000;

interface Remembered {
  /** Milliseconds since 1970. */
  at: number;
  listing: McpListing;
}

export class RememberedServers {
  readonly #log: (line: string) => void;
  /** Where it is kept; null: nowhere. */
  #workspace: string | null = null;
  #servers = new Map<string, Remembered>();
  #writing: Promise<void> = Promise.resolve();
  #turn = 0;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  /** Reads what is kept in this workspace folder (null: nothing), and from now on keeps more of it where it may. */
  async load(workspace: string | null, mayWrite: boolean): Promise<void> {
    const turn = ++this.#turn;
    this.#workspace = mayWrite ? workspace : null;
    this.#servers = new Map();
    const kept = workspace === null ? new Map<string, Remembered>() : await readServers(workspace);
    // Trust may have been withdrawn meanwhile.
    if (turn === this.#turn) this.#servers = kept;
  }

  find(server: McpServerSpec): McpListing | null {
    return this.#servers.get(hashOf(server))?.listing ?? null;
  }

  /** Resolves when it is kept; what cannot be kept is forgotten at the end. */
  keep(server: McpServerSpec, listing: McpListing): Promise<void> {
    const key = hashOf(server);
    this.#servers.delete(key);
    if (JSON.stringify(listing).length <= largestListing) this.#servers.set(key, { at: Date.now(), listing });
    const workspace = this.#workspace;
    if (workspace === null) return Promise.resolve();
    this.#writing = this.#writing
      .then(() => writeServers(workspace, this.#newest()))
      .catch((error: unknown) => this.#log(`What MCP servers told is not kept: ${String(error)}`));
    return this.#writing;
  }

  /** Oldest first. */
  #newest(): [string, Remembered][] {
    const all = [...this.#servers].sort(([, a], [, b]) => a.at - b.at).slice(-mostServers);
    let size = 0;
    const room = all.toReversed().filter(([, one]) => {
      size += JSON.stringify(one).length;
      return size < largest;
    });
    return room.toReversed();
  }
}

/** Tells configurations apart, by all that is no secret in them. */
export function hashOf({ transport }: McpServerSpec): string {
  const known: Json =
    transport.kind === 'stdio'
      ? {
          command: shownCommand(transport.command, transport.args),
          env: withoutSecrets(transport.env),
          cwd: transport.cwd,
          envFile: transport.envFile ?? null,
        }
      : {
          kind: transport.kind,
          url: shownAddress(transport.url),
          headers: withoutSecrets(transport.headers),
        };
  return createHash('sha256').update(canonicalJson(known)).digest('hex').slice(0, 32);
}

function withoutSecrets(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, isSecretValue(name, text) ? '***' : text]),
  );
}

async function readServers(workspace: string): Promise<Map<string, Remembered>> {
  const servers = new Map<string, Remembered>();
  try {
    const { root } = await storeFolder(workspace);
    const path = join(root, fileName);
    await insideOf(workspace, path);
    const bytes = await withFile(path, await realpath(workspace), ({ size, read }) =>
      size > 2 * largest ? Promise.resolve(null) : read(size),
    );
    if (bytes === null) return servers;
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (!isJsonObject(value) || value.version !== version || !isJsonObject(value.servers)) return servers;
    for (const [key, one] of Object.entries(value.servers)) {
      const remembered = rememberedOf(one);
      if (remembered) servers.set(key, remembered);
    }
  } catch {
    // There is none, or it is not ours: the servers are asked when somebody wants them.
  }
  return servers;
}

/** The file may have been written by anybody. */
function rememberedOf(value: Json): Remembered | null {
  if (!isJsonObject(value) || typeof value.at !== 'number' || !Array.isArray(value.tools)) return null;
  const listed = value.tools.slice(0, mostTools).map(listedTool);
  const tools = listed.filter((tool): tool is ListedTool => typeof tool !== 'string');
  const said = Array.isArray(value.notes) ? value.notes.filter((note) => typeof note === 'string') : [];
  const notes = said.slice(0, mostNotes).map((note) => note.slice(0, longestNote));
  return { at: value.at, listing: { tools, notes } };
}

async function writeServers(workspace: string, servers: readonly [string, Remembered][]): Promise<void> {
  const folder = await storeFolder(workspace);
  await makeFolder(folder);
  const path = join(folder.root, fileName);
  await insideOf(workspace, path);
  const kept = servers.map(([key, { at, listing }]) => [key, { at, ...listing }]);
  await replaceFile(path, `${JSON.stringify({ version, servers: Object.fromEntries(kept) })}\n`);
}
