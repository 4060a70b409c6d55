/** Imagining: a query of a person whom the tool would help (section 3.1 of the paper). */
import { strip } from '../text.ts';
import { tooCloseTo } from './diversityGate.ts';
import type { ExploreEvent } from './events.ts';
import { withLists } from './memoryList.ts';
import { queryMark } from './prompts.ts';
import { coverageHints, promptText, purposeOf, type TrialContext } from './trialContext.ts';

/**
 * Asks for a query; with the diversity gate, asks again while it is too close to an explored one, at most
 * `diversityTries` times in all, and then takes what there is. In the conversation stands the prompt without the lists.
 */
export async function* imagine(context: TrialContext): AsyncGenerator<ExploreEvent, string> {
  const { talk, settings, protocol, place } = context;
  const prompt = promptText(context, context.opening ? 'imagine' : 'imagine-next');
  const tooClose: string[] = [];
  for (let attempt = 1; ; attempt++) {
    const sent = withLists(prompt, context, tooClose);
    const answer = await talk.ask(
      {
        kind: 'imagine',
        ...purposeOf(context, 'imagine', attempt),
        uncovered: coverageHints(context),
        tooClose: [...tooClose],
      },
      { prompt: sent, stop: protocol.imagineStop, offer: protocol.offer(context.offered, false) },
    );
    if (sent !== prompt) talk.note({ prompt: sent });
    const query = settings.preset === 'paper' ? answer.text : cleanQuery(answer.text);
    const close = tooCloseTo(query, context.memory.queries, settings);
    yield { type: 'imagined', ...place, query, tooClose: close !== null };
    if (close === null || attempt >= settings.diversityTries) {
      talk.say({ role: 'user', content: prompt }, { role: 'assistant', content: answer.text });
      return query;
    }
    talk.note({ turnedDown: answer.text });
    tooClose.push(query);
  }
}

/** A query without the wrapping that models put around it: the mark, quotes. */
export function cleanQuery(text: string): string {
  let query = strip(text);
  if (query.startsWith(queryMark)) query = strip(query.slice(queryMark.length));
  const quoted = /^"([^"]+)"$|^“([^”]+)”$/.exec(query);
  return quoted ? (quoted[1] ?? quoted[2] ?? query) : query;
}
