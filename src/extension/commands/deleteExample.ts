import * as l10n from '@vscode/l10n';
import { UserError } from '../../core/errors.ts';
import { toolName } from '../../core/toolName.ts';
import type { Example } from '../../core/trial.ts';
import { engine } from '../../protocol/engine.ts';
import { chooseExample } from '../choose/chooseExample.ts';
import * as counts from '../state/counts.ts';
import { oneLine } from '../state/oneLine.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';

/** Queries that the question names. */
const named = 5;

/** Takes examples out of the workspace, once the person has confirmed it: those that are selected, or one that is picked. */
export async function deleteExample(around: Surroundings, targets: readonly Target[]): Promise<void> {
  const { link, person } = around;
  const ids = targets.flatMap(({ exampleId }) => exampleId ?? []);
  const examples = ids.length > 0 ? await found(around, ids) : await picked(around);
  if (examples.length === 0) return;
  const [first] = examples;
  const question =
    examples.length === 1 && first
      ? l10n.t('Delete this example of {0}?', oneLine(toolName(first.tool)))
      : l10n.t('Delete {0}?', counts.examples(examples.length));
  const queries = examples.slice(0, named).map(({ query }) => `“${oneLine(query)}”`);
  const detail = [
    [...queries, ...(examples.length > named ? ['…'] : [])].join('\n'),
    l10n.t('It is taken out of its file in .imaginarium/examples. The log of its trial is kept.'),
  ].join('\n\n');
  if (!(await person.confirm(question, detail, l10n.t('Delete')))) return;
  let gone = 0;
  for (const { id } of examples) {
    const { deleted } = await link.request(engine.deleteExample, { id });
    if (!deleted) gone += 1;
  }
  if (gone > 0) await person.tell('info', l10n.t('The example was deleted already.'));
}

async function found({ link }: Surroundings, ids: readonly string[]): Promise<Example[]> {
  const all = await Promise.all(ids.map((id) => link.request(engine.example, { id })));
  const there = all.filter((example) => example !== null);
  if (there.length === 0) {
    throw new UserError(l10n.t('This example is no longer there.'), l10n.t('The view shows what there is.'));
  }
  return there;
}

async function picked(around: Surroundings): Promise<Example[]> {
  const example = await chooseExample(around, l10n.t('Delete Example'));
  return example ? [example] : [];
}
