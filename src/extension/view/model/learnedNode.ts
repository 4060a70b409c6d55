import * as l10n from '@vscode/l10n';
import type { Page } from '../../../protocol/engine.ts';
import * as counts from '../../state/counts.ts';
import { simulatedShare } from '../../state/simulatedText.ts';
import type { Target } from '../../target.ts';
import type { Asking } from './asking.ts';
import { Level } from './level.ts';
import type { ToolNode } from './toolNode.ts';
import { type Row, TreeNode } from './treeNode.ts';

/** One kind of what is learned of a tool: how the row above is called, and what stands below. */
export interface LearnedKind<D, N extends TreeNode<D>> {
  name: 'examples' | 'failures' | 'lessons';
  label: string;
  tooltip: string;
  icon: string;
  ask: (after: string | undefined, limit: number) => Promise<Page<D>>;
  /** Tells the same thing in two answers. */
  key: (data: D) => string;
  make: (owner: TreeNode, data: D) => N;
  /** Rows that stand after the others: what counts no more. */
  last?: (owner: TreeNode) => TreeNode[];
}

/** What was learned of a tool, of one kind: the row with their number, and the rows below it. */
export class LearnedNode<D, N extends TreeNode<D>> extends TreeNode<ToolNode> {
  readonly #kind: Pick<LearnedKind<D, N>, 'name' | 'label' | 'tooltip' | 'icon'>;
  #last: TreeNode[] = [];
  readonly #level: Level<D, N>;

  constructor(asking: Asking, tool: ToolNode, kind: LearnedKind<D, N>) {
    super(tool, tool);
    this.#kind = kind;
    const { ask, key, make, last } = kind;
    this.#level = new Level<D, N>({
      asking,
      owner: this,
      ask,
      key,
      make: (data) => make(this, data),
      last: () => {
        this.#last = last?.(this) ?? [];
        return this.#last;
      },
    });
  }

  get count(): number {
    return this.data.data.counts[this.#kind.name];
  }

  get id(): string {
    return `${this.data.toolId}/${this.#kind.name}`;
  }

  get row(): Row {
    const { name, label, tooltip, icon } = this.#kind;
    const { simulated, stale = 0 } = this.data.data.counts;
    const share = simulatedShare(this.count, name === 'lessons' ? 0 : simulated?.[name]);
    const changed =
      name === 'examples' && stale > 0 ? l10n.t('{0} with a changed spec', counts.number(stale)) : '';
    const description = [counts.number(this.count), share, changed].filter(Boolean).join(' · ');
    return {
      label,
      description,
      tooltip,
      spoken: `${label}: ${description}`,
      icon,
      context: name,
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
    for (const node of this.#last) node.outdate();
    this.#level.outdate();
  }
}
