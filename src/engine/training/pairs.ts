/** What to do on a query and what not to: pairs for training by preference (DPO). */
import { canonicalJson, type JsonObject } from '../../core/json.ts';
import type { Call, Example, Fix } from '../../core/trial.ts';
import type { Conversation, ConversationCall } from './conversation.ts';
import { nineCharacters } from './conversation.ts';
import type { Turn } from './turns.ts';

/** A place in a conversation, the call that worked there, and one that failed. */
export interface Pair {
  query: string;
  /** The calls before it, observed. */
  before: Turn[];
  chosen: Turn & { kind: 'call' };
  rejected: Turn & { kind: 'call' };
  tools: Conversation['tools'];
}

/** What was done wrong on the query of an example; `worked`: the call that did it right, where that is known. */
export interface Failed {
  call: Call;
  worked?: Call;
}

/** What is known to have failed on the query of an example: its contrasts, the fixes of its trial, failed trials of its query. */
export function failedOn(example: Example, fixes: readonly Fix[], siblings: readonly Call[]): Failed[] {
  const contrasts = (example.contrasts ?? []).map(
    ({ tool, arguments: given }): Failed => ({ call: { tool, arguments: given } }),
  );
  const mended = fixes
    .filter(({ trialId }) => trialId === example.provenance.trialId && example.paraphraseOf === undefined)
    .map(({ failed, worked }): Failed => ({ call: failed, worked }));
  // What mended it is known best; of a call that is named twice the first counts.
  return [...mended, ...contrasts, ...siblings.map((call): Failed => ({ call }))];
}

/**
 * The pairs of an example. A failed call stands against the call of the same tool that worked (the first call, where that tool was
 * the wrong one), after the same calls. Each pair once; a call of a tool that the catalogue does not know makes none.
 *
 * @param nameOf of a tool by its id; null when it is not in the catalogue
 */
export function pairsOf(
  example: Example,
  conversation: Conversation,
  failed: readonly Failed[],
  nameOf: (id: string) => string | null,
): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const { call, worked } of failed) {
    const tool = nameOf(call.tool);
    const place = placeOf(example, call, worked);
    if (tool === null || place < 0) continue;
    const chosen = conversation.calls[place] as ConversationCall;
    const key = canonicalJson([tool, call.arguments]);
    if (same(chosen, { tool, arguments: call.arguments }) || pairs.has(key)) continue;
    const turn = (one: ConversationCall, index: number, observed: boolean): Turn & { kind: 'call' } => ({
      kind: 'call',
      id: nineCharacters(conversation, index),
      call: one,
      observed,
      train: true,
    });
    pairs.set(key, {
      query: conversation.query,
      before: conversation.calls.slice(0, place).map((one, index) => turn(one, index, true)),
      chosen: turn(chosen, place, false),
      rejected: turn({ tool, arguments: call.arguments, observation: '' }, place, false),
      tools: conversation.tools,
    });
  }
  return [...pairs.values()];
}

function placeOf(example: Example, call: Call, worked: Call | undefined): number {
  if (worked !== undefined) return example.calls.findIndex((one) => same(one, worked));
  const ofTool = example.calls.findIndex((one) => one.tool === call.tool);
  return ofTool >= 0 ? ofTool : example.calls.length - 1 >= 0 ? 0 : -1;
}

function same(
  a: { tool: string; arguments: JsonObject },
  b: { tool: string; arguments: JsonObject },
): boolean {
  return a.tool === b.tool && canonicalJson(a.arguments) === canonicalJson(b.arguments);
}
