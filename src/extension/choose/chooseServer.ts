import * as l10n from '@vscode/l10n';
import { engine, type ServerModels } from '../../protocol/engine.ts';
import { modelKey } from '../../protocol/secrets.ts';
import type { Choice, Surroundings } from '../surroundings.ts';
import { addressProblem, baseUrlOf, hostOf } from './servers.ts';
import type { ModelChoice } from './setModel.ts';
import { typeKey } from './typeKey.ts';

/** Asks for the address of a server, then as `chooseAt`. */
export async function chooseServer(around: Surroundings): Promise<ModelChoice | undefined> {
  const address = await around.person.type({
    title: l10n.t('Address of the Server'),
    prompt: l10n.t('Prompts, tool descriptions and results are sent there.'),
    value: around.settings.read().baseUrl ?? '',
    placeholder: 'https://models.example.com/v1',
    check: addressProblem,
  });
  return address === undefined ? undefined : chooseAt(around, baseUrlOf(address));
}

/**
 * Asks for the key of a server and for one of its models. The key goes into the secret storage, bound to that address; then
 * the server is asked which models it has. One that does not say is no obstacle: the name can be typed.
 */
export async function chooseAt(
  around: Surroundings,
  baseUrl: string | null,
): Promise<ModelChoice | undefined> {
  const { secrets } = around;
  const name = modelKey(baseUrl);
  for (let refused = false; ; refused = true) {
    const kept = (await secrets.get(name)) !== undefined;
    const empty = kept
      ? l10n.t('Leave it empty to use that one.')
      : l10n.t('Leave it empty where the server wants none.');
    const key = await typeKey(around, baseUrl, empty, refused);
    if (key === undefined) return undefined;
    if (key !== '') await secrets.store(name, key);
    const answer = await around.link.request(engine.serverModels, { baseUrl });
    // Who presses Enter on the key that was refused goes on with it: some servers guard their list and nothing else.
    if ('problem' in answer && answer.problem === 'refused' && !(refused && key === '')) continue;
    const model = await chooseModelOf(around, baseUrl, answer);
    return model === undefined ? undefined : { model, baseUrl };
  }
}

/** Names of models that do not chat: they are left out of the list, and can be typed. */
const others =
  /embed|whisper|\btts\b|dall-e|moderation|rerank|transcri|realtime|\baudio\b|gpt-image|sora|davinci|babbage/i;

async function chooseModelOf(
  around: Surroundings,
  baseUrl: string | null,
  answer: ServerModels,
): Promise<string | undefined> {
  const host = hostOf(baseUrl);
  const names = 'models' in answer ? answer.models.filter((name) => !others.test(name)) : [];
  if (names.length === 0) return typeModel(around, host, whyTyped(host, answer));
  const choices = names
    .sort((a, b) => a.localeCompare(b))
    .map((label): Choice<() => Promise<string | undefined>> => ({ label, value: async () => label }));
  const other = { label: l10n.t('Another Model…'), icon: 'edit', value: () => typeModel(around, host, '') };
  const title = l10n.t('Model at {0}', host);
  const picked = await around.person.pick(title, l10n.t('Which model should explore the tools?'), [
    ...choices,
    other,
  ]);
  return picked?.();
}

function whyTyped(host: string, answer: ServerModels): string {
  if ('models' in answer) return l10n.t('{0} lists no model that chats.', host);
  if (answer.problem === 'unreachable') return l10n.t('Nobody answers at {0} now.', host);
  if (answer.problem === 'refused') return l10n.t('{0} does not accept the key.', host);
  return l10n.t('{0} does not list its models.', host);
}

async function typeModel({ person }: Surroundings, host: string, why: string): Promise<string | undefined> {
  const typed = await person.type({
    title: l10n.t('Model at {0}', host),
    prompt: `${why} ${l10n.t('Type the name of the model, as the server calls it.')}`.trim(),
    placeholder: 'gpt-5-mini',
    check: (text) => (text.trim() === '' ? l10n.t('The name of a model.') : null),
  });
  return typed?.trim();
}
