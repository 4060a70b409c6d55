import * as l10n from '@vscode/l10n';
import { engine } from '../../protocol/engine.ts';
import { sideOf } from '../compare/compareWithSpec.ts';
import { isEditors } from '../compare/toolText.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';

/** Shows where a tool is written. */
export async function openSpec({ link, editor, person }: Surroundings, target: Target): Promise<void> {
  if (target.place) return editor.openAt(target.place);
  if (target.toolId === undefined) {
    await person.tell('info', l10n.t('Choose Open Spec on a tool or a source in the view Tools.'));
    return;
  }
  const tool = await link.request(engine.tool, { id: target.toolId });
  if (tool === null) {
    await person.tell('info', l10n.t('This tool is no longer in the workspace.'));
    return;
  }
  if (isEditors(tool)) return editor.showTool(sideOf(tool.id, 'shown'));
  const { path, line, column } = tool.source;
  await editor.openAt({ path: `${tool.folder.replace(/[\\/]$/, '')}/${path}`, line, column });
}
