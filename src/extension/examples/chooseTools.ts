import * as l10n from '@vscode/l10n';
import { engine } from '../../protocol/engine.ts';
import * as counts from '../state/counts.ts';
import { oneLine } from '../state/oneLine.ts';
import type { Choice, Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';

/** Tools that the list shows at most: who does not see theirs types more of its name. */
const listed = 100;

/**
 * Whose examples are meant: those of the given tool; else of the one that the person picks, or of all (an empty list).
 * Undefined when the person went away. Where there is no example at all, it is said.
 */
export async function chooseTools(
  { link, person }: Pick<Surroundings, 'link' | 'person'>,
  title: string,
  { toolId }: Pick<Target, 'toolId'>,
): Promise<string[] | undefined> {
  if (toolId !== undefined) return [toolId];
  const find = async (text: string): Promise<Choice<string[]>[]> => {
    const words = text.trim();
    const { rows } = await link.request(engine.tools, {
      limit: listed,
      learned: 'examples',
      ...(words === '' ? {} : { text: words }),
    });
    const all: Choice<string[]> = { label: l10n.t('All Tools'), icon: 'list-tree', value: [] };
    return [
      ...(words === '' && rows.length > 1 ? [all] : []),
      ...rows.map(({ id, name, description, counts: { examples } }) => ({
        label: oneLine(name),
        description: counts.examples(examples),
        detail: oneLine(description),
        value: [id],
      })),
    ];
  };
  const first = await find('');
  if (first.length === 0) {
    await person.tell('info', l10n.t('There are no learned examples yet. Explore a tool first.'));
    return undefined;
  }
  if (first.length === 1) return first[0]?.value;
  return person.search({
    title,
    placeholder: l10n.t('The examples of which tool?'),
    find,
    nothing: (text) => l10n.t('No tool with examples matches “{0}”.', text),
  });
}
