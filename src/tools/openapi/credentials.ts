/** What an operation's security wants of a request, from secrets. */
import type { OpenApiRunner, SecurityNeed } from './operation.ts';

/** What is put into a request. */
export interface Credentials {
  headers: Record<string, string>;
  query: [name: string, value: string][];
  cookies: [name: string, value: string][];
  /** What must not be told, beside the secrets themselves. */
  hidden: string[];
}

export interface CredentialSources {
  /** What a manifest binds to a scheme, filled; null when it binds nothing. */
  bound(scheme: string): string | null;
  secret(name: string): Promise<string | null>;
}

/** What an operation lacks, in the alternative that is nearest. */
export interface Lacking {
  need: SecurityNeed;
  /** The secret that would be taken; null when none could help. */
  secret: string | null;
}

/** What the first alternative that can be met whole puts into the request, or what is lacking. */
export async function credentialsFor(
  { security }: OpenApiRunner,
  host: string,
  sources: CredentialSources,
): Promise<Credentials | Lacking> {
  let lacking: Lacking | null = null;
  const byBinding = security.filter((needs) => needs.some(({ scheme }) => sources.bound(scheme) !== null));
  for (const needs of [...byBinding, ...security]) {
    const met = await meet(needs, host, sources);
    if ('headers' in met) return met;
    // What a secret would help is said before what nothing can help.
    if (lacking === null || (lacking.secret === null && met.secret !== null)) lacking = met;
  }
  return lacking ?? nothing();
}

async function meet(
  needs: readonly SecurityNeed[],
  host: string,
  sources: CredentialSources,
): Promise<Credentials | Lacking> {
  const credentials = nothing();
  for (const need of needs) {
    if (need.kind === 'unsupported') return { need, secret: null };
    const name = secretNameFor(need.scheme, host);
    const value = sources.bound(need.scheme) ?? (await sources.secret(name));
    if (value === null) return { need, secret: name };
    put(need, value, credentials);
  }
  return credentials;
}

function put(need: SecurityNeed, value: string, { headers, query, cookies, hidden }: Credentials): void {
  if (need.kind === 'bearer') headers.authorization = /^bearer /i.test(value) ? value : `Bearer ${value}`;
  else if (need.kind === 'basic') {
    const pair = Buffer.from(value).toString('base64');
    // Its padding tells nothing, and a text that breaks off before it would show the rest.
    hidden.push(pair.replace(/=+$/, ''));
    headers.authorization = `Basic ${pair}`;
  } else if (need.kind === 'apiKey') {
    if (need.in === 'header') headers[need.name.toLowerCase()] = value;
    else (need.in === 'query' ? query : cookies).push([need.name, value]);
  }
}

function nothing(): Credentials {
  return { headers: {}, query: [], cookies: [], hidden: [] };
}

/**
 * The secret that is taken for a scheme to which a manifest binds nothing: `BEARERAUTH_AT_API_EXAMPLE_COM`. The host is a
 * part of its name, so that no document can ask for a key and have it sent to another host. Two hosts never have the same
 * name: a hyphen is written `__`, an underscore `___`.
 */
export function secretNameFor(scheme: string, host: string): string {
  const place = host
    .replace(/[[\]]/g, '')
    .replaceAll('_', '___')
    .replaceAll('-', '__')
    .replaceAll('.', '_')
    .replaceAll(':', '_PORT_');
  // No environment variable begins with a digit.
  const name = scheme.replace(/[^A-Za-z0-9]+/g, '_').replace(/^(?=\d)/, '_');
  return `${name}_AT_${place}`.toUpperCase();
}
