/** From what a format found to tools: the one way for names, schemas, ids and places of every foreign format. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { canonicalJson, type Json, type JsonObject } from '../../core/json.ts';
import type { Risk, SpecLocation, SpecProblem } from '../../core/tool.ts';
import { unseen, writtenOut } from '../../core/unseen.ts';
import {
  type BoundTool,
  defaultOutputLimit,
  keepsOutput,
  type OpenApiRunner,
  type RunnerSpec,
} from '../boundTool.ts';
import { nameMap } from '../foreign/names.ts';
import { type MappedSchema, mapSchema, type Resolve } from '../foreign/schema.ts';
import type { SpecRange } from './document.ts';
import type { ReadDefaults } from './format.ts';
import { toolSpot } from './toolSpot.ts';

/** A tool as a format found it. */
export interface FoundSpec {
  /** As written. */
  name: string;
  description: string;
  /** The parameters in the format's own words; null where it tells of none. A tree: nothing in it stands within itself. */
  schema: Json;
  /** The same as the file has it, where `schema` is put together from what stands there. */
  written?: Json;
  /** JSON Schema of what a call returns, where the spec has one. */
  output?: JsonObject;
  /** Where it stands, and where its schema does: JSON Pointers, for `locate`. */
  at: string;
  schemaAt: string;
  runner: RunnerSpec | null;
  /** Why nothing can run it; null with a runner. */
  notRunnable: string | null;
  /** What could run it once a manifest names its server. */
  operation?: OpenApiRunner;
  risk: Risk;
  riskReason: string;
  /** What the format could not carry over, beside what the schema could not. */
  notes?: readonly string[];
}

/** The source the tools stand in. */
export interface FoundIn {
  /** Name of the source, first part of the ids. */
  source: string;
  /** The file, relative, for places; where there is none, the source's name. */
  file: string;
  folder: string;
  locate(pointer: string, part?: 'key' | 'value'): SpecRange;
  /** Finds what a `$ref` that does not lead into the tool's own schema stands for; without, it leads nowhere. */
  resolve?: Resolve;
}

/** Tools of one source that are read. */
const mostTools = 5_000;
/** Longer names are none. */
const longestName = 300;
const longestDescription = 16_000;
const mostProblems = 200;

/**
 * Legal, unique names; JSON Schemas; ids that stay while name and source do. What no model could be told of is left out
 * and reported; what could not be mapped stands in `written.notes`. Each tool has its `spot` (`toolSpot.ts`).
 */
export function boundTools(
  specs: readonly FoundSpec[],
  where: FoundIn,
  defaults: ReadDefaults,
): { tools: BoundTool[]; problems: SpecProblem[] } {
  const problems: SpecProblem[] = [];
  const report = (at: string, message: string, tool?: string): void => {
    if (problems.length >= mostProblems) return;
    const severity = tool === undefined ? 'error' : 'warning';
    const place = { path: where.file, ...where.locate(at), severity, message } as const;
    problems.push(tool === undefined ? place : { ...place, tool });
  };
  const kept = specs.slice(0, mostTools).filter((spec) => {
    const wrong = nameProblem(spec.name);
    if (wrong !== null) report(spec.at, wrong);
    return wrong === null;
  });
  const next = specs[mostTools];
  if (next) report(next.at, `Only the first ${mostTools} tools of a source are read.`);

  const { shown } = nameMap(kept.map(({ name }) => name));
  const ids = new Ids(where.source);
  const tools = kept.map((spec, index) => {
    const mapped = mapSchema(spec.schema, where.resolve);
    const tool = boundTool(spec, shown[index] as string, ids.next(spec.name), mapped, where, defaults);
    for (const { pointer, message, isProblem } of mapped.notes) {
      if (isProblem) report(spec.schemaAt + pointer, message, tool.tool.id);
    }
    return tool;
  });
  return { tools, problems };
}

function boundTool(
  spec: FoundSpec,
  name: string,
  id: string,
  { schema, notes: schemaNotes }: MappedSchema,
  where: FoundIn,
  defaults: ReadDefaults,
): BoundTool {
  const notes = [...(spec.notes ?? []), ...schemaNotes.map(({ message }) => message)];
  let { description } = spec;
  if (description.length > longestDescription) {
    description = `${description.slice(0, longestDescription)}…`;
    notes.push(`The description has ${spec.description.length} characters and is cut.`);
  }
  const shown = { name, description, parameters: schema };
  const written = spec.written ?? spec.schema;
  const hasSame = written === null || isDeepStrictEqual(written, schema);
  const isAsWritten = name === spec.name && notes.length === 0 && hasSame;
  return {
    tool: {
      ...shown,
      ...(spec.output && keepsOutput(spec.output) ? { output: spec.output } : {}),
      id,
      source: placeOf(spec.at, where),
      risk: spec.risk,
      riskReason: spec.riskReason,
      runnable: spec.notRunnable === null,
      specHash: createHash('sha256').update(canonicalJson(shown)).digest('hex').slice(0, 16),
    },
    folder: where.folder,
    runner: spec.runner,
    notRunnable: spec.notRunnable,
    ...(spec.operation ? { operation: spec.operation } : {}),
    ...(isAsWritten
      ? {}
      : { written: { name: spec.name, description: spec.description, schema: written, notes } }),
    timeoutMs: defaults.timeoutMs,
    outputLimit: defaultOutputLimit,
    services: [],
    spot: toolSpot(spec, (pointer, part) => where.locate(pointer, part)),
  };
}

/** From the key that names it, where there is one, to its end. */
function placeOf(at: string, where: FoundIn): SpecLocation {
  const { line, column } = where.locate(at, 'key');
  const { endLine, endColumn } = where.locate(at);
  return { path: where.file, line, column, endLine, endColumn };
}

function nameProblem(name: string): string | null {
  if (name.trim() === '') return 'A tool needs a name: this one has none, so it is left out.';
  if (name.length <= longestName) return null;
  return `A tool's name of ${name.length} characters is no name: this tool is left out.`;
}

/** `<source>#<name>`, and of a name that stands twice `<source>#<name>~2`. */
class Ids {
  readonly #source: string;
  readonly #taken = new Set<string>();
  readonly #counts = new Map<string, number>();

  constructor(source: string) {
    this.#source = source;
  }

  next(name: string): string {
    const plain = `${this.#source}#${printable(name)}`;
    let count = this.#counts.get(plain) ?? 0;
    let id: string;
    do {
      count++;
      id = count === 1 ? plain : `${plain}~${count}`;
    } while (this.#taken.has(id));
    this.#counts.set(plain, count);
    this.#taken.add(id);
    return id;
  }
}

/** Characters that are not seen, or that turn what stands beside them around, as escapes: ids stand in files and logs. */
function printable(name: string): string {
  return name.replace(unseen, writtenOut);
}
