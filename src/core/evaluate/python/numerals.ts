/** `int(text)`; null where Python raises. */
export function readInt(text: string): bigint | null {
  const trimmed = text.trim();
  if (!/^[+-]?\d+(?:_\d+)*$/.test(trimmed)) return null;
  const digits = trimmed.replaceAll('_', '');
  const value = BigInt(digits.replace(/^[+-]/, ''));
  return digits.startsWith('-') ? -value : value;
}

/** `float(text)`; null where Python raises. */
export function readFloat(text: string): number | null {
  const trimmed = text.trim().toLowerCase();
  const special = /^([+-]?)(?:(nan)|inf|infinity)$/.exec(trimmed);
  if (special) {
    if (special[2] !== undefined) return Number.NaN;
    return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  const digits = String.raw`\d+(?:_\d+)*`;
  const pattern = new RegExp(`^[+-]?(?:${digits}\\.?(?:${digits})?|\\.${digits})(?:e[+-]?${digits})?$`);
  return pattern.test(trimmed) ? Number(trimmed.replaceAll('_', '')) : null;
}
