/** Rows that stand for nothing of the engine's: that there is more, that there is nothing, a detail of a call. */
import * as l10n from '@vscode/l10n';
import type { CommandName } from '../../../protocol/contributions.ts';
import { oneLine } from '../../state/oneLine.ts';
import type { Target } from '../../target.ts';
import { type Row, TreeNode } from './treeNode.ts';

/** What can show more of itself: see `Level`. */
interface Growing {
  more(): Promise<TreeNode | undefined>;
}

/** `Show more`, at the end of what is shown. */
export class MoreNode extends TreeNode<{ level: Growing; shown: number }> {
  get id(): string {
    // Another row when more is shown: the focus goes to what is new.
    return `${this.parent?.id ?? ''}/more/${this.data.shown}`;
  }

  get row(): Row {
    const label = l10n.t('Show more');
    return {
      label,
      description: l10n.t('{0} are shown', this.data.shown),
      tooltip: l10n.t('Shows further rows of this list.'),
      spoken: l10n.t('Show more: {0} are shown', this.data.shown),
      icon: 'ellipsis',
      context: 'more',
      opens: 'never',
      click: 'showMore',
    };
  }

  /** Resolves with the first row that is new. */
  more(): Promise<TreeNode | undefined> {
    return this.data.level.more();
  }
}

/** A row that says something, and may offer what to do. */
export class NoteNode extends TreeNode<{
  text: string;
  /** Tells rows apart that say the same. */
  key?: string;
  description?: string;
  tooltip?: string;
  icon: string;
  colour?: string;
  click?: CommandName;
  /** What the click works on. */
  target?: Target;
}> {
  override get target(): Target {
    return this.data.target ?? {};
  }

  get id(): string {
    return `${this.parent?.id ?? ''}/note/${this.data.key ?? oneLine(this.data.text)}`;
  }

  get row(): Row {
    const { text, description = '', tooltip, icon, colour, click } = this.data;
    const label = oneLine(text);
    return {
      label,
      description: oneLine(description),
      tooltip: tooltip ?? [label, oneLine(description)].filter(Boolean).join('\n'),
      spoken: [label, oneLine(description)].filter(Boolean).join(', '),
      icon,
      context: 'note',
      opens: 'never',
      ...(colour === undefined ? {} : { colour }),
      ...(click === undefined ? {} : { click }),
    };
  }
}
