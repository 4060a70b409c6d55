/** The lines of the list of models: what each is, and what leaves this machine with it. */
import * as l10n from '@vscode/l10n';
import type { LocalServer } from '../../protocol/engine.ts';
import { editorModelPrefix, offlineModel } from '../../protocol/modelNames.ts';
import type { Choice, EditorModels } from '../surroundings.ts';
import { hostOf } from './servers.ts';
import type { ModelChoice } from './setModel.ts';

export type ModelRow = Choice<() => Promise<ModelChoice | undefined>>;

/** What is used now is said to be that. */
function described(text: string, choice: ModelChoice, now: ModelChoice | null): string {
  const same = now?.model === choice.model && (now.baseUrl === choice.baseUrl || choice.baseUrl === null);
  return same ? `${text} · ${l10n.t('in use')}` : text;
}

export function editorRows(
  models: Awaited<ReturnType<EditorModels['list']>>,
  now: ModelChoice | null,
): ModelRow[] {
  return models.map(({ id, label }) => {
    const choice = { model: editorModelPrefix + id, baseUrl: null };
    return {
      label,
      description: described(id, choice, now),
      detail: l10n.t(
        'Prompts, tool descriptions and results go through the editor to the provider of this model.',
      ),
      icon: 'sparkle',
      group: l10n.t('Models of the editor'),
      value: async () => choice,
    };
  });
}

export function localRows(servers: readonly LocalServer[], now: ModelChoice | null): ModelRow[] {
  return servers.flatMap(({ name, baseUrl, models }) =>
    models.map((model) => {
      const choice = { model, baseUrl };
      return {
        label: model,
        description: described(`${name} · ${hostOf(baseUrl)}`, choice, now),
        detail: l10n.t('Nothing leaves this machine, unless {0} itself passes it on.', name),
        icon: 'device-desktop',
        group: l10n.t('Servers on this machine'),
        value: async () => choice,
      };
    }),
  );
}

export function keyRows(
  openai: () => Promise<ModelChoice | undefined>,
  other: () => Promise<ModelChoice | undefined>,
): ModelRow[] {
  const sent = l10n.t('Prompts, tool descriptions and results are sent to the server.');
  const group = l10n.t('With an API key');
  return [
    { label: l10n.t('OpenAI…'), description: hostOf(null), detail: sent, icon: 'key', group, value: openai },
    {
      label: l10n.t('Another Server…'),
      description: l10n.t('any address with the interface of OpenAI'),
      detail: sent,
      icon: 'server',
      group,
      value: other,
    },
  ];
}

/** The sampler, called what it is. */
export function samplerRow(now: ModelChoice | null): ModelRow {
  const choice = { model: offlineModel, baseUrl: null };
  return {
    label: l10n.t('Offline sampler (demonstration, no language model)'),
    ...(now?.model === offlineModel ? { description: l10n.t('in use') } : {}),
    detail: l10n.t('Nothing leaves this machine. No evidence about any language model.'),
    icon: 'beaker',
    group: l10n.t('To try it out'),
    value: async () => choice,
  };
}
