import * as l10n from '@vscode/l10n';
import type { FailureType } from '../../../core/trial.ts';
import { engine, type FailedCall, type FailureCount } from '../../../protocol/engine.ts';
import * as counts from '../../state/counts.ts';
import { failureWord } from '../../state/failureWords.ts';
import { simulatedShare } from '../../state/simulatedText.ts';
import type { Target } from '../../target.ts';
import type { Asking } from './asking.ts';
import { FailedCallNode } from './failedCallNode.ts';
import { Level } from './level.ts';
import { type Row, TreeNode } from './treeNode.ts';

/** Failed calls of a tool that went wrong in the same way. */
export class FailureTypeNode extends TreeNode<FailureCount> {
  readonly #toolId: string;
  readonly #level: Level<FailedCall, FailedCallNode>;

  constructor(asking: Asking, parent: TreeNode, toolId: string, data: FailureCount) {
    super(parent, data);
    this.#toolId = toolId;
    const failureType = data.type;
    this.#level = new Level<FailedCall, FailedCallNode>({
      asking,
      owner: this,
      ask: (after, limit) =>
        asking.request(engine.failures, {
          tool: toolId,
          failureType,
          limit,
          ...(after === undefined ? {} : { after }),
        }),
      key: ({ trialId, step }) => `${trialId} ${step}`,
      make: (call) => new FailedCallNode(this, call),
    });
  }

  get id(): string {
    return `${this.#toolId}/failures/${this.data.type}`;
  }

  get row(): Row {
    const { type, calls, simulated } = this.data;
    const share = simulatedShare(calls, simulated);
    const label = capital(failureWord(type));
    return {
      label,
      description: [counts.number(calls), share].filter(Boolean).join(' · '),
      tooltip: explanation(type),
      spoken: [`${label}: ${counts.failedCalls(calls)}`, share].filter(Boolean).join(', '),
      icon: 'circle-outline',
      context: 'failureType',
      opens: 'closed',
    };
  }

  override get target(): Target {
    return { toolId: this.#toolId };
  }

  override children(): Promise<TreeNode[]> {
    return this.#level.rows();
  }

  override outdate(): void {
    this.#level.outdate();
  }
}

/** A word that begins a row. */
export function capital(text: string): string {
  const [first = '', ...rest] = text;
  return first.toLocaleUpperCase() + rest.join('');
}

function explanation(type: FailureType): string {
  switch (type) {
    case 'malformed':
      return l10n.t('What the model wrote could not be read as a call.');
    case 'unknown_tool':
      return l10n.t('The model called a tool that there is not.');
    case 'wrong_tool':
      return l10n.t('The model called another tool than the one that was asked for.');
    case 'missing_argument':
      return l10n.t('An argument that the schema requires was not given.');
    case 'unexpected_argument':
      return l10n.t('An argument was given that the schema does not have.');
    case 'wrong_type':
      return l10n.t('An argument had another type than the schema says.');
    case 'invalid_value':
      return l10n.t('An argument had a value that the schema does not allow.');
    case 'rejected':
      return l10n.t('The tool ran and said no.');
    case 'tool_fault':
      return l10n.t('The tool itself broke down.');
    case 'timeout':
      return l10n.t('The call took longer than its time limit.');
    case 'unreachable':
      return l10n.t('The tool could not be started or its server did not answer.');
    case 'blocked':
      return l10n.t('The call was not made: its risk, the network rules or a person forbade it.');
    case 'cancelled':
      return l10n.t('The call was given up when the run was stopped.');
  }
}
