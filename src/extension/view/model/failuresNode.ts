import * as l10n from '@vscode/l10n';
import { engine, type FailureCount } from '../../../protocol/engine.ts';
import * as counts from '../../state/counts.ts';
import type { Target } from '../../target.ts';
import type { Asking } from './asking.ts';
import { FailureTypeNode } from './failureTypeNode.ts';
import { Level } from './level.ts';
import type { ToolNode } from './toolNode.ts';
import { type Row, TreeNode } from './treeNode.ts';

/** Failed calls of a tool, by what went wrong. */
export class FailuresNode extends TreeNode<ToolNode> {
  readonly #level: Level<FailureCount, FailureTypeNode>;

  constructor(asking: Asking, tool: ToolNode) {
    super(tool, tool);
    this.#level = new Level<FailureCount, FailureTypeNode>({
      asking,
      owner: this,
      ask: async () => ({
        rows: await asking.request(engine.failureCounts, { tool: tool.toolId }),
        next: null,
      }),
      key: ({ type }) => type,
      make: (failures) => new FailureTypeNode(asking, this, tool.toolId, failures),
    });
  }

  get count(): number {
    return this.data.data.counts.failures;
  }

  get id(): string {
    return `${this.data.toolId}/failures`;
  }

  get row(): Row {
    const label = l10n.t('Failed calls');
    return {
      label,
      description: counts.number(this.count),
      tooltip: l10n.t(
        'Calls that went wrong, by how: what was called, what the tool said, and what worked then.',
      ),
      spoken: `${label}: ${counts.number(this.count)}`,
      icon: 'bug',
      context: 'failures',
      opens: 'closed',
    };
  }

  override get target(): Target {
    return { toolId: this.data.toolId };
  }

  override children(): Promise<TreeNode[]> {
    return this.#level.rows();
  }

  override outdate(): void {
    this.#level.outdate();
  }
}
