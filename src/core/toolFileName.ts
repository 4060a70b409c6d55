/**
 * File names for what is kept per tool. A tool's id (`<path>#<name>`) becomes one portable name: no character that a file
 * system refuses, and no two ids that differ only in upper and lower case share a file.
 */

/** Bytes a name may have, so that `.jsonl` and a temporary suffix still fit into the usual 255. */
const longest = 200;

/** Names that Windows keeps for devices, whatever follows a dot. */
const device = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/;

/**
 * The file name (without extension) for a tool's id. `toolOfFileName` turns it back, unless the name would be longer than
 * 200 bytes: such a name is cut and ends in `~` and a hash of the whole id.
 */
export function toolFileName(id: string): string {
  const escaped = escapeId(id);
  if (escaped.length <= longest) return escaped;
  const suffix = `~${hash(id)}`;
  const cut = escaped.slice(0, longest - suffix.length);
  // A cut in the middle of an escape would leave a lone `%`.
  return `${cut.replace(/%[0-9a-f]?$/, '')}${suffix}`;
}

/** The tool's id for a file name; null for a name that was cut or that `toolFileName` cannot have made. */
export function toolOfFileName(name: string): string | null {
  if (name.includes('~')) return null;
  try {
    const id = decodeURIComponent(name);
    return toolFileName(id) === name ? id : null;
  } catch {
    // Not made by us: a lone `%`, or bytes that are no UTF-8.
    return null;
  }
}

function escapeId(id: string): string {
  // A lone surrogate has no UTF-8: it is replaced, as every writer of files would.
  let escaped = '';
  for (const char of id.toWellFormed()) escaped += /^[a-z0-9_#@+,=()-]$/.test(char) ? char : escapeChar(char);
  // Dots are common in paths and harmless inside a name; at its ends they hide files or are dropped by Windows.
  escaped = escaped.replace(/%2e(?!$)/g, '.').replace(/^\./, '%2e');
  return device.test(escaped) || escaped === '' ? escapeFirst(escaped) : escaped;
}

function escapeChar(char: string): string {
  const code = char.charCodeAt(0);
  if (char.length === 1 && code < 0x80) return `%${code.toString(16).padStart(2, '0')}`;
  return encodeURIComponent(char).toLowerCase();
}

function escapeFirst(name: string): string {
  return name === '' ? '%' : escapeChar(name.charAt(0)) + name.slice(1);
}

/** FNV-1a over UTF-16 units, twice with different starts: 64 bits, enough to keep the few over-long ids apart. */
function hash(text: string): string {
  return [0x811c9dc5, 0xc59d1c81].map((start) => fnv(text, start)).join('');
}

function fnv(text: string, start: number): string {
  let value = start;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return (value >>> 0).toString(16).padStart(8, '0');
}
