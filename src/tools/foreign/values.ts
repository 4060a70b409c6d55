/** Values beside a type: a default that is a text where a number belongs is read as one. */
import { isJsonObject, type Json } from '../../core/json.ts';

/** The value as one of these types has it; undefined when it is none. Without types everything fits. */
export function valueOfType(value: Json, types: readonly string[]): Json | undefined {
  if (types.length === 0 || types.some((type) => isOfType(value, type))) return value;
  if (typeof value === 'number' || typeof value === 'boolean') {
    return types.includes('string') ? String(value) : undefined;
  }
  if (typeof value !== 'string') return undefined;
  const read = readText(value.trim());
  return read !== undefined && types.some((type) => isOfType(read, type)) ? read : undefined;
}

function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isJsonObject(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

/** `"5"`, `"True"`, `"None"`, `"[1]"` */
function readText(text: string): Json | undefined {
  if (/^-?\d{1,300}(?:\.\d{1,300})?(?:e[+-]?\d{1,2})?$/i.test(text)) return Number(text);
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (/^(?:null|none)$/i.test(text)) return null;
  if (!/^[[{]/.test(text) || text.length > 10_000) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
