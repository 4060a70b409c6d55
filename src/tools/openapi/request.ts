/** From an operation and arguments to one request. Arguments fill segments of the path, never scheme, host or port. */
import type { Json, JsonObject } from '../../core/json.ts';
import type { Filling } from '../runners/filling.ts';
import { isHeaderName, isOwnHeader } from '../runners/headerNames.ts';
import { filledOrigin, type HttpRequest } from '../runners/httpRequest.ts';
import { CallRefused } from '../runners/runner.ts';
import { splitUrl } from '../runners/urlTemplate.ts';
import { writtenBody } from './bodies.ts';
import type { Credentials } from './credentials.ts';
import type { OpenApiRunner, OperationParameter } from './operation.ts';
import { encoded, headerText, pairsOf, pathText, plainText } from './styles.ts';

/** Where an operation's requests go. */
export interface Server {
  /** Scheme, host and port, then the path that all paths are put behind. */
  base: URL;
  /** Whether a manifest names the host itself, or a service of its own does: then it may be a private one. */
  literalHost: boolean;
}

/** Throws `CallRefused` for an address that cannot be asked. */
export function serverFor({ server, serverIsBound }: OpenApiRunner, filling: Filling): Server {
  // Only a manifest's text has placeholders; what a document says stands for itself.
  if (!serverIsBound) return { base: new URL(server), literalHost: false };
  const { origin, path } = splitUrl(server);
  const { base, literalHost } = filledOrigin(origin, filling);
  return { base: new URL(base + (filling.template(path, encodeURI) ?? '')), literalHost };
}

/** Throws `CallRefused` for arguments that cannot become a part of the request. */
export async function operationRequest(
  operation: OpenApiRunner,
  { base, literalHost }: Server,
  args: JsonObject,
  credentials: Credentials,
): Promise<HttpRequest> {
  const given = (place: OperationParameter['in']): [OperationParameter, Json][] =>
    operation.parameters.flatMap((parameter): [OperationParameter, Json][] => {
      const value = own(args, parameter.argument);
      return parameter.in !== place || value === undefined || value === null ? [] : [[parameter, value]];
    });
  const url = new URL(base.origin);
  const [path = '', search = ''] = pathOf(operation, given('path')).split(/\?(.*)/s);
  url.pathname = base.pathname.replace(/\/+$/, '') + path;
  const query = [
    ...given('query').flatMap(([parameter, value]) => pairs(parameter, value)),
    ...credentials.query.map((pair): [string, string] => [encoded(pair[0]), encoded(pair[1])]),
  ].map((pair) => pair.join('='));
  url.search = [search, ...query].filter((part) => part !== '').join('&');
  if (url.origin !== base.origin)
    throw new CallRefused('blocked', `Not sent: ${url.origin} is not its server.`);

  const headers: Record<string, string> = { accept: 'application/json, */*;q=0.8' };
  for (const [parameter, value] of given('header')) {
    const text =
      parameter.content === null ? headerText(parameter, value) : contentText(parameter.content, value);
    if (text !== null) headers[parameter.name.toLowerCase()] = text;
  }
  const cookies = [
    ...given('cookie').flatMap(([parameter, value]) => pairs(parameter, value)),
    ...credentials.cookies.map((pair): [string, string] => [pair[0], encoded(pair[1])]),
  ].map((pair) => pair.join('='));
  if (cookies.length > 0) headers.cookie = [headers.cookie, ...cookies].filter(Boolean).join('; ');
  Object.assign(headers, credentials.headers);

  const content = operation.body ? own(args, operation.body.argument) : undefined;
  const body = operation.body && content !== undefined ? await writtenBody(operation.body, content) : null;
  if (body) headers['content-type'] = body.contentType;
  for (const [name, value] of Object.entries(headers)) checkHeader(name, value);
  return { method: operation.method, url, headers, body: body?.content ?? null, literalHost };
}

function pathOf({ path }: OpenApiRunner, given: readonly [OperationParameter, Json][]): string {
  const values = new Map(given.map(([parameter, value]) => [parameter.name, segment(parameter, value)]));
  const lacking = new Set<string>();
  const filled = path.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = values.get(name) ?? null;
    if (value === null) lacking.add(`"${name}"`);
    return value ?? '';
  });
  if (lacking.size > 0)
    throw new CallRefused('not_run', `Not sent: the address needs ${[...lacking].join(' and ')}.`);
  const literal = new Set(path.split('/'));
  // Encoded or not, such a segment would be taken as a step up or away.
  const step = filled.split('/').find((one) => /^(?:\.|%2e){1,2}$/i.test(one) && !literal.has(one));
  if (step)
    throw new CallRefused(
      'blocked',
      `Not sent: "${step}" as a part of the path would lead to another address.`,
    );
  return filled.replace(/#.*$/s, '').replace(/^(?!\/)/, '/');
}

/** An empty one would make the address that of another operation; the caller says so. */
function segment(parameter: OperationParameter, value: Json): string | null {
  const text =
    parameter.content === null ? pathText(parameter, value) : encoded(contentText(parameter.content, value));
  return text === '' ? null : text;
}

function pairs(parameter: OperationParameter, value: Json): [string, string][] {
  return parameter.content === null
    ? pairsOf(parameter, value)
    : [[encoded(parameter.name), encoded(contentText(parameter.content, value))]];
}

function contentText(mediaType: string, value: Json): string {
  return /json\b/i.test(mediaType) ? JSON.stringify(value) : plainText(value);
}

function checkHeader(name: string, value: string): void {
  if (!isHeaderName(name) || isOwnHeader(name))
    throw new CallRefused('blocked', `Not sent: "${name.slice(0, 60)}" is no header that a call may have.`);
  // Bytes that end a header would begin another one; beyond Latin-1 there is no agreed way to write one.
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
    throw new CallRefused(
      'blocked',
      `Not sent: the header "${name}" would hold characters that no header may have.`,
    );
}

function own(args: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(args, name) ? args[name] : undefined;
}
