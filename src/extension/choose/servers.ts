/** Addresses of model servers, and what people are told of them. */
import * as l10n from '@vscode/l10n';

/** Where OpenAI answers; everywhere else in the code `null` stands for it. */
export const openaiAddress = 'https://api.openai.com/v1';

/** Null for OpenAI's own address. */
export function baseUrlOf(address: string): string | null {
  const typed = address.trim();
  return typed.replace(/\/+$/, '') === openaiAddress ? null : typed;
}

/** Host and port, as people know a server. */
export function hostOf(baseUrl: string | null): string {
  const address = baseUrl ?? openaiAddress;
  return URL.canParse(address) ? new URL(address).host : address;
}

export function addressProblem(text: string): string | null {
  const typed = text.trim();
  if (!/^https?:\/\//.test(typed) || !URL.canParse(typed)) {
    return l10n.t('An address that begins with http:// or https://.');
  }
  const { username, password } = new URL(typed);
  return username || password ? l10n.t('Leave out user name and password: the key is asked for next.') : null;
}

export function keyProblem(text: string): string | null {
  return /^[\x21-\x7e]*$/.test(text.trim()) ? null : l10n.t('A key has no spaces and no line breaks.');
}

/** Whether what is sent there can be read on the way: no encryption, and not within this machine. */
export function isOpenToAll(baseUrl: string | null): boolean {
  if (baseUrl === null || !URL.canParse(baseUrl)) return false;
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === 'http:' && !/^(localhost|127\.[\d.]+|\[::1\])$|\.localhost$/.test(hostname);
}
