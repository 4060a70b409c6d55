import * as l10n from '@vscode/l10n';
import { toolSecret } from '../../protocol/secrets.ts';
import type { Surroundings } from '../surroundings.ts';

/** Keeps a secret for tools (`${secret:NAME}` in a manifest); an empty one is forgotten. */
export async function setSecret({ person, secrets }: Surroundings): Promise<void> {
  const name = await person.type({
    title: l10n.t('Name of the Secret'),
    prompt: l10n.t('A manifest names it as {0}.', '${secret:NAME}'),
    placeholder: 'NAME',
    check: (text) =>
      /^[A-Za-z_]\w*$/.test(text.trim())
        ? null
        : l10n.t('Letters, digits and _, not beginning with a digit.'),
  });
  if (name === undefined) return;
  const secret = toolSecret(name.trim());
  const kept = (await secrets.get(secret)) !== undefined;
  const value = await person.type({
    title: l10n.t('Value of the Secret {0}', name.trim()),
    prompt: [
      l10n.t('It is kept in the secret storage of the editor, and given to the tools that name it.'),
      ...(kept ? [l10n.t('A value is kept. Leave it empty to forget that one.')] : []),
    ].join(' '),
    secret: true,
  });
  if (value === undefined) return;
  if (value === '') await secrets.delete(secret);
  else await secrets.store(secret, value);
  await person.tell('info', said(name.trim(), value !== '', kept));
}

function said(name: string, stored: boolean, before: boolean): string {
  if (stored) return l10n.t('The secret {0} is kept in the secret storage of the editor.', name);
  if (before) return l10n.t('The secret {0} is forgotten.', name);
  return l10n.t('No secret {0} was kept, and none is now.', name);
}
