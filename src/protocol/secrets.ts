/** Names under which the extension host keeps secrets. Two kinds, apart: no manifest can name the key of a model server. */

/** The value of `${secret:NAME}` in a manifest. */
export function toolSecret(name: string): string {
  return `tool/${name}`;
}

/**
 * The key of a model server. It belongs to the server it was typed in for: another address, from whatever setting,
 * gets no key.
 *
 * @param baseUrl null for the usual place of the model
 */
export function modelKey(baseUrl: string | null): string {
  return `model/${baseUrl === null ? 'default' : originOf(baseUrl)}`;
}

function originOf(address: string): string {
  const match = /^[a-z]+:\/\/[^/?#]*/i.exec(address);
  return (match?.[0] ?? address).toLowerCase();
}
