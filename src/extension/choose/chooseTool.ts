import { counted } from '../../core/counted.ts';
import type { Choice, Surroundings } from '../surroundings.ts';

/** Id of the tool that the person picks; undefined when none. */
export function chooseTool({ workbench, person }: Surroundings): Promise<string | undefined> {
  const choices = workbench.tools
    .filter((tool) => tool.runnable)
    .map(
      (tool): Choice<string> => ({
        label: tool.name,
        description: [
          tool.source.path,
          ...(tool.counts.examples > 0 ? [counted(tool.counts.examples, 'example')] : []),
        ].join(' · '),
        detail: tool.description,
        value: tool.id,
      }),
    );
  return person.pick('Explore Tool', 'Which tool shall be explored?', choices);
}
