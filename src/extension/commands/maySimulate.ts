import * as l10n from '@vscode/l10n';
import { engine } from '../../protocol/engine.ts';
import { oneLine } from '../state/oneLine.ts';
import type { Surroundings } from '../surroundings.ts';

/**
 * Whether the model plays a tool: false for one that can be run, or is gone, which the engine says; null where it would have
 * to, and the person does not want that. Asked for each run: nobody is to take a simulation for the tool.
 */
export async function maySimulate(
  { link, person }: Pick<Surroundings, 'link' | 'person'>,
  toolId: string,
): Promise<boolean | null> {
  const tool = await link.request(engine.tool, { id: toolId });
  if (tool === null || tool.runnable) return false;
  const question = l10n.t(
    '{0} cannot be run. Explore it with the model playing the tool?',
    oneLine(tool.name, 80),
  );
  const detail = `${sentence(tool.notRunnable)}\n\n${whatItMeans()}`;
  return (await person.confirm(question, detail, l10n.t('Simulate'))) ? true : null;
}

/** Whether the model plays all tools, where none of them can be run. */
export async function maySimulateAll({
  link,
  person,
}: Pick<Surroundings, 'link' | 'person'>): Promise<boolean> {
  const { rows } = await link.request(engine.tools, { limit: 1 });
  const [first] = rows;
  const why = first?.notRunnable ? `${oneLine(first.name, 80)}: ${sentence(first.notRunnable)}` : '';
  const question = l10n.t(
    'None of the tools here can be run. Explore them with the model playing the tools?',
  );
  const detail = [why, whatItMeans()].filter(Boolean).join('\n\n');
  return person.confirm(question, detail, l10n.t('Simulate'));
}

function whatItMeans(): string {
  return l10n.t(
    'Each call of the tool is then a model call. What the model says in its place is marked as simulated everywhere, and is no evidence about the real tool.',
  );
}

function sentence(reason: string | null): string {
  const text = oneLine(reason ?? l10n.t('it has no runner'), 200);
  const begun = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
