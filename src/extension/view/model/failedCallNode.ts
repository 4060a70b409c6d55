import * as l10n from '@vscode/l10n';
import type { FailedCall } from '../../../protocol/engine.ts';
import { failureWord } from '../../state/failureWords.ts';
import { oneLine, severalLines } from '../../state/oneLine.ts';
import { simulatedSentence } from '../../state/simulatedText.ts';
import type { Target } from '../../target.ts';
import { addressOf } from '../../trial/trialAddress.ts';
import { argumentsLine, argumentsLines } from './callText.ts';
import { capital } from './failureTypeNode.ts';
import { NoteNode } from './otherNodes.ts';
import { type Row, TreeNode } from './treeNode.ts';

/** A call that went wrong; below it what was called, what was said, and what worked. A click opens its trial. */
export class FailedCallNode extends TreeNode<FailedCall> {
  get id(): string {
    return `${this.parent?.id ?? ''}/${this.data.trialId}.${this.data.step}`;
  }

  get row(): Row {
    const { fix, trialId, tool, query, simulated } = this.data;
    const opened = addressOf(trialId, tool, query);
    const label = this.#called();
    const said = [...(simulated ? [l10n.t('simulated')] : []), oneLine(this.#message())].join(' · ');
    return {
      label,
      description: said,
      tooltip: this.#tooltip(),
      spoken: [label, said, ...(fix ? [l10n.t('a fix is known')] : [])].join(', '),
      ...(fix
        ? { icon: 'wrench', colour: 'testing.iconPassed' }
        : { icon: 'error', colour: 'testing.iconFailed' }),
      context: 'failedCall',
      opens: 'closed',
      click: 'openTrial',
      ...(opened ? { opened } : {}),
    };
  }

  override get target(): Target {
    return { trialId: this.data.trialId, toolId: this.data.tool };
  }

  override children(): TreeNode[] {
    const { query, details, fix, lesson } = this.data;
    const { call, failures, observation } = details;
    let rows = 0;
    const row = (
      text: string,
      description: string,
      icon: string,
      more: { tooltip?: string; colour?: string } = {},
    ): NoteNode => {
      rows += 1;
      return new NoteNode(this, { key: String(rows), text, description, icon, ...more });
    };
    const said = observation.content;
    return [
      ...(query === '' ? [] : [row(l10n.t('Query'), query, 'comment', { tooltip: severalLines(query) })]),
      ...(call
        ? [
            row(l10n.t('Arguments'), argumentsLine(call.arguments), 'symbol-parameter', {
              tooltip: argumentsLines(call.arguments),
            }),
          ]
        : []),
      ...failures.map(({ type, message }) =>
        row(capital(failureWord(type)), message, 'error', {
          tooltip: severalLines(message),
          colour: 'testing.iconFailed',
        }),
      ),
      ...(said === '' || observation.status === 'not_run' || failures.some(({ message }) => message === said)
        ? []
        : [row(l10n.t('The tool said'), said, 'output', { tooltip: severalLines(said) })]),
      ...(fix
        ? [
            row(l10n.t('What worked'), argumentsLine(fix.worked.arguments), 'pass', {
              tooltip: [oneLine(fix.sentence), argumentsLines(fix.worked.arguments)].join('\n'),
              colour: 'testing.iconPassed',
            }),
          ]
        : []),
      ...(lesson === null
        ? []
        : [row(l10n.t('Lesson'), lesson, 'mortar-board', { tooltip: severalLines(lesson) })]),
    ];
  }

  #called(): string {
    const { call, thought } = this.data.details;
    if (call) return argumentsLine(call.arguments);
    return oneLine(thought) || l10n.t('(no call)');
  }

  /** The tool's own words, where it spoke. */
  #message(): string {
    const { failure, observation } = this.data.details;
    return failure?.message || observation.content;
  }

  #tooltip(): string {
    const { query, details, fix, lesson } = this.data;
    const parts = [
      ...(this.data.simulated ? [simulatedSentence()] : []),
      ...(query === '' ? [] : [l10n.t('Query: {0}', oneLine(query))]),
      ...(details.call ? [l10n.t('Called with: {0}', argumentsLine(details.call.arguments))] : []),
      ...details.failures.map(({ type, message }) => `${capital(failureWord(type))}: ${oneLine(message)}`),
      ...(fix
        ? [l10n.t('What worked: {0}', argumentsLine(fix.worked.arguments)), oneLine(fix.sentence)]
        : []),
      ...(lesson === null ? [] : [l10n.t('Lesson: {0}', oneLine(lesson))]),
    ];
    return parts.join('\n');
  }
}
