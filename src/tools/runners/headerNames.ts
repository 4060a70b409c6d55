/** Names of headers. */

/** Headers that belong to the connection, not to the request. */
const ownHeaders =
  /^(?:host|content-length|transfer-encoding|connection|upgrade|keep-alive|te|trailer|expect|proxy-.*)$/i;

/** Whether the connection sets this header, so that no spec and no argument may. */
export function isOwnHeader(name: string): boolean {
  return ownHeaders.test(name);
}

/** Whether a text can be the name of a header. */
export function isHeaderName(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);
}
