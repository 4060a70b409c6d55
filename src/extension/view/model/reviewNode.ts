import * as l10n from '@vscode/l10n';
import type { Example } from '../../../core/trial.ts';
import { engine, type ReviewQueue } from '../../../protocol/engine.ts';
import * as counts from '../../state/counts.ts';
import type { Asking } from './asking.ts';
import { Level } from './level.ts';
import { ReviewedNode } from './reviewedNode.ts';
import { type Row, TreeNode } from './treeNode.ts';

/** What waits for a person's word: the first row of the view Tools while there is something. Its data are how many. */
export class ReviewNode extends TreeNode<number> {
  readonly #asking: Asking;
  readonly #level: Level<Example, ReviewedNode>;
  #agreement: ReviewQueue['agreement'] = { agreed: 0, of: 0 };

  constructor(asking: Asking, waiting: number) {
    super(null, waiting);
    this.#asking = asking;
    this.#level = new Level<Example, ReviewedNode>({
      asking,
      owner: this,
      ask: (after, limit) => this.#ask(limit, after),
      key: ({ id }) => id,
      make: (example) => new ReviewedNode(this, example),
    });
    void this.#lookUp();
  }

  get id(): string {
    return 'review';
  }

  get row(): Row {
    const label = l10n.t('To review ({0})', counts.number(this.data));
    const agreement = agreementText(this.#agreement);
    return {
      label,
      description: agreement,
      tooltip: [
        l10n.t('Examples on which what the calls did and what the judge (a language model) says disagree.'),
        l10n.t('Accept or reject each: none of them is used until you have.'),
        ...(agreement === '' ? [] : [l10n.t('So far the {0}.', agreement)]),
      ].join('\n'),
      spoken: [label, agreement].filter(Boolean).join(', '),
      icon: 'law',
      colour: 'list.warningForeground',
      context: 'review',
      opens: 'closed',
    };
  }

  /** The rows that have been asked for. */
  get rows(): readonly ReviewedNode[] {
    return this.#level.nodes;
  }

  override children(): Promise<TreeNode[]> {
    return this.#level.rows();
  }

  override outdate(): void {
    this.#level.outdate();
    void this.#lookUp();
  }

  async #ask(limit: number, after?: string): Promise<ReviewQueue> {
    const queue = await this.#asking.request(engine.reviewQueue, {
      limit,
      ...(after === undefined ? {} : { after }),
    });
    this.#agreement = queue.agreement;
    return queue;
  }

  /** How far judge and person agree stands beside the row, whether it is open or not. */
  async #lookUp(): Promise<void> {
    const before = agreementText(this.#agreement);
    try {
      await this.#ask(1);
    } catch {
      // The rows below say what is wrong.
      return;
    }
    if (agreementText(this.#agreement) !== before) this.#asking.changes.mark(this);
  }
}

/** Empty as long as nothing was ruled on by both. */
function agreementText({ agreed, of }: ReviewQueue['agreement']): string {
  return of === 0
    ? ''
    : l10n.t('judge and you agree on {0} of {1}', counts.number(agreed), counts.number(of));
}
