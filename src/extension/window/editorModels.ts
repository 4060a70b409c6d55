/** Language models of the editor: which there are, and whether we may use them. */
import * as l10n from '@vscode/l10n';
import {
  CancellationTokenSource,
  type LanguageModelAccessInformation,
  type LanguageModelChat,
  LanguageModelChatMessage,
  lm,
} from 'vscode';
import { UserError } from '../../core/errors.ts';
import type { EditorModels } from '../surroundings.ts';

/** Why we want to use a model, as the editor shows it when it asks. */
const justification = () =>
  l10n.t('To explore the tools of this workspace: imagine queries, call tools, reflect.');

/** The id by which everything but the editor knows a model. */
export function modelId(model: Pick<LanguageModelChat, 'vendor' | 'id'>): string {
  return `${model.vendor}/${model.id}`;
}

/** The model with an id of ours; undefined when the editor has it no more. */
export async function findModel(id: string): Promise<LanguageModelChat | undefined> {
  return (await lm.selectChatModels({})).find((model) => modelId(model) === id);
}

export function windowEditorModels(access: LanguageModelAccessInformation): EditorModels {
  return {
    async list() {
      const models = await lm.selectChatModels({});
      return models.map((model) => ({
        id: modelId(model),
        label: model.name,
        maxInputTokens: model.maxInputTokens,
      }));
    },
    async allow(id) {
      const model = await findModel(id);
      if (!model) {
        throw new UserError(
          l10n.t('The editor has no language model "{0}".', id),
          l10n.t('Choose another one with "Imaginarium: Set Model…", or sign in to its provider.'),
        );
      }
      if (access.canSendRequest(model) === undefined) await askEditor(model);
      if (access.canSendRequest(model) === false) {
        throw new UserError(
          l10n.t('The editor does not let Imaginarium use {0}.', model.name),
          l10n.t(
            'Allow it under "Manage Language Model Access" in the menu Accounts, or choose another model.',
          ),
        );
      }
      return model.name;
    },
  };
}

/** The editor asks at the first request only, and only after a person's gesture: so the first one is sent now, and broken off. */
async function askEditor(model: LanguageModelChat): Promise<void> {
  const source = new CancellationTokenSource();
  try {
    const messages = [LanguageModelChatMessage.User('Answer with OK.')];
    await model.sendRequest(messages, { justification: justification() }, source.token);
  } catch (error) {
    throw new UserError(
      l10n.t('{0} cannot be used: {1}', model.name, error instanceof Error ? error.message : String(error)),
      l10n.t('Allow it when the editor asks, or choose another model with "Imaginarium: Set Model…".'),
    );
  } finally {
    source.cancel();
    source.dispose();
  }
}
