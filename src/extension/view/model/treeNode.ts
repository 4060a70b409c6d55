/** The rows of our views as a model: it knows no editor, and a view adds nothing to it but drawing. */
import type { CommandName } from '../../../protocol/contributions.ts';
import type { HasTarget, Target } from '../../target.ts';
import type { TrialAddress } from '../../trial/trialAddress.ts';

/** A row, as it is drawn: plain texts of one line (the tooltip has several), and the id of a codicon. */
export interface Row {
  label: string;
  description: string;
  tooltip: string;
  /** What a screen reader says instead of the label. */
  spoken: string;
  icon: string;
  /** Id of a colour of the theme, for the icon. */
  colour?: string;
  /** For the `when` clauses of menus; empty for a row that nothing is done with. */
  context: string;
  /** Whether there are rows below it, and whether they are seen at first. */
  opens: 'never' | 'closed' | 'open';
  /** What a click does; it is handed the row. */
  click?: CommandName;
  /**
   * The document that a click opens, where it is known: the editor then opens it as it opens files from its own views. A single
   * click leaves the focus in the view, Enter and a double click do not.
   */
  opened?: TrialAddress;
}

/** One row with those below it. The object stays the same as long as the thing is there; its data change. */
export abstract class TreeNode<D = unknown> implements HasTarget {
  data: D;
  readonly parent: TreeNode | null;

  constructor(parent: TreeNode | null, data: D) {
    this.parent = parent;
    this.data = data;
  }

  /** One of its kind in its view, and the same as long as it stands for the same thing. */
  abstract get id(): string;

  abstract get row(): Row;

  get target(): Target {
    return {};
  }

  /** The rows below, asked for when they are first wanted. */
  children(): TreeNode[] | Promise<TreeNode[]> {
    return [];
  }

  /** What is known of the rows below may be out of date: it is asked for again when they are next wanted. */
  outdate(): void {}
}
