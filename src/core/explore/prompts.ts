/**
 * The texts a model is asked with. Ours are worded below; a folder given with `--prompts` replaces them one by one. The
 * names of the paper's parts (imagine … unreadable) are those of the reference's own prompts, so that these can be put in.
 */
import { strip } from '../text.ts';
import { ownTexts } from './ownTexts.ts';

/** One file a text: `<part>.txt`. */
export const promptParts = [
  'imagine',
  'imagine-next',
  'explored-before',
  'explored-after',
  'act',
  'act-next',
  'reflect',
  'act-tools',
  'act-tools-next',
  'reflect-structured',
  'call-first',
  'call-first-next',
  'call-first-react',
  'call-first-react-next',
  'query-for-call',
  'lessons-before',
  'uncovered-before',
  'too-close-before',
  'simulate',
  'simulate-output',
  'simulate-before',
  'simulate-call',
] as const;

export type PromptPart = (typeof promptParts)[number];

/** Why an answer over the protocol `react` cannot be read. */
const unreadableKinds = [
  'no-action-input',
  'many-action-inputs',
  'no-action',
  'many-actions',
  'unknown-tool',
  'no-open-brace',
  'no-close-brace',
  'not-json',
] as const;

export type UnreadableKind = (typeof unreadableKinds)[number];

export interface PromptSet {
  texts: Record<PromptPart, string>;
  /** What the model is told when its answer cannot be read. */
  unreadable: Record<UnreadableKind, string>;
}

/** The name of every file that a folder of prompts may hold. */
export const promptFiles: readonly string[] = [
  ...promptParts.map((part) => `${part}.txt`),
  'unreadable.json',
];

/** Every imagining prompt ends with this; the list of explored queries goes before it. */
export const queryMark = 'User Query:';

/** The kinds whose text names the tools. In the others a bare `{}` means an empty object. */
const namesTools: ReadonlySet<UnreadableKind> = new Set(['no-action', 'unknown-tool']);

/** Our own wording. */
export const ownPrompts: PromptSet = ownTexts;

/**
 * A prompt set from files (name → text); parts that are missing are taken from our own.
 * Throws `RangeError` with the file and what is wrong when a file cannot be used.
 */
export function loadPromptSet(files: Readonly<Record<string, string>>): PromptSet {
  const texts = { ...ownPrompts.texts };
  for (const part of promptParts) {
    const text = files[`${part}.txt`];
    if (text !== undefined) texts[part] = strip(text);
  }
  for (const part of ['imagine', 'imagine-next'] as const) {
    if (!texts[part].endsWith(queryMark)) throw new RangeError(`${part}.txt must end with "${queryMark}".`);
  }
  const given = files['unreadable.json'];
  return { texts, unreadable: given === undefined ? ownPrompts.unreadable : readUnreadable(given) };
}

function readUnreadable(text: string): PromptSet['unreadable'] {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw new RangeError(`unreadable.json is not valid JSON: ${(error as Error).message}`);
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new RangeError('unreadable.json must be an object: kind → text.');
  }
  const unreadable = { ...ownPrompts.unreadable };
  for (const kind of unreadableKinds) {
    const value = (given as Record<string, unknown>)[kind];
    if (value === undefined) continue;
    if (typeof value !== 'string') throw new RangeError(`unreadable.json: "${kind}" must be a text.`);
    unreadable[kind] = value;
  }
  return unreadable;
}

/** Fills a text: `{name}` from the values, `{{` and `}}` as literal braces. Unknown names stay as they stand. */
export function fill(text: string, values: Readonly<Record<string, string>> = {}): string {
  return text.replace(/\{\{|\}\}|\{([a-z_]+)\}/g, (whole, name: string | undefined) => {
    if (name === undefined) return whole.charAt(0);
    return Object.hasOwn(values, name) ? (values[name] as string) : whole;
  });
}

/** The observation for an answer that cannot be read. */
export function unreadableText(
  prompts: PromptSet,
  kind: UnreadableKind,
  toolNames: readonly string[],
): string {
  const text = prompts.unreadable[kind];
  return namesTools.has(kind) ? text.replaceAll('{}', () => toolNames.join(', ')) : text;
}
