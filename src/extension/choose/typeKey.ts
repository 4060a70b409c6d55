import * as l10n from '@vscode/l10n';
import { modelKey } from '../../protocol/secrets.ts';
import type { Surroundings } from '../surroundings.ts';
import { hostOf, isOpenToAll, keyProblem } from './servers.ts';

/** Asks for the key of a server; `undefined` when the person went away. `refused`: the server did not take the last one. */
export async function typeKey(
  { person, secrets }: Pick<Surroundings, 'person' | 'secrets'>,
  baseUrl: string | null,
  empty: string,
  refused: boolean,
): Promise<string | undefined> {
  const host = hostOf(baseUrl);
  const kept = await secrets.get(modelKey(baseUrl));
  const typed = await person.type({
    title: l10n.t('API Key for {0}', host),
    prompt: [
      ...(refused ? [l10n.t('{0} does not accept this key.', host)] : []),
      l10n.t('It is kept in the secret storage of the editor and sent to {0} alone.', host),
      ...(isOpenToAll(baseUrl) ? [l10n.t('Over http:// anybody on the way can read it.')] : []),
      ...(kept === undefined ? [] : [l10n.t('A key is kept.')]),
      empty,
    ].join(' '),
    secret: true,
    check: keyProblem,
  });
  return typed?.trim();
}
