import * as l10n from '@vscode/l10n';
import type { Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';
import { changeManifest, mayChange } from './changeManifest.ts';
import { sourceChoice, sourceRows } from './chooseSource.ts';
import type { ManifestWindow } from './ports.ts';

/** Writes into the manifest that a source is not shown: the given one, or the one that the person picks. */
export async function excludeSource(
  around: Surroundings,
  window: ManifestWindow,
  { source }: Pick<Target, 'source'>,
): Promise<void> {
  if (!(await mayChange(around))) return;
  const chosen = source ?? (await choose(around));
  if (chosen === undefined) return;
  const { folder, path } = chosen;
  await changeManifest(around, window, folder, { kind: 'exclude', source: path });
}

async function choose(around: Surroundings): Promise<{ folder: string; path: string } | undefined> {
  const rows = await sourceRows(around);
  // What stands in the manifest itself is not excluded, but taken out.
  const choices = rows.filter(({ path }) => !/^imaginarium\.ya?ml$/.test(path)).map(sourceChoice);
  if (choices.length > 0) {
    return around.person.pick(l10n.t('Exclude Source'), l10n.t('Which source is not to be shown?'), choices);
  }
  await around.person.tell('info', l10n.t('There is no source that could be excluded.'));
  return undefined;
}
