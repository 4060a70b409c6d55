/**
 * Calling first: a share of the trials makes the call before there is a query, and then has the query written which that
 * call answers. Such a query is solvable by its making. (After PLAY2PROMPT; the paper always imagines the query first.)
 */
import type { Random } from '../random.ts';
import type { Step } from '../trial.ts';
import { type Acted, noteMismatch, observe } from './act.ts';
import type { ExploreEvent } from './events.ts';
import { cleanQuery } from './imagine.ts';
import { knownLists } from './memoryList.ts';
import { coverageHints, promptText, purposeOf, type TrialContext } from './trialContext.ts';

/** Whether a trial calls first: by its own randomness, so that a resumed trial decides alike. */
export function callsFirst(random: Random, share: number): boolean {
  return random.next() < share;
}

/** Calls until one is taken or the turns run out, then asks for the query. The query is empty when no call was taken. */
export async function* callFirst(
  context: TrialContext,
): AsyncGenerator<ExploreEvent, Acted & { query: string }> {
  const { talk, protocol, place } = context;
  const [first, next] = protocol.callFirst;
  const prompt = promptText(context, context.opening ? first : next);
  const sent = [prompt, ...knownLists(context)].join('\n\n');
  talk.say({ role: 'user', content: prompt });

  const steps: Step[] = [];
  for (let turn = 1; turn <= context.settings.turns; turn++) {
    const purpose = {
      kind: 'callFirst' as const,
      ...purposeOf(context, 'callFirst', turn),
      uncovered: coverageHints(context),
      steps: [...steps],
    };
    const how = { stop: protocol.actStop, offer: protocol.offer([context.tool], true) };
    // The lists stand in the first prompt as it is sent, and not in the conversation, as with imagining.
    const answer = turn === 1 ? await askInstead(context, purpose, how, sent) : await talk.ask(purpose, how);
    talk.say(protocol.answerMessage(answer));
    yield* noteMismatch(context, answer);
    const reading = protocol.read(answer, [context.tool], context.prompts);
    const texts =
      reading.kind === 'final'
        ? ['There is no request to answer yet. Call the tool.']
        : yield* observe(context, reading, steps, false);
    talk.say(...protocol.observationMessages(answer, texts));

    const taken = steps.findLast((step) => step.call !== null && step.observation.status === 'ok');
    if (taken?.call) {
      const query = yield* queryFor(context, taken as Step & { call: NonNullable<Step['call']> });
      return { steps, answer: null, query };
    }
  }
  yield { type: 'imagined', ...place, query: '', tooClose: false };
  return { steps, answer: null, query: '' };
}

async function* queryFor(
  context: TrialContext,
  step: Step & { call: NonNullable<Step['call']> },
): AsyncGenerator<ExploreEvent, string> {
  const { talk, protocol, place } = context;
  talk.say({ role: 'user', content: promptText(context, 'query-for-call') });
  const answer = await talk.ask(
    {
      kind: 'queryForCall',
      ...purposeOf(context, 'queryForCall'),
      call: step.call,
      observation: step.observation,
    },
    { stop: protocol.imagineStop, offer: protocol.offer([context.tool], false) },
  );
  talk.say({ role: 'assistant', content: answer.text });
  const query = cleanQuery(answer.text);
  yield { type: 'imagined', ...place, query, tooClose: false };
  return query;
}

/** Asks with another text in place of the newest message of the conversation. */
async function askInstead(
  context: TrialContext,
  purpose: Parameters<TrialContext['talk']['ask']>[0],
  how: Parameters<TrialContext['talk']['ask']>[1],
  sent: string,
) {
  const { talk } = context;
  const kept = talk.messages.pop();
  const answer = await talk.ask(purpose, { ...how, prompt: sent });
  if (kept) talk.say(kept);
  talk.note({ prompt: sent });
  return answer;
}
