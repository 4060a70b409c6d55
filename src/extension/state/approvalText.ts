import type { JsonObject } from '../../core/json.ts';
import type { Risk } from '../../core/tool.ts';
import { riskText } from './runTexts.ts';

/** At most so many characters of the arguments are shown. */
const limit = 300;

/** The question, and what its first answer says. */
export function approvalText(request: {
  name: string;
  risk: Risk;
  arguments: JsonObject;
  scope: 'run' | 'call';
}): {
  question: string;
  allow: string;
} {
  const shown = visible(JSON.stringify(request.arguments));
  return {
    question: `Run "${visible(request.name)}" (${riskText(request.risk)}) with ${shown}?`,
    allow: request.scope === 'run' ? 'Allow for This Run' : 'Allow This Call',
  };
}

export const refuseAnswer = "Don't Allow";

/**
 * Text that cannot hide anything: control characters, and those that change the direction or have no width, are written
 * as escapes; what is too long is cut in the middle, so that both ends are seen.
 */
export function visible(text: string): string {
  const shown = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029\u00a0\p{Co}\p{Cn}]/gu, escaped);
  const chars = [...shown];
  if (chars.length <= limit) return shown;
  const half = Math.floor((limit - 20) / 2);
  const part = (from: number, to?: number) => chars.slice(from, to).join('');
  return `${part(0, half)} … ${chars.length - 2 * half} more … ${part(-half)}`;
}

function escaped(char: string): string {
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}
