import * as l10n from '@vscode/l10n';
import type { Risk } from '../../core/tool.ts';
import { engine, type FoundTool } from '../../protocol/engine.ts';
import { chooseTool } from '../choose/chooseTool.ts';
import { oneLine } from '../state/oneLine.ts';
import type { Choice, Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';
import { changeManifest, mayChange } from './changeManifest.ts';
import type { ManifestWindow } from './ports.ts';

/** Writes into the manifest what calls of a tool may do: of the given one, or of the one that the person picks. */
export async function setRisk(
  around: Surroundings,
  window: ManifestWindow,
  { toolId }: Pick<Target, 'toolId'>,
): Promise<void> {
  if (!(await mayChange(around))) return;
  const { link, person } = around;
  const id = toolId ?? (await chooseTool(around, undefined, { title: l10n.t('Set Risk') }));
  if (id === undefined) return;
  const tool = await link.request(engine.tool, { id });
  if (tool === null) {
    await person.tell('info', l10n.t('This tool is no longer in the workspace.'));
    return;
  }
  const title = l10n.t('Risk of {0}', oneLine(tool.name, 80));
  const risk = await person.pick(title, l10n.t('What may a call of this tool do?'), choices(tool));
  if (risk === undefined) return;
  await changeManifest(around, window, tool.folder, { kind: 'risk', tool: id, risk });
}

/** The one that holds now is first: Enter settles it. */
function choices(tool: FoundTool): Choice<Risk>[] {
  const all: Choice<Risk>[] = [
    {
      label: l10n.t('Only Reads'),
      detail: l10n.t('Calls run without asking.'),
      icon: 'symbol-method',
      value: 'read',
    },
    {
      label: l10n.t('May Change Things'),
      detail: l10n.t('You are asked once a run.'),
      icon: 'edit',
      value: 'write',
    },
    {
      label: l10n.t('May Destroy Things'),
      detail: l10n.t('You are asked for each call.'),
      icon: 'flame',
      value: 'destructive',
    },
    {
      label: l10n.t('Not Known'),
      detail: l10n.t('You are asked once a run.'),
      icon: 'question',
      value: 'unknown',
    },
  ];
  const now = (choice: Choice<Risk>): Choice<Risk> => {
    const { riskReason } = tool;
    if (riskReason === undefined) return { ...choice, description: l10n.t('now') };
    // The reason needs the whole line: what follows from the choice stands there for the others.
    return { ...choice, description: l10n.t('guessed now'), detail: oneLine(riskReason) };
  };
  return all
    .map((choice) => (choice.value === tool.risk ? now(choice) : choice))
    .sort((a, b) => Number(b.value === tool.risk) - Number(a.value === tool.risk));
}
