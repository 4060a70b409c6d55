/**
 * Takes an exploration log of the reference implementation into the store: one run, its trials, and what they teach. The file
 * is read twice, since nothing is written before all of it could be read; a trial is known by what the log says of it, so a
 * log that was imported already, or has grown since, adds what is new and no more.
 */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { UserError } from '../../core/errors.ts';
import { exampleOf } from '../../core/exploit/example.ts';
import { emptyMemory, remember } from '../../core/memory/index.ts';
import type { Run } from '../../core/run.ts';
import { paperPreset } from '../../core/settings.ts';
import type { Trial } from '../../core/trial.ts';
import type { Imported } from '../../protocol/exploit.ts';
import type { Store } from '../../store/index.ts';
import type { BoundTool } from '../../tools/boundTool.ts';
import { WrongRequest } from '../errors.ts';
import { type ImportedPlace, importedId, importedTrial } from './importedTrial.ts';
import { type LogEntry, readLog } from './readLog.ts';
import { ToolsOfLog } from './toolsOfLog.ts';

export interface ImportSources {
  store: Store;
  catalogue: readonly BoundTool[];
  /** The run has begun to be there, or has grown. */
  changed: (run: Run) => void;
}

/** Problems that are told one by one. */
const mostProblems = 50;
/** How long the engine's thread is held at a time, milliseconds. */
const longestTurn = 20;

/**
 * Imports the log at `path` (absolute). `model` is what it was made with, where that is known. Rejects with `UserError` when
 * it is no log or holds nothing that can be taken over.
 */
export async function importLog(
  { path, model }: { path: string; model?: string },
  sources: ImportSources,
): Promise<Imported> {
  const { store } = sources;
  const tools = new ToolsOfLog(sources.catalogue);
  const { mtimeMs } = await fileAt(path);
  const place = (entry: LogEntry, runId: string): ImportedPlace => {
    const bound = tools.find(entry.tool);
    return {
      runId,
      named: entry.tool,
      tool: bound?.tool.id ?? entry.tool,
      episode: entry.episode,
      trial: entry.trial,
      model: model ?? 'imported',
      specHash: specHashOf(bound, entry),
      writtenAt: Math.round(mtimeMs),
      messages: entry.messages,
    };
  };

  const survey = await surveyOf(path, (entry) => place(entry, ''));
  const run = runOf(survey, { path, model, at: Math.round(mtimeMs) });
  const turn = turns();
  let added = 0;
  let examples = 0;
  let crowded = 0;
  for await (const entry of readLog(path)) {
    if ('problem' in entry) continue;
    await turn();
    const at = place(entry, run.id);
    if (store.trialRow(importedId(at, entry.item)) !== null) continue;
    if (store.run(run.id) === null) store.createRun(run);
    const kept = keep(store, importedTrial(at, entry.item), tools.find(entry.tool));
    if (kept === null) crowded += 1;
    else {
      added += 1;
      examples += kept;
    }
  }
  await store.flushExamples();
  const now = store.run(run.id);
  if (now) sources.changed(now);
  return {
    runId: now?.id ?? store.trialRow(survey.ids[0] ?? '')?.runId ?? run.id,
    tools: survey.tools.size,
    trials: added,
    known: survey.ids.length - added - crowded,
    examples,
    notes: [...tools.notes, ...survey.notes, ...crowdedNote(crowded), ...guessNote(survey, added)],
    problems: survey.problems,
  };
}

interface Survey {
  /** Ids of the tools, in the order of the log. */
  tools: Set<string>;
  ids: string[];
  episodes: number;
  trials: number;
  /** Entries whose verdict is not known. */
  withoutVerdict: number;
  problems: Imported['problems'];
  notes: string[];
}

async function surveyOf(path: string, place: (entry: LogEntry) => ImportedPlace): Promise<Survey> {
  const survey: Survey = {
    tools: new Set(),
    ids: [],
    episodes: 0,
    trials: 0,
    withoutVerdict: 0,
    problems: [],
    notes: [],
  };
  const turn = turns();
  let broken = 0;
  for await (const entry of readLog(path)) {
    await turn();
    if ('problem' in entry) {
      broken += 1;
      if (survey.problems.length < mostProblems) survey.problems.push(entry);
      continue;
    }
    const at = place(entry);
    survey.tools.add(at.tool);
    survey.ids.push(importedId(at, entry.item));
    survey.episodes = Math.max(survey.episodes, entry.episode);
    survey.trials = Math.max(survey.trials, entry.trial);
    if (entry.messages === null) survey.withoutVerdict += 1;
  }
  if (survey.ids.length === 0) {
    const [first] = survey.problems;
    throw new UserError(
      first
        ? `${path} holds no trial that can be read. ${first.path}: ${first.problem}.`
        : `${path} is empty.`,
      'It has to be the data_dict.json of the reference implementation: tool → sessions with an "item_list".',
    );
  }
  if (broken > mostProblems)
    survey.notes.push(`${broken - mostProblems} more entries are broken and left out.`);
  return survey;
}

/** Keeps a trial with what it teaches. How many examples it left; null when another stands at its place. */
function keep(store: Store, trial: Trial, bound: BoundTool | null): number | null {
  const known = { ...emptyMemory(), lessons: store.lessonsOf(trial.tool) };
  const { lessons, fixes } = remember(known, trial, bound?.tool ?? { parameters: { type: 'object' } });
  const example = exampleOf(trial, { languageModel: true });
  if (!store.recordTrial({ trial, lessons, fixes, example })) return null;
  return example === null ? 0 : 1;
}

function runOf(
  { tools, ids, episodes, trials }: Survey,
  about: { path: string; model: string | undefined; at: number },
): Run {
  const { path, model, at } = about;
  const hash = createHash('sha256').update(ids.join('\n')).digest('hex').slice(0, 16);
  return {
    id: `imported-${hash}`,
    status: 'finished',
    tools: [...tools],
    settings: { ...paperPreset, episodes, trials },
    budget: { modelCalls: null, tokens: null, usd: null },
    estimate: { tools: tools.size, trials: ids.length, modelCalls: 0, tokens: 0, usd: null },
    model: {
      id: model ?? 'imported',
      label: `${model ?? basename(path)} (imported)`,
      baseUrl: null,
      isLanguageModel: true,
    },
    seed: 0,
    concurrency: 1,
    promptsDir: null,
    allowWrites: false,
    memoryUpTo: 0,
    startedAt: at,
    endedAt: at,
    usage: { modelCalls: 0, inputTokens: 0, cachedTokens: 0, outputTokens: 0, usd: null },
    error: null,
  };
}

/** The log was made from the spec that is there now where it tells the tool in the same words; else that is not known. */
function specHashOf(bound: BoundTool | null, { item }: LogEntry): string {
  if (!bound || bound.tool.description === '') return '';
  const told = item.steps.some(({ description }) => description.includes(bound.tool.description));
  return told ? bound.tool.specHash : '';
}

function crowdedNote(crowded: number): string[] {
  if (crowded === 0) return [];
  return [`${crowded} entries are left out: the log has another at the same place.`];
}

function guessNote({ ids, withoutVerdict }: Survey, added: number): string[] {
  if (added === 0) return [];
  const notes = ['Whether a call failed is not in the log: it is guessed from what came back.'];
  if (withoutVerdict > 0) {
    notes.push(
      `For ${withoutVerdict} of ${ids.length} trials the log has no verdict of the model: with an answer after a call that seems to have worked they count as fulfilled.`,
    );
  }
  return notes;
}

async function fileAt(path: string): Promise<{ mtimeMs: number }> {
  try {
    const file = await stat(path);
    if (file.isFile()) return file;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new WrongRequest(`There is no file ${path}.`, 'Name the data_dict.json.');
    throw new UserError(`${path} cannot be read.`, 'Look at its permissions.');
  }
  throw new WrongRequest(`${path} is no file.`, 'Name the data_dict.json itself.');
}

/** Lets others have their turn once this one was long enough. */
function turns(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < longestTurn) return;
    await nextTurn();
    began = performance.now();
  };
}
