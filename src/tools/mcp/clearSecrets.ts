/**
 * Secrets that stand in a configuration file as they are. Nothing can be done about the file, but they are never shown,
 * logged or kept elsewhere, and a person is told.
 */
import type { McpServerSpec } from '../boundTool.ts';

/** Names of variables, headers and flags whose value is a secret. */
const secretName =
  /(?:^|[^a-z])(?:api[_-]?key|apikey|access[_-]?key|key|token|secret|passw(?:or)?d|pwd|passphrase|auth(?:orization)?|credentials?|cookie|pat|dsn|connection[_-]?string)(?:$|[^a-z])/i;
/** What the big services hand out. */
const knownForm =
  /^(?:Bearer\s+|Basic\s+|token\s+)?(?:sk-|sk_|pk_|rk_|gh[opsu]_|github_pat_|glpat-|xox[abposr]-|AKIA|ASIA|AIza|ya29\.|eyJ|hf_|npm_|dop_v1_|SG\.)/;
/** What people write where the secret shall stand. */
const standIn =
  /^(?:$|<.*>|\[.*\]|\{.*\}|x{3,}|\*{3,}|\.{3,}|(?:change[_-]?me|your|my|insert|enter|put|add|replace|change|example|sample|test|dummy|todo|none|null|true|false)(?:$|[^a-z]))/i;
/** A shorter text is more likely a word of ordinary use, and taking it out of outputs would spoil them. */
const shortest = 6;

/** Whether a value under this name is a secret, as far as one can tell. Variables in it stand for something else. */
export function isSecretValue(name: string, value: string): boolean {
  const bare = value.replace(/\$\{[^}]*\}/g, '').replace(/^(?:Bearer|Basic|token)\b\s*/i, '');
  if (bare.length < shortest || standIn.test(bare)) return false;
  if (knownForm.test(value)) return true;
  return isSecretName(name);
}

/** `OPENAI_API_KEY`, `x-api-key`, `githubToken`; not `KEYBOARD` or `AUTHOR`. */
export function isSecretName(name: string): boolean {
  return secretName.test(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2'));
}

/** What is started or asked, for a person. */
export function shownServer({ transport, inputs = {} }: McpServerSpec): string {
  const asked = (text: string): string =>
    text.replace(/\$\{input:([^${}]+)\}/g, (written, id: string) => {
      // The value that it has without a person's word: nobody would see what is started otherwise.
      const otherwise = Object.hasOwn(inputs, id) ? inputs[id] : null;
      return otherwise && !isSecretValue(id, otherwise) ? `${written.slice(0, -1)} = ${otherwise}}` : written;
    });
  return transport.kind === 'stdio'
    ? shownCommand(asked(transport.command), transport.args.map(asked))
    : shownAddress(asked(transport.url));
}

/** A command line for a person: what looks like a secret in it is `***`. */
export function shownCommand(command: string, args: readonly string[]): string {
  const shown: string[] = [];
  let hideNext = false;
  for (const arg of args) {
    const [, flag, value] = /^(-{1,2}[\w.-]+|[A-Za-z_]\w*)=(.*)$/s.exec(arg) ?? [];
    if (flag !== undefined && value !== undefined && isSecretValue(flag, value)) shown.push(`${flag}=***`);
    else if (hideNext && !arg.startsWith('-') && isSecretValue('key', arg)) shown.push('***');
    else shown.push(isSecretValue('', arg) ? '***' : shownAddress(arg));
    hideNext = /^-{1,2}[\w.-]+$/.test(arg) && isSecretName(arg);
  }
  return [command, ...shown].map((part) => (/^[^\s"']+$/.test(part) ? part : JSON.stringify(part))).join(' ');
}

/** An address for a person: without user name and password, and with `***` for secrets of its query. */
export function shownAddress(address: string): string {
  return address
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@\s]*@/i, '$1***@')
    .replace(/([?&])([^=&#\s]+)=([^&#\s]+)/g, (all, mark: string, name: string, value: string) =>
      isSecretValue(name, value) ? `${mark}${name}=***` : all,
    );
}

/** Values of a mapping that are secrets. */
export function secretValues(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values)
    .filter(([name, value]) => isSecretValue(name, value))
    .map(([, value]) => value.replace(/^(?:Bearer|Basic|token)\s+/i, ''));
}
