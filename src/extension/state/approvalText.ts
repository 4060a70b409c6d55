import * as l10n from '@vscode/l10n';
import type { JsonObject } from '../../core/json.ts';
import type { Risk } from '../../core/tool.ts';
import { visible } from './harmless.ts';
import { riskSentence } from './runTexts.ts';

/** Of the arguments, characters shown at once, and at most. */
const limit = 300;
const wholeLimit = 20_000;

export interface ApprovalText {
  /** Tool, call and risk. */
  question: string;
  /** What the first answer says. */
  allow: string;
  /** The same with all arguments below it, where the question shows a part of them. */
  whole: { question: string; detail: string } | null;
}

/** The question whether a call may be made. */
export function approvalText(request: {
  name: string;
  risk: Risk;
  arguments: JsonObject;
  scope: 'run' | 'call';
}): ApprovalText {
  const written = JSON.stringify(request.arguments);
  const name = visible(request.name, 80);
  const question = (args: string): string =>
    `${l10n.t('Allow {0}?', `${name}(${args})`)} ${riskSentence(request.risk)}`;
  return {
    question: question(visible(written, limit)),
    allow: request.scope === 'run' ? l10n.t('Allow for This Run') : l10n.t('Allow This Call'),
    whole: written.length > limit ? { question: question('…'), detail: allOf(request.arguments) } : null,
  };
}

export const refuseAnswer = (): string => l10n.t("Don't Allow");
export const wholeAnswer = (): string => l10n.t('Show Whole Call');

/** Line by line, so that the breaks are ours: those within a text are escapes already. */
function allOf(args: JsonObject): string {
  const lines = JSON.stringify(args, null, 2).split('\n');
  return visible(lines.join('\u0000'), wholeLimit).replaceAll('\\u{0}', '\n');
}
