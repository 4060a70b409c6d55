/** What is said of an example in which no call is made. */
import { kindOf } from '../../core/exploit/usable.ts';
import type { Example } from '../../core/trial.ts';
import { type KnownTools, toolName } from './format.ts';

/** What a model should answer; a message of its own has to say something. */
export function answerOf(example: Pick<Example, 'kind' | 'answer'>): string | null {
  if (example.answer !== null && example.answer.trim() !== '') return example.answer;
  const kind = kindOf(example);
  if (kind === 'near_miss') return 'None of the tools is meant for this.';
  if (kind === 'missing_value') return 'I need one more detail for this.';
  return example.answer;
}

/** Why no call stands there; null where calls do. */
export function abstentionNote(example: Pick<Example, 'kind' | 'tool'>, tools: KnownTools): string | null {
  const name = toolName(example.tool, tools);
  const kind = kindOf(example);
  if (kind === 'near_miss') return `No call: ${name} is not meant for this.`;
  if (kind === 'missing_value')
    return `No call yet: a value that ${name} needs is missing, so it is asked for.`;
  return null;
}
