import * as l10n from '@vscode/l10n';
import { engine } from '../../protocol/engine.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';

/**
 * Stops the runs of this window: the given one, those that explore the given tool, or all. What they have learned is kept.
 */
export async function stop(
  { link, workbench, person }: Surroundings,
  { runId, toolId }: Pick<Target, 'runId' | 'toolId'> = {},
): Promise<void> {
  if (workbench.running.length === 0) {
    const text = workbench.engine?.readOnly
      ? l10n.t('Nothing is being explored in this window.')
      : l10n.t('Nothing is being explored.');
    await person.tell('info', text);
    return;
  }
  const ids =
    runId === undefined && toolId !== undefined
      ? workbench.running.filter(({ tools }) => tools.includes(toolId)).map(({ id }) => id)
      : [runId];
  await Promise.all(ids.map((id) => link.request(engine.stop, id === undefined ? {} : { runId: id })));
}
