import type { Tool } from '../../core/tool.ts';
import { toolName as nameInId } from '../../core/toolName.ts';
import type { Example } from '../../core/trial.ts';

export { isDemonstration } from '../../core/exploit/demonstration.ts';

/** What a format needs to know of the tools: those of the catalogue, by id. */
export type KnownTools = ReadonlyMap<string, Pick<Tool, 'name' | 'description' | 'parameters'>>;

/** Writes examples the way one kind of reader wants them; ends with a newline unless there is nothing to say. */
export type ExampleFormat = (examples: readonly Example[], tools: KnownTools) => string;

/** The name a model knows a tool by; taken from the id when the tool has left the catalogue. */
export function toolName(id: string, tools: KnownTools): string {
  return tools.get(id)?.name ?? nameInId(id);
}

/** What is said of a demonstration in text. */
export const demonstrationNote = 'Demonstration: invented by the offline sampler, not by a language model.';
