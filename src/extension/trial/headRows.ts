/** The rows under the title of a trial: where its tool is written, the trials beside it, and what can be done with it. */
import * as l10n from '@vscode/l10n';
import type { Risk } from '../../core/tool.ts';
import type { Example, Outcome, Trial } from '../../core/trial.ts';
import { riskText } from '../state/runTexts.ts';
import { outcomeMark } from './marks.ts';
import type { Piece } from './page.ts';
import { shownLine } from './plainText.ts';

/** What stands around a trial; each part may be unknown. */
export interface TrialSurroundings {
  /** The tool as it is now; null when the workspace has it no more. */
  tool: {
    risk: Risk;
    specHash: string;
    source: { path: string; line: number; column: number };
  } | null;
  /** What it left as an example; absent for none. */
  example?: Example;
  /** Trials of the same episode, this one included, in their order. */
  siblings: readonly { id: string; episode: number; trial: number; outcome: Outcome }[];
}

/** So many trials of the episode are listed, those nearest to this one. */
const siblingsListed = 12;

export type Row = readonly [label: string, ...pieces: Piece[]];

export function headRows(trial: Trial, { tool, siblings }: TrialSurroundings): Row[] {
  return [
    [l10n.t('Tool'), ...toolPieces(trial, tool)],
    ...(siblings.length > 1 ? [[l10n.t('Episode'), ...siblingPieces(trial, siblings)] as const] : []),
    [l10n.t('Open'), dashboard(trial), '   ', rawMessages(trial), '   ', comparison(trial)],
  ];
}

function toolPieces(trial: Trial, tool: TrialSurroundings['tool']): Piece[] {
  if (tool === null) return [l10n.t('no longer in this workspace')];
  const { source, risk } = tool;
  const target = { toolId: trial.tool };
  const text = `${shownLine(source.path)}:${source.line}`;
  const link = { command: 'openSpec', target, tooltip: l10n.t('Open Tool Spec') } as const;
  return [{ text, link }, `   ${riskText(risk)}`];
}

function siblingPieces(trial: Trial, siblings: TrialSurroundings['siblings']): Piece[] {
  const at = siblings.findIndex(({ id }) => id === trial.id);
  const from = Math.max(0, Math.min(at - siblingsListed / 2, siblings.length - siblingsListed));
  const listed = siblings.slice(from, from + siblingsListed);
  const pieces: Piece[] = listed.flatMap((one) => {
    const text = `${one.episode}.${one.trial} ${outcomeMark(one.outcome)}`;
    const here = one.id === trial.id;
    return [here ? text : { text, link: openTrial(one.id, l10n.t('Open Trial')) }, '   '];
  });
  const previous = siblings[at - 1];
  const next = siblings[at + 1];
  return [
    ...pieces,
    ...(previous
      ? [{ text: `← ${l10n.t('previous')}`, link: openTrial(previous.id, l10n.t('Open Trial')) }, '   ']
      : []),
    ...(next ? [{ text: `${l10n.t('next')} →`, link: openTrial(next.id, l10n.t('Open Trial')) }] : []),
  ];
}

function openTrial(trialId: string, tooltip: string) {
  return { command: 'openTrial', target: { trialId }, tooltip } as const;
}

function dashboard(trial: Trial): Piece {
  const link = {
    command: 'openDashboard',
    target: { toolId: trial.tool },
    tooltip: l10n.t('Open Dashboard'),
  } as const;
  return { text: l10n.t('Dashboard'), link };
}

function comparison(trial: Trial): Piece {
  const link = {
    command: 'compareTrials',
    target: { trialId: trial.id },
    tooltip: l10n.t('Compare Trials'),
  } as const;
  return { text: l10n.t('Compare…'), link };
}

/** Leads to the messages of a trial, whole. */
export function rawMessages(trial: Trial): Piece {
  const link = {
    command: 'openTrialMessages',
    target: { trialId: trial.id },
    tooltip: l10n.t('Show Raw Messages'),
  } as const;
  return { text: l10n.t('Raw messages'), link };
}
