/**
 * The tools of a catalogue as views ask for them: sources, pages of tools, one tool. Made once a reading of the specs, so
 * that a question costs what it answers and not what the catalogue holds: schemas are handed on, never copied.
 */
import { UserError } from '../../core/errors.ts';
import { type CoverageCell, cellsOf } from '../../core/explore/coverage.ts';
import type { SpecProblem, Tool } from '../../core/tool.ts';
import type {
  CatalogueTool,
  FoundTool,
  Page,
  SourceRow,
  ToolFilter,
  ToolRow,
} from '../../protocol/engine.ts';
import type { ToolCounts } from '../../store/index.ts';
import type { BoundTool, SourceResult } from '../../tools/boundTool.ts';

/** What was learned of these tools; of all, without ids. A tool of which nothing was learned is missing. */
export type CountsOf = (ids?: readonly string[]) => ReadonlyMap<string, ToolCounts>;

/** A page of tools, of one source or of all. */
export interface ToolPageParams extends ToolFilter {
  source?: { folder: string; path: string };
  after?: string;
  /** At most 1,000. */
  limit: number;
}

interface Entry {
  bound: BoundTool;
  source: SourceResult;
  problems: SpecProblem[];
  /** Name and description in lower case; made when somebody first looks for a word. */
  words: string | null;
  /** What calls of it can touch; made when somebody first asks. */
  cells: CoverageCell[] | null;
}

/** Rows a page may have at most. */
const largestPage = 1000;
const noCounts: ToolCounts = { examples: 0, failures: 0, lessons: 0, trials: 0 };

export class ToolIndex {
  readonly sources: readonly SourceResult[];
  readonly #entries: Entry[];
  readonly #bySource: ReadonlyMap<SourceResult, Entry[]>;
  readonly #positions: ReadonlyMap<string, number>;

  constructor(sources: readonly SourceResult[]) {
    this.sources = sources;
    this.#bySource = new Map(sources.map((source) => [source, entriesOf(source)]));
    this.#entries = [...this.#bySource.values()].flat();
    this.#positions = new Map(this.#entries.map(({ bound }, index) => [bound.tool.id, index]));
  }

  get tools(): BoundTool[] {
    return this.#entries.map(({ bound }) => bound);
  }

  /** How many tools there are, and how many of them can be run. */
  totals(): { tools: number; runnable: number } {
    const runnable = this.#entries.reduce((sum, { bound }) => sum + (bound.tool.runnable ? 1 : 0), 0);
    return { tools: this.#entries.length, runnable };
  }

  /** Examples of all tools that wait for a person's word, and those that were learned from another spec; absent for none. */
  doubts(countsOf: CountsOf): { review?: number; stale?: number } {
    let [review, stale] = [0, 0];
    for (const [id, counts] of countsOf()) {
      review += counts.review ?? 0;
      const tool = this.definition(id);
      if (tool !== null) stale += staleOf(counts, tool);
    }
    return { ...(review > 0 ? { review } : {}), ...(stale > 0 ? { stale } : {}) };
  }

  /** All sources, with how many of their tools the filter lets through. */
  sourceRows(filter: ToolFilter, countsOf: CountsOf): SourceRow[] {
    const passes = filterOf(filter, countsOf);
    return this.sources.map((source) => {
      const entries = this.#bySource.get(source) ?? [];
      const shown = passes === null ? entries.length : count(entries, passes);
      return { ...sourceHead(source), tools: entries.length, shown };
    });
  }

  /** A page of tools in the order in which they are written. Throws `UserError` for a cursor that is none. */
  page(params: ToolPageParams, countsOf: CountsOf): Page<ToolRow> {
    const limit = pageLimit(params.limit);
    const passes = filterOf(params, countsOf);
    const { source } = params;
    const found: Entry[] = [];
    let index = params.after === undefined ? 0 : this.#after(params.after);
    // One more than asked tells whether there is a next page.
    for (; index < this.#entries.length && found.length <= limit; index++) {
      const entry = this.#entries[index] as Entry;
      if (source && (entry.source.path !== source.path || entry.source.folder !== source.folder)) continue;
      if (passes === null || passes(entry)) found.push(entry);
    }
    const shown = found.slice(0, limit);
    const last = found.length > limit ? shown.at(-1) : undefined;
    const counts = countsOf(shown.map(({ bound }) => bound.tool.id));
    return {
      rows: shown.map((entry) => rowOf(entry, counts.get(entry.bound.tool.id))),
      next: last === undefined ? null : this.#cursorOf(last),
    };
  }

  /** One tool with its parameters; null when there is none of this id. */
  tool(id: string, countsOf: CountsOf): FoundTool | null {
    const entry = this.#entries[this.#positions.get(id) ?? -1];
    if (entry === undefined) return null;
    const { source, bound } = entry;
    return {
      ...shownTool(entry, countsOf([id]).get(id)),
      folder: source.folder,
      written: bound.written ?? null,
      format: source.format ?? 'manifest',
      simulated: bound.runner?.kind === 'simulate',
    };
  }

  /** A tool as its spec has it. */
  definition(id: string): Tool | null {
    return this.#entries[this.#positions.get(id) ?? -1]?.bound.tool ?? null;
  }

  /** What calls of a tool can touch; null when there is none of this id. */
  cellsOf(id: string): CoverageCell[] | null {
    const entry = this.#entries[this.#positions.get(id) ?? -1];
    if (entry === undefined) return null;
    entry.cells ??= cellsOf(entry.bound.tool.parameters);
    return entry.cells;
  }

  /** All tools of a source with their parameters. */
  shownTools(source: SourceResult, counts: ReadonlyMap<string, ToolCounts>): CatalogueTool[] {
    const entries = this.#bySource.get(source) ?? [];
    return entries.map((entry) => shownTool(entry, counts.get(entry.bound.tool.id)));
  }

  /** A place in the list: its tool, and where that stood, for the case that it is gone when the next page is asked for. */
  #cursorOf({ bound }: Entry): string {
    return `${(this.#positions.get(bound.tool.id) ?? 0).toString(36)}:${bound.tool.id}`;
  }

  #after(cursor: string): number {
    const [, position, id = ''] = /^([0-9a-z]{1,8}):(.*)$/s.exec(cursor) ?? [];
    if (position !== undefined) return (this.#positions.get(id) ?? Number.parseInt(position, 36) - 1) + 1;
    throw new UserError(
      `"${cursor.slice(0, 40)}" is no place in the list of tools.`,
      'Ask for the first page again, without "after".',
    );
  }
}

/** A source without its tools. */
export function sourceHead(
  source: SourceResult,
): Pick<SourceRow, 'path' | 'file' | 'format' | 'server' | 'folder' | 'problems'> {
  const { path, file = path, format = 'manifest', server = null, folder, problems } = source;
  return { path, file, format, server, folder, problems };
}

function entriesOf(source: SourceResult): Entry[] {
  const byTool = Map.groupBy(source.problems, ({ tool }) => tool);
  return source.tools.map((bound) => ({
    bound,
    source,
    problems: byTool.get(bound.tool.id) ?? [],
    words: null,
    cells: null,
  }));
}

/** Null for a filter that lets everything through: then nobody has to look. */
function filterOf({ text, learned }: ToolFilter, countsOf: CountsOf): ((entry: Entry) => boolean) | null {
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const counts = learned === undefined ? null : countsOf();
  if (words.length === 0 && counts === null) return null;
  return (entry) => {
    if (counts !== null) {
      const { trials, examples, failures } = counts.get(entry.bound.tool.id) ?? noCounts;
      const kept = { examples: examples > 0, failures: failures > 0, unexplored: trials === 0 };
      if (!kept[learned ?? 'unexplored']) return false;
    }
    if (words.length === 0) return true;
    const { name, description } = entry.bound.tool;
    entry.words ??= `${name}\n${description}`.toLowerCase();
    return words.every((word) => entry.words?.includes(word));
  };
}

function count(entries: readonly Entry[], passes: (entry: Entry) => boolean): number {
  return entries.reduce((sum, entry) => sum + (passes(entry) ? 1 : 0), 0);
}

function rowOf({ bound, source, problems }: Entry, counts: ToolCounts | undefined): ToolRow {
  const { id, name, description, source: place, risk, riskReason, runnable, specHash } = bound.tool;
  const { notRunnable } = bound;
  const { folder } = source;
  return {
    id,
    name,
    description,
    source: place,
    risk,
    ...(riskReason === undefined ? {} : { riskReason }),
    runnable,
    notRunnable,
    ...mark(bound),
    problems,
    counts: shownCounts(counts, bound.tool),
    specHash,
    folder,
    simulated: bound.runner?.kind === 'simulate',
  };
}

function shownTool({ bound, problems }: Entry, counts: ToolCounts | undefined): CatalogueTool {
  const shown = shownCounts(counts, bound.tool);
  return { ...bound.tool, notRunnable: bound.notRunnable, ...mark(bound), problems, counts: shown };
}

function shownCounts(counts: ToolCounts | undefined, tool: Tool): CatalogueTool['counts'] {
  if (counts === undefined) return noCounts;
  const { specs: _specs, ...shown } = counts;
  const stale = staleOf(counts, tool);
  return { ...shown, ...(stale > 0 ? { stale } : {}) };
}

/** How many of its examples were learned from another spec than it has now. */
function staleOf({ specs = [] }: ToolCounts, { specHash }: Tool): number {
  return specs.reduce((sum, { hash, examples }) => sum + (hash === specHash ? 0 : examples), 0);
}

function mark({ runner }: BoundTool): { simulated?: true } {
  return runner?.kind === 'simulate' ? { simulated: true } : {};
}

function pageLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1) return Math.min(limit, largestPage);
  throw new UserError(`A page cannot have ${limit} tools.`, 'Ask for a whole number from 1 to 1,000.');
}
