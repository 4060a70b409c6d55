/**
 * Placeholders in the strings of a manifest: `${node}`, `${env:NAME}`, `${secret:NAME}`, `${service:NAME.GROUP}` and
 * `${argument}`. `$${` stands for `${` itself.
 */

export type Placeholder =
  | { kind: 'node' }
  | { kind: 'env'; name: string }
  | { kind: 'secret'; name: string }
  | { kind: 'service'; name: string; group: string }
  | { kind: 'argument'; name: string };

/** A string, cut into what is meant literally and what is filled in. */
export type Template = (string | Placeholder)[];

/** A placeholder that cannot be read; the message says what to write. */
export class PlaceholderError extends Error {}

const prefixed = /^(env|secret|service):(.*)$/s;

/** Throws `PlaceholderError` for a placeholder that has no end or no name. */
export function parseTemplate(text: string): Template {
  const parts: Template = [];
  let literal = '';
  let at = 0;
  for (;;) {
    const start = text.indexOf('${', at);
    if (start < 0) break;
    if (text[start - 1] === '$' && start > at) {
      literal += `${text.slice(at, start - 1)}\${`;
      at = start + 2;
      continue;
    }
    const end = text.indexOf('}', start);
    if (end < 0) throw new PlaceholderError(`"${text.slice(start, start + 40)}" has no closing brace.`);
    literal += text.slice(at, start);
    if (literal !== '') parts.push(literal);
    literal = '';
    parts.push(parsePlaceholder(text.slice(start + 2, end)));
    at = end + 1;
  }
  literal += text.slice(at);
  if (literal !== '') parts.push(literal);
  return parts;
}

function parsePlaceholder(inner: string): Placeholder {
  if (inner === 'node') return { kind: 'node' };
  const [, kind, name = ''] = prefixed.exec(inner) ?? [];
  if (kind === 'env') return named(inner, { kind, name }, /^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  if (kind === 'secret') return named(inner, { kind, name }, /^[A-Za-z0-9_.-]+$/.test(name));
  if (kind === 'service') {
    const [, service = '', group = ''] = /^([A-Za-z0-9_-]+)\.([A-Za-z_]\w*)$/.exec(name) ?? [];
    return named(inner, { kind, name: service, group }, service !== '');
  }
  return named(inner, { kind: 'argument', name: inner }, inner !== '');
}

function named(inner: string, placeholder: Placeholder, valid: boolean): Placeholder {
  if (valid) return placeholder;
  const form = inner.startsWith('service:')
    ? `write \${service:NAME.GROUP}, where GROUP is a named group of its "ready" line, for instance port.`
    : 'a name is missing or holds a character that no name has.';
  throw new PlaceholderError(`"\${${inner.slice(0, 60)}}" cannot be read: ${form}`);
}

/** The placeholders of a string that `parseTemplate` accepts. */
export function placeholdersOf(text: string): Placeholder[] {
  return parseTemplate(text).filter((part) => typeof part !== 'string');
}

export function writePlaceholder(placeholder: Placeholder): string {
  switch (placeholder.kind) {
    case 'node':
      return `\${node}`;
    case 'service':
      return `\${service:${placeholder.name}.${placeholder.group}}`;
    case 'argument':
      return `\${${placeholder.name}}`;
    default:
      return `\${${placeholder.kind}:${placeholder.name}}`;
  }
}
