/** From a tool's spec and arguments to one request. */
import type { HttpRunner } from '../boundTool.ts';
import { parseTemplate, type Template } from '../placeholders.ts';
import type { Filling } from './filling.ts';
import { CallRefused, type RunCall } from './runner.ts';
import { splitUrl } from './urlTemplate.ts';

export interface HttpRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
  /** Whether the manifest names the host itself, or a service of its own does: then it may be a private one. */
  literalHost: boolean;
}

/** Throws `CallRefused` for arguments that cannot become a part of the request. */
export function httpRequest({ spec, filling, args }: RunCall<HttpRunner>): HttpRequest {
  const { origin, path, query } = splitUrl(spec.url);
  const { base, literalHost } = filledOrigin(origin, filling);
  const url = new URL(base + filledPath(path, filling));
  for (const [name, value] of query) addQuery(url, name, value, filling);
  for (const [name, value] of Object.entries(spec.query)) addQuery(url, name, parseTemplate(value), filling);
  const headers = filledHeaders(spec, filling);
  const body = spec.body === 'json' ? JSON.stringify(args) : null;
  if (body !== null && !hasHeader(headers, 'content-type')) headers['content-type'] = 'application/json';
  return { method: spec.method, url, headers, body, literalHost };
}

/** Scheme, host and port. Throws `CallRefused` for what is no address. */
export function filledOrigin(origin: Template, filling: Filling): { base: string; literalHost: boolean } {
  const base = filling.template(origin, plainAuthority) ?? '';
  if (!URL.canParse(base)) throw new CallRefused('unreachable', `"${base}" is no address that can be asked.`);
  const literalHost = !origin.some((part) => typeof part !== 'string' && part.kind === 'env');
  return { base, literalHost };
}

/** What a service or the environment says fills a host or a port, not a path, a user name or a second host. */
function plainAuthority(value: string): string {
  if (/^[A-Za-z0-9.-]+$/.test(value)) return value;
  throw new CallRefused('blocked', `Not sent: "${value.slice(0, 60)}" is neither a host nor a port.`);
}

function filledPath(path: Template, filling: Filling): string {
  const filled = filling.template(path, encodeSegment);
  if (filled === null) {
    const names = path.flatMap((part) =>
      typeof part === 'object' && part.kind === 'argument' ? [part.name] : [],
    );
    throw new CallRefused(
      'not_run',
      `Not sent: the address needs ${names.map((name) => `"${name}"`).join(' and ')}.`,
    );
  }
  // Encoded or not, such a segment would be taken as a step up or away.
  const literal = new Set(path.flatMap((part) => (typeof part === 'string' ? part.split('/') : [])));
  const step = filled
    .split('/')
    .find((segment) => /^(?:\.|%2e){1,2}$/i.test(segment) && !literal.has(segment));
  if (step)
    throw new CallRefused(
      'blocked',
      `Not sent: "${step}" as a part of the path would lead to another address.`,
    );
  return filled === '' ? '/' : filled;
}

function encodeSegment(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}

function addQuery(url: URL, name: string, value: Template, filling: Filling): void {
  const items = filling.list(value);
  const text = items ? null : filling.template(value);
  for (const item of items ?? (text === null ? [] : [text])) url.searchParams.append(name, item);
}

function filledHeaders(spec: HttpRunner, filling: Filling): Record<string, string> {
  const headers = filling.texts(spec.headers);
  for (const [name, value] of Object.entries(headers)) {
    // Bytes that end a header would begin another one; beyond Latin-1 there is no agreed way to write one.
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new CallRefused(
        'blocked',
        `Not sent: the header "${name}" would hold characters that no header may have.`,
      );
    }
  }
  return headers;
}

export function hasHeader(headers: Readonly<Record<string, string>>, name: string): boolean {
  return Object.keys(headers).some((one) => one.toLowerCase() === name);
}
