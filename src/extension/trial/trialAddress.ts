/** The addresses of trials as documents. The path is what a tab shows; the query says which trial it is. */
import { toolName } from '../../core/toolName.ts';
import type { Trial } from '../../core/trial.ts';
import { languages } from '../../protocol/contributions.ts';

export const trialScheme = languages.trial;

/** The parts of a URI of the scheme `imaginarium-trial`. */
export interface TrialAddress {
  path: string;
  /** Id of the trial. */
  query: string;
}

type Titled = Pick<Trial, 'id' | 'tool' | 'episode' | 'trial' | 'query'>;

/** Of the trial as a text: `/add_days · 3.2 Add ten days to….trial`. */
export function trialAddress(trial: Titled): TrialAddress {
  return { path: `/${nameOf(trial)}.trial`, query: trial.id };
}

/** The same from what a failed call says of its trial; undefined where the id does not end with the place of the trial. */
export function addressOf(id: string, tool: string, query: string): TrialAddress | undefined {
  const [, episode, trial] = /-(\d+)\.(\d+)$/.exec(id) ?? [];
  if (episode === undefined || trial === undefined) return undefined;
  return trialAddress({ id, tool, query, episode: Number(episode), trial: Number(trial) });
}

/** Of its messages, as JSON. */
export function messagesAddress(trial: Titled): TrialAddress {
  return {
    path: `/${inPath(toolName(trial.tool))} · ${trial.episode}.${trial.trial} messages.json`,
    query: trial.id,
  };
}

export function isMessages({ path }: Pick<TrialAddress, 'path'>): boolean {
  return path.endsWith('.json');
}

/** Id of the trial that a document shows; undefined for any other document. Takes what commands are called with. */
export function trialIdOf(document: unknown): string | undefined {
  if (typeof document !== 'object' || document === null) return undefined;
  if (!('scheme' in document) || document.scheme !== trialScheme || !('query' in document)) return undefined;
  return typeof document.query === 'string' && document.query !== '' ? document.query : undefined;
}

/** `3.2 ↔ 3.4 add_days`; with both names where the tools differ. */
export function comparisonTitle(left: Titled, right: Titled): string {
  const [a, b] = [left, right].map(({ episode, trial }) => `${episode}.${trial}`);
  const [one, other] = [left, right].map(({ tool }) => inPath(toolName(tool)));
  return one === other ? `${a} ↔ ${b} ${one}` : `${one} ${a} ↔ ${other} ${b}`;
}

function nameOf({ tool, episode, trial, query }: Titled): string {
  const start = inPath(query.slice(0, 200));
  const words = [...start].length > 32 ? `${[...start].slice(0, 32).join('').replace(/ \S*$/, '')}…` : start;
  return `${inPath(toolName(tool))} · ${episode}.${trial} ${words}`.trimEnd();
}

/** Without what has a meaning in a path, and what cannot be seen. */
function inPath(text: string): string {
  return text.replace(/[\\/*?<>|%#\p{C}\p{Z}]+/gu, ' ').trim();
}
