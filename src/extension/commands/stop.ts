import * as l10n from '@vscode/l10n';
import { engine } from '../../protocol/engine.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';

/**
 * Stops what is on in this window: the given run, the runs that explore the given tool, or everything, work on examples
 * included. What has been learned is kept.
 */
export async function stop(
  { link, workbench, person }: Surroundings,
  { runId, toolId }: Pick<Target, 'runId' | 'toolId'> = {},
): Promise<void> {
  const { running, working } = workbench;
  if (running.length === 0 && working === null) {
    const text = workbench.engine?.readOnly
      ? l10n.t('Nothing is being explored in this window.')
      : l10n.t('Nothing is being explored.');
    await person.tell('info', text);
    return;
  }
  const ids =
    runId === undefined && toolId !== undefined
      ? running.filter(({ tools }) => tools.includes(toolId)).map(({ id }) => id)
      : [runId];
  const everything = runId === undefined && toolId === undefined;
  await Promise.all([
    ...(running.length > 0
      ? ids.map((id) => link.request(engine.stop, id === undefined ? {} : { runId: id }))
      : []),
    ...(everything && working ? [link.request(engine.stopJob, {})] : []),
  ]);
}
