import { isDemonstration, isSimulated } from '../../core/exploit/demonstration.ts';
import type { Tool } from '../../core/tool.ts';
import { toolName as nameInId } from '../../core/toolName.ts';
import type { Example } from '../../core/trial.ts';

/** What a format needs to know of the tools: those of the catalogue, by id. */
export type KnownTools = ReadonlyMap<string, Pick<Tool, 'name' | 'description' | 'parameters'>>;

export interface FormatOptions {
  /**
   * Whether calls that failed before the one that worked are shown, too. Left out: in forms that people write text in. Where
   * a form has no legal place for them (`input_examples`), they never are.
   */
  contrasts?: boolean;
}

/** Writes examples the way one kind of reader wants them; ends with a newline unless there is nothing to say. */
export type ExampleFormat = (
  examples: readonly Example[],
  tools: KnownTools,
  options?: FormatOptions,
) => string;

/** The name a model knows a tool by; taken from the id when the tool has left the catalogue. */
export function toolName(id: string, tools: KnownTools): string {
  return tools.get(id)?.name ?? nameInId(id);
}

const demonstrationNote = 'Demonstration: invented by the offline sampler, not by a language model.';
const simulatedNote = 'Simulated: the results are those of a model that played the tool, not of the tool.';

/** What is said in text of an example that is not what it seems; null for one that is. */
export function noteOf(example: Pick<Example, 'provenance'>): string | null {
  const notes = [
    ...(isDemonstration(example) ? [demonstrationNote] : []),
    ...(isSimulated(example) ? [simulatedNote] : []),
  ];
  return notes.length === 0 ? null : notes.join(' ');
}

/** The same as members of an object. */
export function marksOf(example: Pick<Example, 'provenance'>): { demonstration?: true; simulated?: true } {
  return {
    ...(isDemonstration(example) ? { demonstration: true } : {}),
    ...(isSimulated(example) ? { simulated: true } : {}),
  };
}

/** The same as a name for who speaks; null where nothing is to be said. */
export function speakerOf(example: Pick<Example, 'provenance'>): string | null {
  const marks = Object.keys(marksOf(example));
  return marks.length === 0 ? null : marks.join('_');
}
