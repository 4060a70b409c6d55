import * as l10n from '@vscode/l10n';
import { toolName } from '../../../core/toolName.ts';
import type { Example } from '../../../core/trial.ts';
import { checkLines, disagreement, judgeCriteria } from '../../state/exampleTexts.ts';
import { oneLine, severalLines } from '../../state/oneLine.ts';
import type { Target } from '../../target.ts';
import { addressOf } from '../../trial/trialAddress.ts';
import { callLine } from './callText.ts';
import { NoteNode } from './otherNodes.ts';
import { type Row, TreeNode } from './treeNode.ts';

/** Calls of an example that its tooltip shows. */
const callsShown = 5;

/** An example that waits for a person's word; below it what speaks for and against it. A click opens its trial. */
export class ReviewedNode extends TreeNode<Example> {
  get id(): string {
    return `review:${this.data.id}`;
  }

  get row(): Row {
    const { query, tool, provenance } = this.data;
    const label = oneLine(query) || l10n.t('(no query)');
    const name = oneLine(toolName(tool));
    const what = disagreement(this.data);
    const opened = provenance.edited ? undefined : addressOf(provenance.trialId, tool, query);
    return {
      label,
      description: `${name} · ${what}`,
      tooltip: this.#tooltip(),
      spoken: [label, name, what].join(', '),
      icon: 'question',
      context: 'reviewed',
      opens: 'closed',
      click: provenance.trialId === '' ? 'openExampleFile' : 'openTrial',
      ...(opened ? { opened } : {}),
    };
  }

  override get target(): Target {
    const { id, tool, provenance } = this.data;
    return { exampleId: id, toolId: tool, trialId: provenance.trialId, runId: provenance.runId };
  }

  override children(): TreeNode[] {
    const { calls, answer, checks } = this.data;
    const judge = checks?.judge ?? null;
    let rows = 0;
    const row = (text: string, description: string, icon: string, colour?: string): NoteNode => {
      rows += 1;
      const tooltip = [oneLine(text), severalLines(description)].filter(Boolean).join('\n');
      const look = colour === undefined ? {} : { colour };
      return new NoteNode(this, { key: String(rows), text, description, tooltip, icon, ...look });
    };
    return [
      ...calls
        .slice(0, callsShown)
        .flatMap((call) => [
          row(l10n.t('Call'), callLine(call), 'symbol-method'),
          row(l10n.t('The tool said'), call.observation, 'output'),
        ]),
      ...(answer === null ? [] : [row(l10n.t('Answer'), answer, 'comment')]),
      ...(judge === null ? [] : judgeCriteria(judge)).map(({ holds, text }) =>
        holds ? row(text, '', 'pass', 'testing.iconPassed') : row(text, '', 'error', 'testing.iconFailed'),
      ),
      ...(judge && judge.reasons !== '' ? [row(l10n.t('The judge said'), judge.reasons, 'law')] : []),
    ];
  }

  #tooltip(): string {
    const { query, calls, answer } = this.data;
    return [
      severalLines(query, 4),
      '',
      ...calls.slice(0, callsShown).flatMap((call) => [callLine(call), `→ ${oneLine(call.observation)}`]),
      ...(calls.length > callsShown ? ['…'] : []),
      ...(answer === null ? [] : [l10n.t('Answer: {0}', oneLine(answer))]),
      '',
      ...checkLines(this.data),
      '',
      l10n.t('Accept it if it shows how the tool is to be used, else reject it. Your word stays.'),
    ].join('\n');
  }
}
