/**
 * A trial of a log as one of ours. What the log does not say is left open (tokens, times, seeds) or guessed where a trial has
 * to have it: whether a call succeeded (see `guessedStatus.ts`), and the outcome where no verdict is known.
 */
import { createHash } from 'node:crypto';
import { readArguments } from '../../core/explore/readArguments.ts';
import { readReact } from '../../core/explore/readReact.ts';
import { readYesOrNo } from '../../core/explore/reflect.ts';
import type { ChatMessage } from '../../core/message.ts';
import { cutTo, strip } from '../../core/text.ts';
import type { Failure, Observation, Outcome, Reflection, Step, Trial, TrialPlace } from '../../core/trial.ts';
import { answersIn } from './conversation.ts';
import { guessedStatus } from './guessedStatus.ts';
import type { LogItem, LogStep } from './logItem.ts';

/** No tool of ours says more in one answer, characters: what is longer would hold up whoever reads the trial. */
const longestObservation = 1024 * 1024;

/** Where an item stands and what is known beside it. */
export interface ImportedPlace extends TrialPlace {
  /** The tool as the log names it. */
  named: string;
  model: string;
  /** Hash of the tool's spec, where the log tells the tool as the catalogue does; else empty. */
  specHash: string;
  /** When the log was written, milliseconds since 1970: when the trials were is not known. */
  writtenAt: number;
  /** The trial's part of the conversation; null when it is not known. */
  messages: ChatMessage[] | null;
}

/** The id of an imported trial: a function of what the log says and where, whichever file or run it comes with. */
export function importedId({ named, episode, trial }: ImportedPlace, { query, steps }: LogItem): string {
  const said = JSON.stringify([named, episode, trial, query, steps]);
  return `i-${createHash('sha256').update(said).digest('hex').slice(0, 20)}`;
}

/** The trial. */
export function importedTrial(place: ImportedPlace, item: LogItem): Trial {
  const thoughts = place.messages === null ? [] : answersIn(place.messages);
  const steps = item.steps
    .filter((step) => step.call !== null || step.parseError !== null)
    .map((step) => stepOf(step, place, thoughts[item.steps.indexOf(step)]));
  const answer = item.steps.at(-1)?.answer ?? null;
  // The verdict stands in the conversation alone.
  const verdict = place.messages?.at(-1)?.content;
  const reflection = verdict === undefined ? null : readYesOrNo(verdict);
  return {
    id: importedId(place, item),
    runId: place.runId,
    tool: place.tool,
    episode: place.episode,
    trial: place.trial,
    query: strip(item.query),
    callFirst: false,
    outcome: outcomeOf(item, steps, reflection),
    steps,
    reflection,
    answer,
    model: place.model,
    seed: 0,
    specHash: place.specHash,
    usage: { modelCalls: 0, inputTokens: 0, cachedTokens: 0, outputTokens: 0, usd: null },
    startedAt: place.writtenAt,
    ms: 0,
    messages: place.messages ?? [],
    exchanges: [],
    imported: true,
  };
}

function stepOf(step: LogStep, place: ImportedPlace, answer: string | undefined): Step {
  const thought = step.thought || (answer === undefined ? '' : readReact(answer, [place.named]).thought);
  const { call, parseError } = step;
  if (call === null) {
    const message = parseError ?? '';
    const type = /only use exactly one of the following APIs/.test(message) ? 'unknown_tool' : 'malformed';
    return failed(thought, null, notRun(step.observation ?? message), { type, message });
  }
  const read = readArguments(call.input);
  const tool = call.action === place.named ? place.tool : call.action;
  const made = read.ok ? { tool, arguments: read.arguments } : null;
  if (step.observation === null) {
    const observation = notRun('Not run: the limit of turns was reached.');
    return { thought, call: made, observation, failure: null, failures: [] };
  }
  const { status, message } = guessedStatus(step.observation);
  const said = cutTo(step.observation, longestObservation);
  const observation: Observation = { status, content: said.text, ms: 0, truncated: said.cut };
  if (!read.ok) {
    const words = `The arguments are no JSON object: ${call.input.slice(0, 200)}`;
    return failed(thought, null, observation, { type: 'malformed', message: words });
  }
  if (status === 'ok') return { thought, call: made, observation, failure: null, failures: [] };
  return failed(thought, made, observation, { type: status, message: (message ?? '').slice(0, 1000) });
}

function failed(thought: string, call: Step['call'], observation: Observation, failure: Failure): Step {
  return { thought, call, observation, failure, failures: [failure] };
}

function notRun(content: string): Observation {
  return { status: 'not_run', content, ms: 0, truncated: false };
}

/**
 * The verdict that the trial itself ended with; without it that of the judge, where the log was postprocessed (read as the
 * reference reads it). Without either, an answer after a call that seems to have worked counts as fulfilled: what comes of it
 * is an example that nobody has verified, and says so.
 */
function outcomeOf(item: LogItem, steps: readonly Step[], reflection: Reflection | null): Outcome {
  if ((item.steps.at(-1)?.answer ?? null) === null) return 'abandoned';
  const worked = steps.some(({ call, observation }) => call !== null && observation.status === 'ok');
  const fulfilled = reflection?.fulfilled ?? (worked && !item.judgement?.includes('No.'));
  return fulfilled ? 'fulfilled' : 'unfulfilled';
}
