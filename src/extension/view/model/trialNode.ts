import * as l10n from '@vscode/l10n';
import { toolName } from '../../../core/toolName.ts';
import type { Outcome } from '../../../core/trial.ts';
import type { TrialRow } from '../../../protocol/engine.ts';
import { dateAndTime, duration } from '../../state/ago.ts';
import * as counts from '../../state/counts.ts';
import { failureWord, outcomeExplanation, outcomeIcon, outcomeWord } from '../../state/failureWords.ts';
import { oneLine, severalLines } from '../../state/oneLine.ts';
import { simulatedSentence } from '../../state/simulatedText.ts';
import type { Target } from '../../target.ts';
import { trialAddress } from '../../trial/trialAddress.ts';
import { capital } from './failureTypeNode.ts';
import { type Row, TreeNode } from './treeNode.ts';

/** A trial. A click opens its log. */
export class TrialNode extends TreeNode<TrialRow> {
  get id(): string {
    return `${this.parent?.id ?? ''}/trial:${this.data.id}`;
  }

  get row(): Row {
    const { tool, query, outcome, failures, simulated } = this.data;
    const label = oneLine(query) || l10n.t('(no query)');
    const parts = [
      oneLine(toolName(tool)),
      outcomeWord(outcome),
      ...(simulated ? [l10n.t('simulated')] : []),
      ...(failures.length > 0 ? [counts.failedCalls(failures.length)] : []),
    ];
    return {
      label,
      description: parts.join(' · '),
      tooltip: this.#tooltip(),
      spoken: [label, ...parts].join(', '),
      // The colour still tells how it ended, and so do the words.
      icon: simulated ? 'mirror' : outcomeIcon(outcome),
      ...colourOf(outcome),
      context: 'trial',
      opens: 'never',
      click: 'openTrial',
      opened: trialAddress(this.data),
    };
  }

  override get target(): Target {
    const { id, tool, runId } = this.data;
    return { trialId: id, toolId: tool, runId };
  }

  #tooltip(): string {
    const { tool, episode, trial, query, outcome, toolCalls, failures, example, startedAt, ms } = this.data;
    const words = [...new Set(failures)].map(failureWord).join(', ');
    const calls = toolCalls === 1 ? l10n.t('1 call') : l10n.t('{0} calls', counts.number(toolCalls));
    const parts = [
      ...(query === '' ? [] : [severalLines(query, 6), '']),
      l10n.t('{0}, episode {1} (one conversation), trial {2}', oneLine(toolName(tool)), episode, trial),
      failures.length > 0
        ? l10n.t(
            '{0}: {1}, {2} ({3})',
            capital(outcomeWord(outcome)),
            calls,
            counts.failedCalls(failures.length),
            words,
          )
        : `${capital(outcomeWord(outcome))}: ${calls}`,
      outcomeExplanation(outcome),
      ...(this.data.simulated ? [simulatedSentence()] : []),
      ...(example ? [l10n.t('An example was learned from it.')] : []),
      l10n.t('{0}, took {1}', dateAndTime(startedAt), duration(ms)),
    ];
    return parts.join('\n');
  }
}

function colourOf(outcome: Outcome): Pick<Row, 'colour'> {
  const colours: Partial<Record<Outcome, string>> = {
    fulfilled: 'testing.iconPassed',
    unfulfilled: 'testing.iconFailed',
    error: 'list.warningForeground',
  };
  const colour = colours[outcome];
  return colour === undefined ? {} : { colour };
}
