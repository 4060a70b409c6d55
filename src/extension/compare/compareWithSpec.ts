import * as l10n from '@vscode/l10n';
import { engine } from '../../protocol/engine.ts';
import { chooseTool } from '../choose/chooseTool.ts';
import { oneLine } from '../state/oneLine.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';
import { type ToolSide, toolAddress } from './toolAddress.ts';

/** Shows a tool as its source has it beside what models are told of it: the given one, or one that the person picks. */
export async function compareWithSpec(
  around: Surroundings,
  { toolId }: Pick<Target, 'toolId'>,
): Promise<void> {
  const { link, workbench, person, editor } = around;
  if (workbench.folders === 0) {
    await person.tell('info', l10n.t('Open the folder that holds your tools first.'));
    return;
  }
  const title = l10n.t('Compare Spec with What Models See');
  const id = toolId ?? (await chooseTool(around, undefined, { title }));
  if (id === undefined) return;
  const tool = await link.request(engine.tool, { id });
  if (tool === null) {
    await person.tell('info', l10n.t('This tool is no longer in the workspace.'));
    return;
  }
  const notes = tool.written?.notes.length ?? 0;
  const name = oneLine(tool.name, 64);
  const said =
    notes === 0
      ? l10n.t('{0}: as written ↔ as models see it', name)
      : notes === 1
        ? l10n.t('{0}: as written ↔ as models see it (1 note)', name)
        : l10n.t('{0}: as written ↔ as models see it ({1} notes)', name, String(notes));
  await editor.compareTools(sideOf(id, 'written'), sideOf(id, 'shown'), said);
}

/** The address of one side. */
export function sideOf(id: string, side: ToolSide): ReturnType<typeof toolAddress> {
  return toolAddress(id, side, side === 'written' ? l10n.t('as written') : l10n.t('as models see it'));
}
