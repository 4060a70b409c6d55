/** Reflecting: was the query fulfilled? (Section 3.1 of the paper; the structure is ours.) */
import { isJsonObject, type JsonObject } from '../json.ts';
import type { Reflection, Step } from '../trial.ts';
import { readArguments } from './readArguments.ts';
import { promptText, purposeOf, type TrialContext } from './trialContext.ts';

/** Always asked, also when the trial ran out of turns: the verdict is what long-term memory lists. */
export async function reflect(
  context: TrialContext,
  trial: { query: string; steps: Step[]; answer: string | null },
): Promise<Reflection> {
  const { talk, protocol, settings } = context;
  const structured = settings.structuredReflection;
  talk.say({ role: 'user', content: promptText(context, structured ? 'reflect-structured' : 'reflect') });
  const answer = await talk.ask(
    { kind: 'reflect', ...purposeOf(context, 'reflect'), ...trial, structured },
    { stop: protocol.actStop, offer: protocol.offer(context.offered, false) },
  );
  talk.say({ role: 'assistant', content: answer.text });
  return structured ? weigh(readStructured(answer.text), trial.steps) : readYesOrNo(answer.text);
}

/** The paper's reflection: the first word that says yes or no decides (see `deviations.ts`). */
export function readYesOrNo(text: string): Reflection {
  const claimed = saysYes(text);
  return { text, claimed, fulfilled: claimed };
}

function saysYes(text: string): boolean {
  const word = /\b(yes|no)\b/i.exec(text)?.[1]?.toLowerCase();
  if (word !== undefined) return word === 'yes';
  // Neither word: as the reference rules, unless the sentence denies it ("Not fulfilled").
  return text !== '' && !/\bno|n't\b|n’t\b|un(able|fulfilled|successful)/i.test(text);
}

/** Reads the structured form; an answer in plain words counts by its first yes or no. */
export function readStructured(text: string): Reflection {
  const read = readArguments(text);
  const said: JsonObject = read.ok ? read.arguments : {};
  if (!isJsonObject(said) || !('fulfilled' in said)) return readYesOrNo(text);
  const claimed = said.fulfilled === true || (typeof said.fulfilled === 'string' && saysYes(said.fulfilled));
  return {
    text,
    claimed,
    fulfilled: claimed,
    ...sentence('cause', said.cause),
    ...sentence('lesson', said.lesson),
    ...sentence('next', said.next),
  };
}

/** Evidence outranks opinion: with no successful call a trial cannot be fulfilled, whatever the model says. */
export function weigh(reflection: Reflection, steps: readonly Step[]): Reflection {
  const succeeded = steps.some((step) => step.call !== null && step.observation.status === 'ok');
  return { ...reflection, fulfilled: reflection.claimed && succeeded };
}

function sentence<K extends 'cause' | 'lesson' | 'next'>(key: K, value: unknown): Partial<Record<K, string>> {
  return typeof value === 'string' && value.trim() !== ''
    ? ({ [key]: value.trim() } as Record<K, string>)
    : {};
}
