/**
 * The MCP servers that configuration files name, each a source of its own with the tools that it told. Nothing is started
 * to find out: a server is asked when somebody wants it, and what it told last stands there until then.
 */
import { Cancelled } from '../../core/errors.ts';
import type { ServerState } from '../../core/source.ts';
import type { SpecProblem } from '../../core/tool.ts';
import { defaultTimeoutMs, type McpServerSpec, type SourceResult } from '../../tools/boundTool.ts';
import { boundTools, type FoundSpec } from '../../tools/formats/boundTools.ts';
import { shownServer } from '../../tools/mcp/clearSecrets.ts';
import type { ListedTool, McpListing } from '../../tools/mcp/listing.ts';
import { givenTo, startHash } from '../../tools/mcp/startFacts.ts';
import { guessRisk } from '../../tools/risk.ts';
import type { ToolHost } from '../../tools/toolHost.ts';
import { explain, WrongRequest } from '../errors.ts';
import { hashOf, RememberedServers } from './rememberedServers.ts';

export interface McpServersOptions {
  host: Pick<ToolHost, 'listTools' | 'endServer'>;
  /** Called when a server's tools or its state are others than before. */
  changed: () => void;
  /** The person's time limit of a call, milliseconds; null: the usual one. */
  timeoutMs: () => number | null;
  log: (line: string) => void;
}

/** What is known of one server. */
interface Known {
  hash: string;
  spec: McpServerSpec;
  status: ServerState['status'];
  problem: string | null;
  listing: McpListing | null;
  asking: Promise<McpListing> | null;
  /** As it was made last, with what it was made from. */
  made: {
    spec: McpServerSpec;
    problems: readonly SpecProblem[];
    timeout: number;
    source: SourceResult;
  } | null;
}

export class McpServers {
  readonly #options: McpServersOptions;
  readonly #remembered: RememberedServers;
  readonly #known = new Map<string, Known>();

  constructor(options: McpServersOptions) {
    this.#options = options;
    this.#remembered = new RememberedServers(options.log);
  }

  /**
   * The sources of a folder, with each server that a file of them names as a source of its own. A server whose
   * configuration has changed, or that is gone, is ended.
   */
  expand(folder: string, sources: readonly SourceResult[]): SourceResult[] {
    const present = new Set<string>();
    const expanded = sources.flatMap((source) => {
      if (!source.servers || source.server) return [source];
      const ofServers = source.servers.map((spec) => {
        present.add(keyOf(spec, folder));
        return this.#sourceOf(spec, source);
      });
      // What lies in no server is told of the file; a file that is right has nothing to tell.
      const rest = source.problems.filter((problem) => !source.servers?.some((spec) => holds(spec, problem)));
      return rest.length > 0 || ofServers.length === 0
        ? [{ ...source, problems: rest }, ...ofServers]
        : ofServers;
    });
    for (const [key, { spec }] of this.#known) {
      if (!key.startsWith(folderKey(folder)) || present.has(key)) continue;
      this.#known.delete(key);
      void this.#options.host.endServer(spec, folder);
    }
    return expanded;
  }

  /** Asks a server for its tools; starts it. Rejects with `UserError`. */
  async list(source: SourceResult, signal?: AbortSignal): Promise<{ tools: number }> {
    const [spec] = source.servers ?? [];
    const known = spec && this.#known.get(keyOf(spec, source.folder));
    if (!spec || !known) throw new WrongRequest(`"${source.path}" is no MCP server.`, 'Choose a server.');
    const { path, line } = spec.source;
    if (spec.disabled) {
      throw new WrongRequest(
        `The MCP server "${spec.name}" is switched off in its configuration.`,
        `Take "disabled" away in ${path}, line ${line}.`,
      );
    }
    if (spec.problem !== null) {
      throw new WrongRequest(
        `The MCP server "${spec.name}" has an error in its configuration. ${spec.problem}`,
        `Look at its entry in ${path}, line ${line}.`,
      );
    }
    const { tools } = await this.#ask(known, spec, source.folder, signal);
    return { tools: tools.length };
  }

  /** A server that runs says that its tools are others now. */
  async toolsChanged(spec: McpServerSpec, folder: string): Promise<void> {
    const known = this.#known.get(keyOf(spec, folder));
    // What it is telling now may be from before.
    await known?.asking?.catch(() => undefined);
    if (!known || this.#known.get(keyOf(spec, folder)) !== known) return;
    await this.#ask(known, spec, folder).catch((error: unknown) => this.#options.log(explain(error).message));
  }

  /**
   * From now on nothing of any server is known but what stands in its configuration, and what is remembered in this
   * workspace folder (null: nothing); more of it is kept there where that may be written.
   */
  async load(workspace: string | null, mayWrite: boolean): Promise<void> {
    await this.#remembered.load(workspace, mayWrite);
    this.#known.clear();
  }

  #ask(known: Known, spec: McpServerSpec, folder: string, signal?: AbortSignal): Promise<McpListing> {
    known.asking ??= this.#listing(known, spec, folder, signal).finally(() => {
      known.asking = null;
    });
    return known.asking;
  }

  async #listing(
    known: Known,
    spec: McpServerSpec,
    folder: string,
    signal: AbortSignal | undefined,
  ): Promise<McpListing> {
    const { host, changed } = this.#options;
    const before = known.status;
    this.#become(known, { status: before === 'listed' ? before : 'starting', problem: null });
    if (before !== 'listed') changed();
    try {
      const listing = await host.listTools(spec, folder, signal ? { signal } : {});
      this.#become(known, { status: 'listed', problem: null, listing });
      await this.#remembered.keep(known.spec, listing);
      return listing;
    } catch (error) {
      // Tools that it told before are still worth looking at, and the next call tries again.
      if (error instanceof Cancelled) {
        this.#become(known, { status: before });
        if (before !== 'listed') void host.endServer(spec, folder);
      } else this.#become(known, { status: 'failed', problem: explain(error).message });
      throw error;
    } finally {
      changed();
    }
  }

  #become(known: Known, now: Partial<Known>): void {
    Object.assign(known, now, { made: null });
  }

  #sourceOf(spec: McpServerSpec, file: SourceResult): SourceResult {
    const known = this.#knownOf(spec, file.folder);
    const timeout = this.#options.timeoutMs() ?? defaultTimeoutMs;
    const { made } = known;
    if (made?.spec === spec && made.problems === file.problems && made.timeout === timeout)
      return made.source;
    const source = makeSource(spec, file, known, timeout);
    known.made = { spec, problems: file.problems, timeout, source };
    return source;
  }

  #knownOf(spec: McpServerSpec, folder: string): Known {
    const key = keyOf(spec, folder);
    const hash = hashOf(spec);
    const known = this.#known.get(key);
    if (known?.hash === hash && sameStart(known.spec, spec)) {
      known.spec = spec;
      return known;
    }
    if (known) void this.#options.host.endServer(known.spec, folder);
    const listing = this.#remembered.find(spec);
    const fresh: Known = {
      hash,
      spec,
      status: spec.problem !== null ? 'failed' : listing ? 'remembered' : 'unlisted',
      problem: spec.problem,
      listing,
      asking: null,
      made: null,
    };
    this.#known.set(key, fresh);
    return fresh;
  }
}

function makeSource(
  spec: McpServerSpec,
  file: SourceResult,
  { status, problem, listing }: Known,
  timeoutMs: number,
): SourceResult {
  const path = `${spec.source.path}#${spec.name}`;
  const { line, column, endLine = line, endColumn = column } = spec.source;
  const place = { line, column, endLine, endColumn };
  const found = boundTools(
    (listing?.tools ?? []).map((tool) => specOf(tool, spec)),
    { source: path, file: spec.source.path, folder: file.folder, locate: () => place },
    { timeoutMs },
  );
  const notes = (listing?.notes ?? []).map(
    (note): SpecProblem => ({
      path: spec.source.path,
      ...place,
      severity: 'warning',
      message: `The MCP server "${spec.name}": ${note}`,
    }),
  );
  return {
    path,
    file: spec.source.path,
    format: 'mcpServers',
    folder: file.folder,
    servers: [spec],
    server: {
      name: spec.name,
      transport: spec.transport.kind,
      shown: shownServer(spec),
      status,
      problem: spec.disabled ? 'It is switched off in its configuration.' : problem,
      given: givenTo(spec),
      hash: startHash(spec),
      at: spec.source,
    },
    tools: spec.disabled ? [] : found.tools,
    problems: [...file.problems.filter((one) => holds(spec, one)), ...notes, ...found.problems],
    budget: {},
  };
}

function specOf(tool: ListedTool, server: McpServerSpec): FoundSpec {
  const { name, title, description, inputSchema, outputSchema, annotations, onlyAsTask } = tool;
  const { risk, reason } = guessRisk({ name, ...(annotations ? { annotations } : {}) });
  return {
    name,
    description: description || title || '',
    schema: inputSchema,
    ...(outputSchema ? { output: outputSchema } : {}),
    at: '',
    schemaAt: '',
    runner: onlyAsTask ? null : { kind: 'mcp', server, tool: name },
    notRunnable: onlyAsTask ? 'its server runs it as a task only, and tasks are not supported.' : null,
    risk,
    riskReason: reason,
  };
}

/** Whether a problem lies in the entry of a server. */
function holds({ source }: McpServerSpec, { line, column }: SpecProblem): boolean {
  const { endLine = source.line, endColumn = source.column } = source;
  const begins = line > source.line || (line === source.line && column >= source.column);
  return begins && (line < endLine || (line === endLine && column <= endColumn));
}

function sameStart(a: McpServerSpec, b: McpServerSpec): boolean {
  const written = ({ source: _, ...rest }: McpServerSpec): string => JSON.stringify(rest);
  return written(a) === written(b);
}

function keyOf({ name, source }: McpServerSpec, folder: string): string {
  return `${folderKey(folder)}${JSON.stringify([source.path, name])}`;
}

function folderKey(folder: string): string {
  return `${JSON.stringify(folder)} `;
}
