import { isIP } from 'node:net';
import { ModelError } from '../core/errors.ts';

/** Where models are asked when nothing else is said. */
export const openaiBaseUrl = 'https://api.openai.com/v1';

/**
 * The base URL as requests need it: no slash at the end, and without the `/chat/completions` that people paste with it.
 * Throws `ModelError` (`unreachable`) for what is no http(s) address or holds a user name or password.
 */
export function readBaseUrl(baseUrl: string | null | undefined): string {
  const text = (baseUrl ?? '').trim() || openaiBaseUrl;
  const advice = 'Give the address that the server names, for instance http://127.0.0.1:11434/v1.';
  if (!URL.canParse(text))
    throw new ModelError('unreachable', `The base URL "${text}" is no address.`, advice);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new ModelError('unreachable', `The base URL ${showUrl(text)} is not http or https.`, advice);
  }
  if (url.username !== '' || url.password !== '') {
    const message = `The base URL ${showUrl(text)} holds a user name or password.`;
    throw new ModelError('unreachable', message, 'Keys go into IMAGINARIUM_API_KEY, never into an address.');
  }
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
  const { origin, pathname, search } = url;
  return `${origin}${pathname === '/' ? '' : pathname}${search}`;
}

/** The address as people may see it: queries and passwords can hold secrets. */
export function showUrl(baseUrl: string): string {
  const url = new URL(baseUrl);
  return `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`;
}

/** Whether the server runs on this machine. */
export function isLoopback(baseUrl: string): boolean {
  const host = new URL(baseUrl).hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) === 4) return host.startsWith('127.');
  return host === '::1' || host === 'localhost' || host.endsWith('.localhost');
}

/** Whether it is OpenAI's own server, which answers nobody without a key. */
export function isOpenAI(baseUrl: string): boolean {
  return new URL(baseUrl).hostname === 'api.openai.com';
}
