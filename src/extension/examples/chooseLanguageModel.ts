import * as l10n from '@vscode/l10n';
import { editorModelPrefix, offlineModel } from '../../protocol/modelNames.ts';
import { setModel } from '../choose/setModel.ts';
import { oneLine } from '../state/oneLine.ts';
import type { Surroundings } from '../surroundings.ts';

export interface LanguageModel {
  /** As the person knows it. */
  name: string;
  asked: { model: string; baseUrl?: string };
}

/** The language model of the settings, or the one that the person picks; the sampler is none, which is said. */
export async function chooseLanguageModel(
  around: Surroundings,
  what: string,
): Promise<LanguageModel | undefined> {
  const { settings, person, editorModels } = around;
  const set = settings.read();
  let choice = set.model ? { model: set.model, baseUrl: set.baseUrl } : await setModel(around);
  if (choice?.model === offlineModel) {
    const change = l10n.t('Set Model…');
    const answer = await person.tell(
      'info',
      l10n.t('{0} needs a language model. The offline sampler is none.', what),
      change,
    );
    choice = answer === change ? await setModel(around) : undefined;
    if (choice?.model === offlineModel) return undefined;
  }
  if (!choice) return undefined;
  const { model, baseUrl } = choice;
  const fromEditor = model.startsWith(editorModelPrefix);
  const name = fromEditor ? await editorModels.allow(model.slice(editorModelPrefix.length)) : model;
  return { name: oneLine(name, 80), asked: { model, ...(baseUrl === null ? {} : { baseUrl }) } };
}
