/** Values as YAML text, in the plainest style that says exactly the same. */
import { isJsonObject, type Json } from '../../core/json.ts';
import { harmlessJson } from '../exampleFormats/harmless.ts';

/** Words that YAML, of whatever version, reads as something else than text. */
const reserved = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
/** Text that nothing in YAML could take for anything else. */
const plain = /^[A-Za-z][A-Za-z0-9_ .,'()/-]*$/;
const plainKey = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Lines of a value in block style; the first of them stands where the value begins. */
export function blockLines(value: Json, unit: string): string[] {
  if (Array.isArray(value) && value.length > 0) return value.flatMap((element) => item(element, unit));
  if (isJsonObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, one]) => {
      const lines = blockLines(one, unit);
      const nested =
        (Array.isArray(one) && one.length > 0) || (isJsonObject(one) && Object.keys(one).length > 0);
      return nested
        ? [`${keyText(key)}:`, ...lines.map((line) => unit + line)]
        : [`${keyText(key)}: ${lines.join('')}`];
    });
  }
  return [flowText(value)];
}

/** Lines of an element of a sequence in block style. */
export function item(value: Json, unit: string): string[] {
  return blockLines(value, unit).map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`));
}

/** A value in one line; collections in flow style. */
export function flowText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(inFlow).join(', ')}]`;
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(([key, one]) => `${harmlessJson(key)}: ${inFlow(one)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  if (typeof value === 'string' && plain.test(value) && !reserved.test(value) && !value.endsWith(' '))
    return value;
  return harmlessJson(value);
}

/** Commas end a plain text there. */
function inFlow(value: Json): string {
  return typeof value === 'string' ? harmlessJson(value) : flowText(value);
}

function keyText(key: string): string {
  return plainKey.test(key) && !reserved.test(key) ? key : harmlessJson(key);
}
