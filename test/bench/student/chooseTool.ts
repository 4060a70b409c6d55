import { deriveSeed } from '../../../src/core/random.ts';
import { cosine, wordCounts } from '../../../src/core/similarity.ts';
import { callsInText } from './evidence.ts';
import type { Documentation } from './parameters.ts';
import { parametersOf } from './parameters.ts';
import { fitOf } from './understand.ts';
import type { WireMessage } from './wire.ts';

/** A tool that fits less than this is not called. */
const leastFit = 0.5;
/** How far the student misjudges how well a tool fits a request, at most. */
const muddle = 0.55;
/** How much a like request that was met with a tool speaks for it. */
const precedent = 0.9;

/**
 * The tool that a request is for, by the documentation of those offered and by requests like it that the prompt shows with
 * their tool; null when none seems to be.
 */
export function toolFor(
  request: string,
  tools: readonly Documentation[],
  messages: readonly WireMessage[] = [],
): Documentation | null {
  const words = stemmed(request);
  const shown = precedentsIn(messages);
  const scored = tools.map((tool) => {
    const about = stemmed(
      [
        tool.name.replaceAll('_', ' '),
        tool.description,
        ...parametersOf(tool).map(({ path }) => path.join(' ')),
      ].join(' '),
    );
    const { required, said } = fitOf(request, tool);
    const like = shown.filter((one) => one.tool === tool.name).map((one) => cosine(words, one.words));
    const fit = 0.6 * (required ?? 0.5) + 0.02 * said + 1.5 * cosine(words, about);
    const misjudged = muddle * (deriveSeed(request, tool.name, 'muddle') / 2 ** 31);
    return { tool, fit, score: fit + precedent * Math.max(0, ...like) + misjudged };
  });
  const [best] = scored.sort((a, b) => b.score - a.score);
  return best && best.fit > leastFit ? best.tool : null;
}

/** Requests of the prompt with the tool that was called for them. */
function precedentsIn(messages: readonly WireMessage[]): { tool: string; words: Map<string, number> }[] {
  return messages.flatMap(({ role, content, tool_calls: made }, index) => {
    const before = messages[index - 1];
    if (role === 'assistant') {
      const tool = made?.[0]?.function.name ?? callsInText(content ?? '', undefined)[0]?.tool;
      if (tool === undefined || before?.role !== 'user') return [];
      return [{ tool, words: stemmed(before.content ?? '') }];
    }
    const demonstrations = (content ?? '').split(/^User Query: /m).slice(1);
    return demonstrations.flatMap((text) => {
      const [call] = callsInText(text, undefined);
      return call ? [{ tool: call.tool, words: stemmed(text.split('\n')[0] ?? '') }] : [];
    });
  });
}

/** Words without the endings of a plural or a participle. */
function stemmed(text: string): Map<string, number> {
  return wordCounts(text.replace(/(\p{L}{3,}?)(?:ed|ing|es|s|e)\b/gu, '$1'));
}
