import * as l10n from '@vscode/l10n';
import { engine } from '../../protocol/engine.ts';
import { modelKey } from '../../protocol/secrets.ts';
import { addressProblem, baseUrlOf, hostOf } from '../choose/servers.ts';
import { typeKey } from '../choose/typeKey.ts';
import type { Choice, Surroundings } from '../surroundings.ts';

/** Keeps the key of a model server in the secret storage, bound to that server; an empty one is forgotten. */
export async function setApiKey(around: Surroundings): Promise<void> {
  const baseUrl = await chooseAddress(around);
  if (baseUrl === undefined) return;
  const { person, secrets } = around;
  const name = modelKey(baseUrl);
  const kept = (await secrets.get(name)) !== undefined;
  const empty = kept ? l10n.t('Leave it empty to forget that one.') : '';
  const key = await typeKey(around, baseUrl, empty, false);
  if (key === undefined) return;
  const host = hostOf(baseUrl);
  if (key === '') {
    if (kept) await secrets.delete(name);
    const text = kept
      ? l10n.t('The key for {0} is forgotten.', host)
      : l10n.t('No key for {0} was kept, and none is now.', host);
    await person.tell('info', text);
    return;
  }
  await secrets.store(name, key);
  await tellStored(around, baseUrl);
}

/** Where the key is for; undefined when the person went away. */
async function chooseAddress({
  person,
  secrets,
  settings,
}: Surroundings): Promise<string | null | undefined> {
  const row = async (
    label: string,
    baseUrl: string | null,
  ): Promise<Choice<() => Promise<string | null | undefined>>> => ({
    label,
    description: (await secrets.get(modelKey(baseUrl))) ? l10n.t('a key is kept') : l10n.t('no key is kept'),
    icon: 'key',
    value: async () => baseUrl,
  });
  const set = settings.read().baseUrl;
  const configured = set === null ? null : baseUrlOf(set);
  const pick = await person.pick(l10n.t('Set API Key'), l10n.t('Which server is the key for?'), [
    ...(configured === null ? [] : [await row(hostOf(configured), configured)]),
    await row(l10n.t('OpenAI'), null),
    {
      label: l10n.t('Another Server…'),
      icon: 'server',
      value: async () => {
        const address = await person.type({
          title: l10n.t('Address of the Server'),
          prompt: l10n.t('The key is sent there, and nowhere else.'),
          placeholder: 'https://models.example.com/v1',
          check: addressProblem,
        });
        return address === undefined ? undefined : baseUrlOf(address);
      },
    },
  ]);
  return pick?.();
}

/** Says that it is kept and, where the server can be asked, whether it takes it. */
async function tellStored(around: Surroundings, baseUrl: string | null): Promise<void> {
  const { person, link, workbench } = around;
  const host = hostOf(baseUrl);
  const kept = l10n.t('The key for {0} is kept in the secret storage of the editor.', host);
  const canAsk = workbench.folders > 0 && workbench.trusted && link.state !== 'away';
  const answer = canAsk ? await link.request(engine.serverModels, { baseUrl }) : null;
  if (answer === null || 'models' in answer || answer.problem === 'unlisted') {
    await person.tell('info', kept);
  } else if (answer.problem === 'unreachable') {
    await person.tell('info', `${kept} ${l10n.t('Nobody answers at {0} now.', host)}`);
  } else {
    const again = l10n.t('Set API Key…');
    const text = `${kept} ${l10n.t('{0} does not accept this key.', host)}`;
    if ((await person.tell('warning', text, again)) === again) await setApiKey(around);
  }
}
