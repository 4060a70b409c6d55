/** Training data, and examples in the forms of other tools: from what was learned to files, with a manifest of what went in. */
import { basename, isAbsolute } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { UserError } from '../../core/errors.ts';
import { candidatesOf, type TrainingTool } from '../../core/exploit/training/candidates.ts';
import { inSeededOrder } from '../../core/exploit/training/families.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Example } from '../../core/trial.ts';
import type { DataProblem, ExportParams, ExportResult } from '../../protocol/exploit.ts';
import type { Store } from '../../store/index.ts';
import { ArgumentCheck } from '../../tools/schema/argumentCheck.ts';
import type { ToolIndex } from '../catalogue/toolIndex.ts';
import { WrongRequest } from '../errors.ts';
import { findTool } from '../runs/chooseTools.ts';
import type { StoreHolder } from '../storeHolder.ts';
import { type BatchNames, batchesByDate, batchesByList, batchesBySource } from './batchNames.ts';
import { conversationOf } from './conversation.ts';
import { FailedCalls } from './failedCalls.ts';
import { dataFormats, type Row } from './formats/index.ts';
import { jsonLinesFile, pathBeside } from './formats/jsonLines.ts';
import { generalRows } from './generalData.ts';
import { lintFile } from './lint/lintFile.ts';
import type { Finding } from './lint/report.ts';
import { type ManifestRow, manifestText, originOf } from './manifest.ts';
import { pairsOf } from './pairs.ts';
import { type Selected, type Selection, select } from './selection.ts';
import { checkTargets, readIfThere, writeFiles } from './writeFiles.ts';

/** What it is made of; functions, since both change while the engine lives. */
export interface TrainingSources {
  stores(): StoreHolder;
  index(): ToolIndex;
  /** Resolves when the catalogue is read. */
  complete(): Promise<unknown>;
  trusted(): boolean;
  version: string;
  log(line: string): void;
}

/** Examples that are read a page. */
const pageSize = 500;
/** Problems that a result tells of; the counts are whole. */
const mostTold = 200;
/** Forms that have no place for rows of other data. */
const closed = new Set(['promptfoo', 'bfcl', 'dspy', 'anthropic']);

/** A row with where it is from. */
interface Placed {
  row: Row;
  origin: ManifestRow['origin'];
}

export class TrainingData {
  readonly #sources: TrainingSources;

  constructor(sources: TrainingSources) {
    this.#sources = sources;
  }

  /** Holds a file against its format. Throws `WrongRequest` for one that cannot be read or told. */
  async lint(
    path: string,
    options: { format?: string; maxTokens?: number; found: (finding: Finding) => void; signal?: AbortSignal },
  ) {
    const check = new ArgumentCheck(this.#sources.log);
    try {
      return await lintFile(path, { ...options, checkArguments: (tool, args) => check.check(tool, args) });
    } finally {
      await check.dispose();
    }
  }

  /**
   * Writes the files that are asked for and a manifest beside them, then holds them against their format. Throws `WrongRequest`
   * for a request that cannot be met as it stands, `UserError` where nothing can be written.
   */
  async exportData(params: ExportParams): Promise<ExportResult> {
    this.#checkParams(params);
    await this.#sources.complete();
    const store = await this.#sources.stores().forReading();
    const known = store === null ? [] : await this.#examples(store, params.tools);
    const found = candidatesOf(known, (id) => this.#tool(id), {
      demonstrations: params.demonstrations ?? false,
      simulated: params.simulated ?? false,
      stale: params.stale ?? false,
    });
    const notes = [...found.notes];
    if (store === null || found.examples.length === 0) throw nothing(notes);
    const selection = select(found.examples, await this.#selectionParams(params, store));
    notes.push(...selection.notes);
    const check = new ArgumentCheck(this.#sources.log);
    try {
      return await this.#write(params, store, selection, notes, check);
    } finally {
      await check.dispose();
    }
  }

  async #write(
    params: ExportParams,
    store: Store,
    selection: Selection,
    notes: string[],
    check: ArgumentCheck,
  ): Promise<ExportResult> {
    const format = dataFormats[params.format];
    const tell = new Told();
    const offered = new Map<
      string,
      { name: string; description: string; parameters: JsonObject; specHash: string }
    >();
    const sides = { train: [] as Placed[], validation: [] as Placed[] };
    const failed = new FailedCalls(store, params.simulated ?? false);
    let without = 0;
    for (const [index, selected] of selection.selected.entries()) {
      if (index % 200 === 199) await breathe();
      const rows = this.#rows(selected, params, failed, offered);
      if (rows.length === 0) without += 1;
      sides[selected.validation ? 'validation' : 'train'].push(...rows);
    }
    if (without > 0 && format.noRow !== undefined)
      notes.push(`${without} example${without === 1 ? '' : 's'} without a row: ${format.noRow}.`);
    if (sides.train.length + sides.validation.length === 0) throw nothing(notes);
    const general = await this.#general(params, sides.train.length, check, tell);
    if (general !== null) {
      sides.train.push(...general.placed);
      notes.push(general.note);
    }
    const tools = [...offered.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const { files, rows } = await this.#files(params, sides, tools, notes);
    const head = {
      manifest: 1,
      imaginarium: this.#sources.version,
      format: params.format,
      seed: params.seed ?? 0,
      loss: params.loss ?? 'all',
      validation: params.validation ?? 0,
      siblings: params.siblings ?? 0,
      taken: {
        demonstrations: params.demonstrations ?? false,
        simulated: params.simulated ?? false,
        stale: params.stale ?? false,
      },
      continual: continualOf(params, selection),
      counts: countsOf(rows),
      files: files.map(({ path, rows: count }) => ({ name: basename(path), rows: count })),
      tools: tools.map(({ name, specHash }) => ({ name, specHash })),
      notes,
    };
    const manifest = {
      path: `${params.path}.manifest.json`,
      text: { [Symbol.iterator]: () => manifestText(head, rows) },
      rows: 0,
      lint: null,
    };
    const all = [...files, manifest];
    await checkTargets(all, params.replace ?? false);
    await writeFiles(all);
    for (const file of files) {
      if (file.lint === null || file.rows === 0) continue;
      await lintFile(file.path, {
        format: file.lint,
        checkArguments: (tool, args) => check.check(tool, args),
        found: (finding) => tell.add(file.path, finding),
      });
    }
    return { files: all.map(({ path, rows: count }) => ({ path, rows: count })), notes, ...tell.result() };
  }

  #rows(
    { example, family, why, batch }: Selected,
    params: ExportParams,
    failed: FailedCalls,
    offered: Map<string, { name: string; description: string; parameters: JsonObject; specHash: string }>,
  ): Placed[] {
    const format = dataFormats[params.format];
    const others = this.#siblings(example, params.siblings ?? 0, params.seed ?? 0);
    const conversation = conversationOf(example, (id) => this.#tool(id), others);
    const pairs = format.needsPairs
      ? pairsOf(example, conversation, failed.of(example), (id) => this.#tool(id)?.name ?? null)
      : [];
    const own = this.#tool(example.tool) as TrainingTool;
    const hashes = new Map([own, ...others].map(({ name, specHash }) => [name, specHash]));
    for (const call of example.calls) {
      const tool = this.#tool(call.tool);
      if (tool !== null) hashes.set(tool.name, tool.specHash);
    }
    const origin = originOf(example, { family, why, batch }, own);
    const rows = format.rows({ conversation, pairs }, { loss: params.loss ?? 'all' });
    if (rows.length > 0)
      for (const tool of conversation.tools)
        offered.set(tool.name, { ...tool, specHash: hashes.get(tool.name) ?? '' });
    return rows.map((row) => ({
      row: format.takesMore ? { ...row, imaginarium: { ...origin } } : row,
      origin,
    }));
  }

  async #files(
    params: ExportParams,
    sides: { train: Placed[]; validation: Placed[] },
    tools: readonly { name: string; description: string; parameters: JsonObject }[],
    notes: string[],
  ) {
    const format = dataFormats[params.format];
    const files = new Map<string, Awaited<ReturnType<NonNullable<typeof format.files>>>[number]>();
    const rows: ManifestRow[] = [];
    const around = {
      trainPath: params.path,
      tools: tools.map(({ name, description, parameters }) => ({ name, description, parameters })),
      read: async (path: string): Promise<string | null> => {
        const written = files.get(path);
        return written === undefined ? readIfThere(path) : [...written.text].join('');
      },
    };
    for (const [side, path] of [
      ['train', params.path],
      ['validation', validationPath(params.path)],
    ] as const) {
      const placed = sides[side];
      if (placed.length === 0) {
        if (side === 'validation' && (params.validation ?? 0) > 0)
          notes.push('Nothing is kept for validation: there are too few families for this share.');
        if (side === 'validation') continue;
      }
      const own = placed.map(({ row }) => row);
      const made = (await format.files?.(own, path, { ...around, side })) ?? [
        jsonLinesFile(own, path, params.format),
      ];
      for (const file of made) files.set(file.path, file);
      for (const [index, { origin }] of placed.entries())
        rows.push({ file: basename(path), row: index + 1, origin });
    }
    return { files: [...files.values()], rows };
  }

  async #general(params: ExportParams, own: number, check: ArgumentCheck, tell: Told) {
    if (params.general === undefined) return null;
    const { path, rows, share } = params.general;
    const wanted = share === undefined ? (rows ?? null) : Math.round((share / (1 - share)) * own);
    const general = await generalRows(
      path,
      params.format,
      wanted,
      params.seed ?? 0,
      (tool, args) => check.check(tool, args),
      (finding) => tell.add(path, finding),
    );
    const placed = general.rows.map(({ row, line }): Placed => ({ row, origin: { why: 'general', line } }));
    const wrong = general.wrong > 0 ? `, ${general.wrong} left out since something is wrong with them` : '';
    return {
      placed,
      note: `${placed.length} of ${general.of} rows of ${basename(path)} are mixed in${wrong}.`,
    };
  }

  async #selectionParams(params: ExportParams, store: Store) {
    const { seed = 0, validation = 0, batches } = params;
    if (batches === undefined) return { seed, validation };
    const { batch, replay } = batches;
    const names = await this.#batchNames(batches, store);
    return {
      seed,
      validation,
      batches: {
        ...names,
        ...(batch === undefined ? {} : { batch }),
        ...(replay === undefined ? {} : { replay }),
      },
    };
  }

  #batchNames(
    { by, file }: NonNullable<ExportParams['batches']>,
    store: Store,
  ): BatchNames | Promise<BatchNames> {
    const tool = (id: string) => this.#tool(id);
    if (by === 'date') return batchesByDate((id) => store.trialRow(id)?.startedAt ?? null);
    if (by === 'source')
      return batchesBySource(
        tool,
        this.#sources.index().sources.map(({ path }) => path),
      );
    return batchesByList(file as string, tool);
  }

  async #examples(store: Store, named: readonly string[]): Promise<Example[]> {
    const catalogue = this.#sources.index().tools;
    const ids = named.map((name) => (this.#tool(name) ? name : findTool(name, catalogue).tool.id));
    const found: Example[] = [];
    for (const tool of ids.length === 0 ? [undefined] : new Set(ids)) {
      let after: string | null = null;
      do {
        const page = store.examples({
          limit: pageSize,
          order: 'oldest',
          ...(tool === undefined ? {} : { tool }),
          ...(after === null ? {} : { after }),
        });
        found.push(...page.rows);
        after = page.next;
        await breathe();
      } while (after !== null);
    }
    // By tool and id: what was learned when is no matter, and a file that is made anew is the same.
    return found.sort((a, b) => compare(a.tool, b.tool) || compare(a.id, b.id));
  }

  #tool(id: string): TrainingTool | null {
    return this.#sources.index().definition(id);
  }

  /** Other tools of the same source, for the model to choose among. */
  #siblings(example: Example, count: number, seed: number): TrainingTool[] {
    if (count === 0) return [];
    const own = this.#tool(example.tool);
    const source = this.#sources.index().sources.find(({ path }) => path === own?.source.path);
    const taken = new Set([example.tool, ...example.calls.map(({ tool }) => tool)]);
    const others = source?.tools.map(({ tool }) => tool.id).filter((id) => !taken.has(id)) ?? [];
    return inSeededOrder(others, seed, `siblings of ${example.id}`)
      .slice(0, count)
      .flatMap((id) => this.#tool(id) ?? []);
  }

  #checkParams({ format, path, validation = 0, batches, general }: ExportParams): void {
    if (!this.#sources.trusted())
      throw new UserError(
        'Nothing is exported from a workspace that is not trusted.',
        'Trust the workspace to export what was learned in it.',
      );
    if (!Object.hasOwn(dataFormats, format))
      throw new WrongRequest(
        `There is no format "${format}".`,
        `Formats: ${Object.keys(dataFormats).join(', ')}.`,
      );
    if (!isAbsolute(path)) throw new WrongRequest(`"${path}" is no absolute path.`, 'Name the file whole.');
    checkShare('validation', validation);
    checkShare('replay', batches?.replay ?? 0);
    if (batches?.by === 'list' && batches.file === undefined)
      throw new WrongRequest('Which tools are in which batch is not said.', 'Name a file with the batches.');
    if (general === undefined) return;
    if (closed.has(format))
      throw new WrongRequest(`Other data cannot be mixed into ${format}.`, 'Leave the general data out.');
    if (general.share !== undefined && (general.share < 0 || general.share >= 1))
      throw new WrongRequest(
        'The share of general data has to be at least 0 and less than 1.',
        'For instance 0.2.',
      );
  }
}

/** What the linter has found, up to a number of them. */
class Told {
  readonly #problems: DataProblem[] = [];
  #errors = 0;
  #warnings = 0;

  add(path: string, finding: Finding): void {
    if (finding.severity === 'error') this.#errors += 1;
    else this.#warnings += 1;
    if (this.#problems.length < mostTold) this.#problems.push({ path, ...finding });
  }

  result(): Pick<ExportResult, 'problems' | 'errors' | 'warnings'> {
    return { problems: this.#problems, errors: this.#errors, warnings: this.#warnings };
  }
}

function nothing(notes: readonly string[]): UserError {
  return new UserError(
    'There is nothing to export.',
    notes.join(' ') || 'There are no examples yet: explore first.',
  );
}

function checkShare(what: string, value: number): void {
  if (value >= 0 && value <= 1) return;
  throw new WrongRequest(`The share for ${what} has to be from 0 to 1.`, 'For instance 0.1.');
}

/** `data/train.jsonl` → `data/train.validation.jsonl`. */
function validationPath(path: string): string {
  const ending = /\.[^./\\]+$/.exec(path)?.[0] ?? '';
  return pathBeside(path, `.validation${ending}`);
}

function continualOf({ batches }: ExportParams, selection: Selection): JsonObject | null {
  if (batches === undefined) return null;
  return {
    by: batches.by,
    replay: batches.replay ?? 0.1,
    batches: selection.batches.map((batch) => ({ ...batch })),
  };
}

function countsOf(rows: readonly ManifestRow[]): JsonObject {
  const counts = { rows: rows.length, new: 0, replay: 0, general: 0, examples: 0, families: 0 };
  const examples = new Set<string>();
  const families = new Set<string>();
  for (const { origin } of rows) {
    counts[origin.why] += 1;
    if (!('example' in origin)) continue;
    examples.add(origin.example);
    families.add(origin.family);
  }
  return { ...counts, examples: examples.size, families: families.size };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
