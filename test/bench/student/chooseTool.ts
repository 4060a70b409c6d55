import { cosine, wordCounts } from '../../../src/core/similarity.ts';
import type { Documentation } from './parameters.ts';
import { parametersOf } from './parameters.ts';
import { fitOf } from './understand.ts';

/** A tool that fits less than this is not called. */
const leastFit = 0.5;

/** The tool that a request is for, by the documentation of those offered; null when none seems to be. */
export function toolFor(request: string, tools: readonly Documentation[]): Documentation | null {
  const words = stemmed(request);
  const scored = tools.map((tool) => {
    const about = stemmed(
      [
        tool.name.replaceAll('_', ' '),
        tool.description,
        ...parametersOf(tool).map(({ path }) => path.join(' ')),
      ].join(' '),
    );
    const { required, said } = fitOf(request, tool);
    return { tool, score: 0.6 * (required ?? 0.5) + 0.02 * said + 1.5 * cosine(words, about) };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a), {
    tool: null as Documentation | null,
    score: 0,
  });
  return best.score > leastFit ? best.tool : null;
}

/** Words without the endings of a plural or a participle. */
function stemmed(text: string): Map<string, number> {
  return wordCounts(text.replace(/(\p{L}{3,}?)(?:ed|ing|es|s|e)\b/gu, '$1'));
}
