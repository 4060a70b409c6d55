/** What of the played world matters for the next call: the same call's answer, or the calls its player is reminded of. */
import { canonicalJson, type Json } from '../json.ts';
import type { Tool } from '../tool.ts';
import type { PlayedCall } from './simulation.ts';

/** Characters of earlier calls that a player is shown, and of one answer among them. */
export const recallLimit = 12_000;
const answerLimit = 1500;
/** Calls that are shown at most. */
const callLimit = 40;
/** Shorter values stand in too many answers to point at one. */
const telling = 2;

/**
 * The answer to the same call; null when it has to be played. The same arguments get the same answer, unless a call of
 * another tool has changed the played world since.
 *
 * @param tools all that may have been called: their risk says which calls change something
 */
export function sameAnswer(
  said: readonly PlayedCall[],
  tool: Tool,
  args: PlayedCall['arguments'],
  tools: readonly Tool[],
): PlayedCall | null {
  const text = canonicalJson(args);
  const changing = new Set(
    tools.filter(({ risk }) => risk === 'write' || risk === 'destructive').map(({ id }) => id),
  );
  for (const call of said.toReversed()) {
    if (call.tool === tool.id && canonicalJson(call.arguments) === text) return call;
    if (call.tool !== tool.id && call.status === 'ok' && changing.has(call.tool)) return null;
  }
  return null;
}

/**
 * The earlier calls that a player is reminded of, in their order: first those that speak of what the arguments name (an id
 * that was made up earlier is found again), then the newest, as many as fit.
 */
export function recalled(said: readonly PlayedCall[], args: PlayedCall['arguments']): PlayedCall[] {
  const names = valuesIn(args);
  const texts = said.map((call) => `${JSON.stringify(call.arguments)} ${call.content}`);
  const speaks = (at: number): boolean => names.some((name) => texts[at]?.includes(name));
  const newest = said.map((_, at) => at).reverse();
  const order = [...newest.filter(speaks), ...newest.filter((at) => !speaks(at))];
  const chosen: number[] = [];
  let length = 0;
  for (const at of order) {
    const size = lineOf(said[at] as PlayedCall, '').length;
    if (chosen.length === callLimit || length + size > recallLimit) break;
    chosen.push(at);
    length += size;
  }
  return chosen.sort((a, b) => a - b).map((at) => said[at] as PlayedCall);
}

/** An earlier call in one line, its answer cut. */
export function lineOf({ arguments: args, status, content }: PlayedCall, name: string): string {
  const answer = content.length > answerLimit ? `${content.slice(0, answerLimit)}…` : content;
  const given = JSON.stringify(args);
  const shown = given.length > answerLimit ? `${given.slice(0, answerLimit)}…` : given;
  return `${name}(${shown}) → ${status}: ${answer}`;
}

/** The scalars of the arguments, as they stand in texts. */
function valuesIn(value: Json): string[] {
  if (typeof value === 'string') return value.length >= telling ? [value] : [];
  if (typeof value === 'number') return String(value).length >= telling ? [String(value)] : [];
  if (value === null || typeof value === 'boolean') return [];
  return (Array.isArray(value) ? value : Object.values(value)).flatMap(valuesIn);
}
