import type { Page } from '../../../protocol/engine.ts';
import type { Target } from '../../target.ts';
import type { Asking } from './asking.ts';
import { Level } from './level.ts';
import { type Row, TreeNode } from './treeNode.ts';

/** Rows that are put away below one of their own. */
export interface Group<D, N extends TreeNode<D>> {
  /** Tells it apart below its parent; stands in its `context` too. */
  name: string;
  label: string;
  tooltip: string;
  icon: string;
  /** Said beside the label; absent for nothing. */
  count?: string;
  ask: (after: string | undefined, limit: number) => Promise<Page<D>>;
  key: (data: D) => string;
  make: (owner: TreeNode, data: D) => N;
  /** Rows a page. */
  page?: number;
}

/** A closed row with others below it, which are asked for when somebody opens it. */
export class GroupNode<D, N extends TreeNode<D>> extends TreeNode<string> {
  readonly #group: Pick<Group<D, N>, 'label' | 'tooltip' | 'icon' | 'name' | 'count'>;
  readonly #level: Level<D, N>;

  constructor(asking: Asking, parent: TreeNode, group: Group<D, N>) {
    super(parent, group.name);
    this.#group = group;
    const { ask, key, make, page } = group;
    this.#level = new Level<D, N>({
      asking,
      owner: this,
      ask,
      key,
      make: (data) => make(this, data),
      ...(page === undefined ? {} : { page }),
    });
  }

  get id(): string {
    return `${this.parent?.id ?? ''}/${this.data}`;
  }

  get row(): Row {
    const { label, tooltip, icon, name, count = '' } = this.#group;
    return {
      label,
      description: count,
      tooltip,
      spoken: [label, count].filter(Boolean).join(': '),
      icon,
      context: `group.${name}`,
      opens: 'closed',
    };
  }

  override get target(): Target {
    return this.parent?.target ?? {};
  }

  override children(): Promise<TreeNode[]> {
    return this.#level.rows();
  }

  override outdate(): void {
    this.#level.outdate();
  }
}
