import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { WrongRequest } from '../engine/errors.ts';
import type { Cli } from './cli.ts';

/** `--workspace`, which every command has. */
export function workspaceFlag(): Option {
  return new Option('-w, --workspace <folder>', 'folder that holds the tools').default('.');
}

export function jsonFlag(what: string): Option {
  return new Option('--json', what);
}

/** The absolute path of a workspace. Throws `WrongRequest` when it is no folder. */
export function workspaceFolder(cli: Pick<Cli, 'cwd'>, given: string): string {
  const folder = resolve(cli.cwd, given);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new WrongRequest(`There is no folder ${folder}.`, 'Name the folder that holds your tools.');
}

/** Reads a whole number from `lowest` to `highest`. */
export function wholeNumber(lowest: number, highest = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= lowest && value <= highest) return value;
    const range =
      highest === Number.MAX_SAFE_INTEGER ? `of at least ${lowest}` : `from ${lowest} to ${highest}`;
    throw new InvalidArgumentError(`It has to be a whole number ${range}.`);
  };
}

/** Reads a share: from 0 to 1. */
export function share(text: string): number {
  const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('It has to be a share from 0 to 1, for instance 0.1.');
}

/** Reads an amount of money in US dollars. */
export function usDollars(text: string): number {
  const value = /^\d+(\.\d+)?$|^\.\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new InvalidArgumentError('It has to be an amount in US dollars, for instance 0.50.');
}

/** Reads a web address. */
export function webAddress(text: string): string {
  const url = URL.parse(text);
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return text;
  throw new InvalidArgumentError('It has to be a web address, for instance http://127.0.0.1:11434/v1.');
}

/**
 * A command as a person has to type it again: of the same workspace, and with the server that was named, since the key of the
 * environment goes to no other.
 */
export function typedCommand(command: string, flags: { workspace: string; baseUrl?: string }): string {
  const { workspace, baseUrl } = flags;
  const shown = (text: string): string => (/^[\w./:~-]+$/.test(text) ? text : JSON.stringify(text));
  return [
    `imaginarium ${command}`,
    ...(workspace === '.' ? [] : [`--workspace ${shown(workspace)}`]),
    ...(baseUrl === undefined ? [] : [`--base-url ${shown(baseUrl)}`]),
  ].join(' ');
}
