import { modelKey } from '../../protocol/secrets.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ModelChoice } from './setModel.ts';

const usual = 'https://api.openai.com/v1';

/** Asks for address, model and key of a server. The key goes into the secret storage, bound to that address. */
export async function chooseServer({
  person,
  secrets,
  settings,
}: Surroundings): Promise<ModelChoice | undefined> {
  const set = settings.read();
  const address = await person.type({
    title: 'Address of the Server (1/3)',
    prompt: 'Prompts, tool descriptions and what the tools return are sent there.',
    value: set.baseUrl ?? usual,
    placeholder: 'http://127.0.0.1:11434/v1',
    check: (text) => (isAddress(text.trim()) ? null : 'An address that begins with http:// or https://.'),
  });
  if (address === undefined) return undefined;
  const baseUrl = address.trim() === usual ? null : address.trim();
  const model = await person.type({
    title: 'Name of the Model (2/3)',
    prompt: 'As the server calls it.',
    placeholder: 'gpt-5-mini',
    check: (text) => (text.trim() === '' ? 'The name of a model.' : null),
  });
  if (model === undefined) return undefined;
  const name = modelKey(baseUrl);
  const kept = await secrets.get(name);
  const key = await person.type({
    title: 'Key of the Server (3/3)',
    prompt: kept
      ? 'Leave it empty to use the key that is kept.'
      : 'Leave it empty where the server wants none.',
    secret: true,
  });
  if (key === undefined) return undefined;
  if (key.trim() !== '') await secrets.store(name, key.trim());
  return { model: model.trim(), baseUrl };
}

function isAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}
