import * as l10n from '@vscode/l10n';
import { engine } from '../../protocol/engine.ts';
import type { LearnedGroup, Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';

/** Shows a tool in the view Tools, or what was learned of it, or a source. `group` comes over borders: it is checked. */
export async function revealTool(
  { link, views, editor, person }: Surroundings,
  { toolId, source }: Target,
  group: unknown,
): Promise<void> {
  const tool = toolId === undefined ? null : await link.request(engine.tool, { id: toolId });
  await editor.showTools();
  if (tool !== null && (await views.revealTool(tool, groupOf(group)))) return;
  if (toolId === undefined && source !== undefined && (await views.revealSource(source))) return;
  if (toolId !== undefined || source !== undefined) {
    await person.tell('info', l10n.t('This tool is no longer in the workspace.'));
  }
}

function groupOf(group: unknown): LearnedGroup | undefined {
  return group === 'examples' || group === 'failures' || group === 'lessons' ? group : undefined;
}
