import * as l10n from '@vscode/l10n';
import { toolName } from '../../core/toolName.ts';
import { engine } from '../../protocol/engine.ts';
import { disagreement } from '../state/exampleTexts.ts';
import { oneLine } from '../state/oneLine.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';

const listed = 100;

/** Keeps the person's word on examples: those that are selected, or one that is picked of those that wait for it. */
export async function reviewExamples(
  around: Surroundings,
  targets: readonly Target[],
  accepted: boolean,
): Promise<void> {
  const { link, person } = around;
  const given = targets.flatMap(({ exampleId }) => exampleId ?? []);
  const ids = given.length > 0 ? given : await picked(around, accepted);
  let gone = 0;
  for (const id of ids) {
    const { changed } = await link.request(engine.review, { id, accepted });
    if (!changed) gone += 1;
  }
  if (gone > 0) await person.tell('info', l10n.t('This example is no longer there.'));
}

async function picked({ link, person }: Surroundings, accepted: boolean): Promise<string[]> {
  const { rows } = await link.request(engine.reviewQueue, { limit: listed });
  if (rows.length === 0) {
    await person.tell('info', l10n.t('No example waits for your word.'));
    return [];
  }
  const id = await person.pick(
    accepted ? l10n.t('Accept Example') : l10n.t('Reject Example'),
    l10n.t('Which example?'),
    rows.map((example) => ({
      label: oneLine(example.query),
      description: oneLine(toolName(example.tool)),
      detail: [disagreement(example), oneLine(example.checks?.judge?.reasons ?? '')]
        .filter(Boolean)
        .join(' · '),
      value: example.id,
    })),
  );
  return id === undefined ? [] : [id];
}
