/** Training data, and examples in the forms of other tools: from what was learned to files, with a manifest of what went in. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { UserError } from '../../core/errors.ts';
import { candidatesOf, type TrainingTool } from '../../core/exploit/training/candidates.ts';
import type { Example } from '../../core/trial.ts';
import type { ExportParams, ExportResult } from '../../protocol/exploit.ts';
import type { Store } from '../../store/index.ts';
import { ArgumentCheck } from '../../tools/schema/argumentCheck.ts';
import type { ToolIndex } from '../catalogue/toolIndex.ts';
import { findTool } from '../runs/chooseTools.ts';
import type { StoreHolder } from '../storeHolder.ts';
import { atLeisure } from './atLeisure.ts';
import { type BatchNames, batchesByDate, batchesByList, batchesBySource } from './batchNames.ts';
import { filesOf, manifestFile, type Sides } from './exportFiles.ts';
import { checkExportParams } from './exportParams.ts';
import { FailedCalls } from './failedCalls.ts';
import { dataFormats } from './formats/index.ts';
import { generalRows } from './generalData.ts';
import { documentRules } from './lint/documents.ts';
import { lintFile } from './lint/lintFile.ts';
import type { CheckArguments } from './lint/rowLinter.ts';
import { type Placed, PlacedRows } from './placedRows.ts';
import { type Selection, type SelectionParams, select } from './selection.ts';
import { Told } from './told.ts';
import { checkTarget, checkTargets, writeFiles } from './writeFiles.ts';

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

/** Examples that are read before others have a turn. */
const pageSize = 200;
/** Documents that are read whole to be checked, bytes: a larger one would hold the engine up. */
const largestChecked = 2 * 1024 * 1024;
/** Examples that rows are made of before others have a turn. */
const rowsATurn = 50;

export class TrainingData {
  readonly #sources: TrainingSources;

  constructor(sources: TrainingSources) {
    this.#sources = sources;
  }

  /**
   * Writes the files that are asked for and a manifest beside them, then holds them against their format. Throws `WrongRequest`
   * for a request that cannot be met as it stands, `UserError` where nothing can be written.
   */
  async exportData(params: ExportParams): Promise<ExportResult> {
    if (!this.#sources.trusted())
      throw new UserError(
        'Nothing is exported from a workspace that is not trusted.',
        'Trust the workspace to export what was learned in it.',
      );
    checkExportParams(params);
    await checkTarget({ path: params.path }, params.replace ?? false);
    await this.#sources.complete();
    const store = await this.#sources.stores().forReading();
    const known = store === null ? [] : await this.#examples(store, params.tools);
    const sifting = candidatesOf(known, (id) => this.#tool(id), {
      demonstrations: params.demonstrations ?? false,
      simulated: params.simulated ?? false,
      stale: params.stale ?? false,
      verified: params.verified ?? false,
    });
    const { examples, notes } = await atLeisure(sifting);
    if (store === null || examples.length === 0) throw nothing(notes);
    const selection = await atLeisure(select(examples, await this.#selectionParams(params, store)));
    const check = new ArgumentCheck(this.#sources.log);
    try {
      const checkArguments: CheckArguments = (tool, args) => check.check(tool, args);
      return await this.#write(params, store, selection, [...notes, ...selection.notes], checkArguments);
    } finally {
      await check.dispose();
    }
  }

  async #write(
    params: ExportParams,
    store: Store,
    selection: Selection,
    notes: string[],
    checkArguments: CheckArguments,
  ): Promise<ExportResult> {
    const { format: name, loss = 'all', siblings = 0, seed = 0, simulated = false } = params;
    const format = dataFormats[name];
    const index = this.#sources.index();
    const failed = new FailedCalls(store, simulated);
    const made = new PlacedRows(format, { loss, siblings, seed }, index, failed);
    const sides: Sides = { train: [], validation: [] };
    let without = 0;
    for (const [place, selected] of selection.selected.entries()) {
      if (format.needsPairs) await failed.lookUp(selected.example.tool);
      if (place % rowsATurn === rowsATurn - 1) await breathe();
      const rows = made.of(selected);
      if (rows.length === 0) without += 1;
      for (const row of rows) sides[selected.validation ? 'validation' : 'train'].push(row);
    }
    if (without > 0 && format.noRow !== undefined)
      notes.push(`${without} example${without === 1 ? '' : 's'} without a row: ${format.noRow}.`);
    if (sides.train.length + sides.validation.length === 0) throw nothing(notes);
    if (sides.validation.length === 0 && (params.validation ?? 0) > 0)
      notes.push('Nothing is kept for validation: there are too few families for this share.');
    if (loss === 'calls' && format.weightless)
      notes.push(
        `There are no weights in data for ${format.label}: answers that follow a call are left out.`,
      );
    const told = new Told();
    const general = await this.#general(params, sides.train.length, checkArguments, told);
    if (general !== null) {
      for (const row of general.placed) sides.train.push(row);
      notes.push(general.note);
    }
    const tools = made.offered;
    const { files, rows } = await filesOf(params, format, sides, tools);
    const version = this.#sources.version;
    const manifest = manifestFile(params, { version, selection, files, rows, tools, notes });
    // The manifest first: by it whoever looks for tools knows what the others are.
    const all = [manifest, ...files];
    await checkTargets(all, params.replace ?? false);
    await writeFiles(all);
    for (const { path, lint, rows: count } of files) {
      if (lint === null || count === 0) continue;
      if (documentRules[lint] !== undefined && (await stat(path)).size > largestChecked) {
        notes.push(`${basename(path)} is too large to be checked here: imaginarium lint looks at it.`);
        continue;
      }
      await lintFile(path, { format: lint, checkArguments, found: (finding) => told.add(path, finding) });
    }
    return {
      files: [...files, manifest].map(({ path, rows: count }) => ({ path, rows: count })),
      notes,
      ...told.result(),
    };
  }

  async #general(params: ExportParams, own: number, checkArguments: CheckArguments, told: Told) {
    if (params.general === undefined) return null;
    const { path, rows, share } = params.general;
    const wanted = share === undefined ? (rows ?? null) : Math.round((share / (1 - share)) * own);
    const tell = (finding: Parameters<Told['add']>[1]): void => told.add(path, finding);
    const general = await generalRows(path, params.format, wanted, params.seed ?? 0, checkArguments, tell);
    const placed = general.rows.map(({ row, line }): Placed => ({ row, origin: { why: 'general', line } }));
    const wrong = general.wrong > 0 ? `, ${general.wrong} left out since something is wrong with them` : '';
    return {
      placed,
      note: `${placed.length} of ${general.of} rows of ${basename(path)} are mixed in${wrong}.`,
    };
  }

  async #selectionParams(params: ExportParams, store: Store): Promise<SelectionParams> {
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
    if (by === 'date')
      return batchesByDate(
        (id) => store.trialRow(id)?.startedAt ?? null,
        (id) => store.trials({ tool: id, order: 'oldest', limit: 1 }).rows[0]?.startedAt ?? null,
      );
    if (by === 'list') return batchesByList(file as string, tool);
    const sources = this.#sources.index().sources.map(({ path }) => path);
    return batchesBySource(tool, sources);
  }

  /** All examples of these tools, or of all, by tool and id: what was learned when is no matter to a file that is made anew. */
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
        for (const example of page.rows) found.push(example);
        after = page.next;
        await breathe();
      } while (after !== null);
    }
    return found.sort((a, b) => compare(a.tool, b.tool) || compare(a.id, b.id));
  }

  #tool(id: string): TrainingTool | null {
    return this.#sources.index().definition(id);
  }
}

function nothing(notes: readonly string[]): UserError {
  return new UserError(
    'There is nothing to export.',
    notes.join(' ') || 'There are no examples yet: explore first.',
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
