import { type Conversation, type ConversationCall, nineCharacters } from './conversation.ts';

/** What a model is trained on: everything that it says, or its calls and what it says instead of one. */
export type Loss = 'all' | 'calls';

/** What the model says, one turn after another. */
export type Turn =
  /** `observed`: the conversation goes on after it, so that the observation belongs to it. */
  | { kind: 'call'; id: string; call: ConversationCall; observed: boolean; train: true }
  | { kind: 'answer'; text: string; train: boolean };

/**
 * The turns of a conversation. The last one is always the model's: what the tool said to the last call stands there only where
 * an answer follows.
 *
 * @param weighted whether the format can say of a turn that nothing is learned from it; where it cannot, such a turn is left out
 */
export function turnsOf(conversation: Conversation, loss: Loss, weighted: boolean): Turn[] {
  const { calls, answer } = conversation;
  const train = loss === 'all' || calls.length === 0;
  const answers: Turn[] =
    answer !== null && (train || weighted) ? [{ kind: 'answer', text: answer, train }] : [];
  const turns = calls.map((call, index): Turn => {
    const observed = index < calls.length - 1 || answers.length > 0;
    return { kind: 'call', id: nineCharacters(conversation, index), call, observed, train: true };
  });
  return [...turns, ...answers];
}
