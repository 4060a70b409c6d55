import type { Changes } from './changes.ts';
import type { TreeNode } from './treeNode.ts';

/** What a view draws. */
export interface TreeModel {
  readonly changes: Changes;
  /** The first level; it may take until the engine is there. */
  roots(): TreeNode[] | Promise<TreeNode[]>;
  /** The line above the rows; empty when there is nothing to say. */
  readonly message: string;
  /** The number on the view's icon; 0 for none. */
  readonly badge: number;
}
