import { modelKey, toolSecret } from '../../protocol/secrets.ts';
import type { Surroundings } from '../surroundings.ts';

/** Keeps a secret for tools (`${secret:NAME}`) or the key of the model server; an empty one is forgotten. */
export async function setSecret({ person, secrets, settings }: Surroundings): Promise<void> {
  const { baseUrl } = settings.read();
  const kind = await person.pick('Set Secret', 'What is it for?', [
    {
      label: 'Key of the model server',
      description: baseUrl ?? 'the usual address of the model',
      value: 'model' as const,
    },
    {
      label: 'Secret of a tool',
      description: 'written as ${secret:NAME} in a manifest',
      value: 'tool' as const,
    },
  ]);
  if (kind === undefined) return;
  let name = modelKey(baseUrl);
  if (kind === 'tool') {
    const typed = await person.type({
      title: 'Name of the Secret',
      prompt: 'NAME in ${secret:NAME}',
      check: (text) =>
        /^[A-Za-z_]\w*$/.test(text) ? null : 'Letters, digits and _, not beginning with a digit.',
    });
    if (typed === undefined) return;
    name = toolSecret(typed);
  }
  const value = await person.type({
    title: 'Value of the Secret',
    prompt: 'Kept in the secret storage of the editor. Leave it empty to forget what is kept.',
    secret: true,
  });
  if (value === undefined) return;
  if (value === '') await secrets.delete(name);
  else await secrets.store(name, value);
}
