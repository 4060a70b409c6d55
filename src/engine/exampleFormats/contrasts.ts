/** Calls that failed before the one that worked, in words: "not this". */
import type { Contrast, Example } from '../../core/trial.ts';
import { type KnownTools, toolName } from './format.ts';
import { harmlessJson, harmlessText } from './harmless.ts';

/** Of what the tool said so much is told, characters. */
const reasonLength = 240;

/** Why it failed: one line, in the tool's words. */
export function reasonOf({ failure }: Contrast): string {
  const line = harmlessText(failure.message).replace(/\s+/g, ' ').trim();
  const points = [...line];
  const short = points.length > reasonLength ? `${points.slice(0, reasonLength).join('')}…` : line;
  return short === '' ? failure.type : short;
}

/** `Not this: convert_units {"unit":"km"} (Invalid unit: km)`, in one line. */
export function contrastLine(contrast: Contrast, tools: KnownTools): string {
  const name = harmlessText(toolName(contrast.tool, tools)).replace(/\s+/g, ' ');
  return `Not this: ${name} ${harmlessJson(contrast.arguments)} (${reasonOf(contrast)})`;
}

/** Of an example, those that are about the tool with this id. */
export function contrastsAbout({ contrasts = [] }: Pick<Example, 'contrasts'>, tool: string): Contrast[] {
  return contrasts.filter((one) => one.tool === tool);
}
