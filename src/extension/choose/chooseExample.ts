import * as l10n from '@vscode/l10n';
import { isDemonstration, isSimulated } from '../../core/exploit/demonstration.ts';
import { kindOf } from '../../core/exploit/usable.ts';
import { toolName } from '../../core/toolName.ts';
import type { Example } from '../../core/trial.ts';
import { engine } from '../../protocol/engine.ts';
import { kindWord, verificationWord } from '../state/exampleTexts.ts';
import { oneLine } from '../state/oneLine.ts';
import type { Surroundings } from '../surroundings.ts';

const listed = 100;

/**
 * The example that the person picks, searched in the engine as they type; undefined when none. Where there is no example
 * at all, it is said. `usable`: none that waits for a person's word, or was turned down.
 */
export async function chooseExample(
  { link, person }: Pick<Surroundings, 'link' | 'person'>,
  title: string,
  which: { usable?: true } = {},
): Promise<Example | undefined> {
  const { rows } = await link.request(engine.examples, { ...which, limit: 1 });
  if (rows.length === 0) {
    await person.tell('info', l10n.t('There are no learned examples yet. Explore a tool first.'));
    return undefined;
  }
  return person.search<Example>({
    title,
    placeholder: l10n.t('Search the queries of the examples'),
    find: async (text) => {
      const words = text.trim();
      const found = await link.request(engine.examples, {
        ...which,
        limit: listed,
        ...(words === '' ? {} : { text: words }),
      });
      return found.rows.map((example) => ({
        label: oneLine(example.query),
        description: [
          oneLine(toolName(example.tool)),
          kindWord(kindOf(example)),
          ...(example.verification === 'review' || example.verification === 'rejected'
            ? [verificationWord(example.verification)]
            : []),
          ...(isSimulated(example) ? [l10n.t('simulated')] : []),
          ...(isDemonstration(example) ? [l10n.t('demonstration')] : []),
        ]
          .filter(Boolean)
          .join(' · '),
        value: example,
      }));
    },
    nothing: (text) => l10n.t('No example matches “{0}”.', text),
  });
}
