import * as l10n from '@vscode/l10n';
import { engine } from '../../protocol/engine.ts';
import { chooseExample } from '../choose/chooseExample.ts';
import * as counts from '../state/counts.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';
import { chooseForm, formName } from './forms.ts';
import type { InsertWindow } from './ports.ts';

/** Puts examples on the clipboard, in a form that the person picks: those that are selected, or one that is picked first. */
export async function copyExampleAs(
  around: Surroundings,
  window: InsertWindow,
  targets: readonly Target[],
): Promise<void> {
  const ids = targets.flatMap(({ exampleId }) => exampleId ?? []);
  if (ids.length === 0) {
    const example = await chooseExample(around, l10n.t('Copy Example'), { usable: true });
    if (!example) return;
    ids.push(example.id);
  }
  const form = await chooseForm(around.person);
  if (form === undefined) return;
  const { text } = await around.link.request(engine.writeExamples, { ids, form });
  await window.copy(text);
  window.note(l10n.t('Copied {0} as {1}', counts.examples(ids.length), formName(form)));
}
