import { ModelError } from '../core/errors.ts';

/**
 * The key as it can be sent; null when there is none. Throws `ModelError` (`auth`) for one that cannot stand in a header, before
 * anything lower down complains by quoting it.
 */
export function readKey(apiKey: string | null): string | null {
  const key = (apiKey ?? '').trim();
  if (key === '') return null;
  if (!/^[\x21-\x7e]+$/.test(key)) {
    const message = 'The API key holds a space, a line break or another character that keys do not have.';
    throw new ModelError(
      'auth',
      message,
      'Copy it again, alone, into IMAGINARIUM_API_KEY (in the editor: the command "Imaginarium: Set API Key…").',
    );
  }
  return key;
}
