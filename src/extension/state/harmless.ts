/**
 * What tools, specs, servers and models said, made safe to show. The editor's messages turn `[text](command:…)` into a link
 * that runs the command, and its lists turn `$(name)` into an icon; neither can be switched off. So no text reaches them but
 * through here: `window/person.ts` sends everything it shows this way.
 */

import * as l10n from '@vscode/l10n';
import { unseen, writtenOut } from '../../core/unseen.ts';
import { number } from './counts.ts';

/** The editor cuts a message there itself, at the end; characters. */
const messageLimit = 1000;
/** Of one line in a list. */
const rowLimit = 400;
/** Of what is quoted within a message. */
const quoteLimit = 300;

/**
 * Text that cannot hide anything: control characters, and those that change the direction or have no width, are written
 * as escapes; what is too long is cut in the middle, so that both ends are seen.
 */
export function visible(text: string, limit = quoteLimit): string {
  return cut(text, limit).replace(unseen, writtenOut);
}

/** For messages, dialogs, prompts and progress: lines stay lines, and nothing is a link. */
export function forMessage(text: string, limit = messageLimit): string {
  const lines = cut(text, limit).replace(/\r\n?/g, '\n');
  return lines.replace(unseen, (char) => (char === '\n' ? char : writtenOut(char))).replaceAll('](', '] (');
}

/** For a line of a list: one line, and nothing is an icon. */
export function forRow(text: string): string {
  return visible(cut(text, rowLimit).replace(/\s+/g, ' '), Number.POSITIVE_INFINITY).replaceAll('$(', '\\$(');
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const half = Math.floor((limit - 20) / 2);
  // Whole characters: the cut must not go through a pair of surrogates.
  const begin = [...text.slice(0, 2 * half)].slice(0, half).join('');
  const end = [...text.slice(-2 * half)].slice(-half).join('');
  const left = text.length - begin.length - end.length;
  return left <= 0 ? text : `${begin} … ${l10n.t('{0} more', number(left))} … ${end}`;
}
