/**
 * URLs of a manifest: scheme, host and port are the manifest's own; arguments fill segments of the path and values of the
 * query, encoded, and nothing else.
 */
import { type Placeholder, parseTemplate, type Template, writePlaceholder } from '../placeholders.ts';

/** A URL cut where its structure is: what stands before the path, the path, and what stands behind `?`. */
export interface UrlTemplate {
  origin: Template;
  path: Template;
  query: [name: string, value: Template][];
}

/** What is wrong with a URL whose placeholders are known; null when it can be used. */
export function urlTemplateProblem(url: string): string | null {
  if (!/^https?:\/\//i.test(url))
    return `The URL must begin with http:// or https://; this is "${url.slice(0, 60)}".`;
  if (url.includes('#')) return 'The URL has a fragment (#…), which no server ever sees: leave it out.';
  const { origin, query } = splitUrl(url);
  for (const part of origin) {
    if (typeof part !== 'string' && part.kind !== 'env' && part.kind !== 'service') {
      return `"${writePlaceholder(part)}" cannot fill scheme, host or port of the URL: only \${service:…} and \${env:…} may.`;
    }
  }
  if (origin.some((part) => typeof part === 'string' && part.includes('@'))) {
    return `The URL holds a user name: put it into a header, with the password as \${secret:…}.`;
  }
  const odd = query.find(([name]) => name.includes('${'));
  if (odd) return 'A placeholder cannot be the name of a query key, only its value.';
  const sample = origin.map((part) => (typeof part === 'string' ? part : '1')).join('');
  return URL.canParse(sample) ? null : `"${sample.slice(0, 60)}" is no address that can be asked.`;
}

/** Takes a URL apart. It must begin with a scheme. */
export function splitUrl(url: string): UrlTemplate {
  const parts = parseTemplate(url);
  const origin: Template = [];
  const path: Template = [];
  const rest: Template = [];
  let into = origin;
  for (const part of parts) {
    if (typeof part !== 'string') into.push(part);
    else into = takeLiteral(part, into);
  }
  return { origin, path, query: splitQuery(rest) };

  function takeLiteral(text: string, target: Template): Template {
    if (target === rest) return push(rest, text);
    if (target === path) {
      const at = text.indexOf('?');
      if (at < 0) return push(path, text);
      push(path, text.slice(0, at));
      return push(rest, text.slice(at + 1));
    }
    const from = origin.length === 0 ? text.indexOf('//') + 2 : 0;
    const at = text.slice(from).search(/[/?\\]/);
    if (at < 0) return push(origin, text);
    push(origin, text.slice(0, from + at));
    return takeLiteral(text.slice(from + at), path);
  }
}

function push(target: Template, text: string): Template {
  if (text !== '') target.push(text);
  return target;
}

function splitQuery(rest: Template): [string, Template][] {
  const pairs: [string, Template][] = [];
  let name = '';
  let value: Template | null = null;
  const flush = (): void => {
    if (name !== '' || value) pairs.push([decodeQuery(name), value ?? []]);
    name = '';
    value = null;
  };
  for (const part of rest) {
    if (typeof part !== 'string') {
      if (value) (value as Template).push(part);
      else name += writePlaceholder(part as Placeholder);
      continue;
    }
    for (const [index, piece] of part.split('&').entries()) {
      if (index > 0) flush();
      const equals = value ? -1 : piece.indexOf('=');
      if (value) push(value, decodeQuery(piece));
      else if (equals < 0) name += piece;
      else {
        name += piece.slice(0, equals);
        value = push([], decodeQuery(piece.slice(equals + 1)));
      }
    }
  }
  flush();
  return pairs;
}

function decodeQuery(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // A lone `%` stands for itself.
    return text;
  }
}
