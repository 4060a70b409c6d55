import * as l10n from '@vscode/l10n';
import { engine } from '../../protocol/engine.ts';
import { mayExplore } from '../commands/mayExplore.ts';
import type { Surroundings } from '../surroundings.ts';
import { chooseAt, chooseServer } from './chooseServer.ts';
import { editorRows, keyRows, localRows, type ModelRow, samplerRow } from './modelRows.ts';

export interface ModelChoice {
  model: string;
  /** Null: the model's usual place, or none. */
  baseUrl: string | null;
}

/**
 * Asks which model explores, and keeps the answer in the settings of the workspace. Nothing is chosen for the person: the
 * sampler is one answer among others, and is called what it is.
 */
export async function setModel(around: Surroundings): Promise<ModelChoice | undefined> {
  const { person, settings } = around;
  // Where nothing can be explored there is nowhere to keep the answer: the workspace, and its settings, count for nothing.
  if (!(await mayExplore(around))) return undefined;
  const choose = await person.pickGrowing(
    l10n.t('Choose Model'),
    l10n.t('Which model should explore the tools?'),
    modelLists(around),
  );
  const chosen = await choose?.();
  if (chosen) await settings.write(chosen);
  return chosen;
}

/** What is known at once; then again with what the editor, and the servers of this machine, say when they are asked. */
async function* modelLists(around: Surroundings): AsyncGenerator<ModelRow[]> {
  const { editorModels, link, settings, log } = around;
  const { model, baseUrl } = settings.read();
  const now = model === null ? null : { model, baseUrl };
  const rest = [
    ...keyRows(
      () => chooseAt(around, null),
      () => chooseServer(around),
    ),
    samplerRow(now),
  ];
  yield rest;
  const found = new Map<Place, ModelRow[]>();
  const ask = async (place: Place, rows: Promise<ModelRow[]>): Promise<Place> => {
    found.set(place, await rows.catch(log).then((known) => known ?? []));
    return place;
  };
  const editor = editorModels.list().then((models) => editorRows(models, now));
  const local = link.request(engine.localServers, {}).then((servers) => localRows(servers, now));
  const asked = new Map([
    ['editor', ask('editor', editor)],
    ['local', ask('local', local)],
  ]);
  while (asked.size > 0) {
    asked.delete(await Promise.race(asked.values()));
    yield [...(found.get('editor') ?? []), ...(found.get('local') ?? []), ...rest];
  }
}

type Place = 'editor' | 'local';
