import * as l10n from '@vscode/l10n';
import type { Lesson, Trial } from '../../../core/trial.ts';
import { engine, type Page, type TrialRow } from '../../../protocol/engine.ts';
import * as counts from '../../state/counts.ts';
import { oneLine, severalLines } from '../../state/oneLine.ts';
import type { Target } from '../../target.ts';
import type { Asking } from './asking.ts';
import { Level } from './level.ts';
import { NoteNode } from './otherNodes.ts';
import { type Row, TreeNode } from './treeNode.ts';
import { TrialNode } from './trialNode.ts';

/** Trials are asked for one by one, each whole: few at a time. */
const trialsShown = 20;

/** One sentence about a tool; below it the trials that say so. */
export class LessonNode extends TreeNode<Lesson> {
  readonly #level: Level<TrialRow, TrialNode>;

  constructor(asking: Asking, parent: TreeNode, data: Lesson) {
    super(parent, data);
    this.#level = new Level<TrialRow, TrialNode>({
      asking,
      owner: this,
      ask: (after, limit) => this.#trials(asking, Number(after ?? 0), limit),
      key: ({ id }) => id,
      make: (trial) => new TrialNode(this, trial),
      nothing: () =>
        new NoteNode(this, { text: l10n.t('The trials behind it are no longer kept.'), icon: 'info' }),
      page: trialsShown,
    });
  }

  get id(): string {
    return `lesson:${this.data.id}`;
  }

  get row(): Row {
    const { text, trials, disagrees } = this.data;
    const label = oneLine(text);
    const backed = l10n.t('from {0}', counts.trials(trials.length));
    const odd = disagrees ? l10n.t('the spec says otherwise') : '';
    return {
      label,
      description: [odd, backed].filter(Boolean).join(' · '),
      tooltip: this.#tooltip(),
      spoken: [label, odd, backed].filter(Boolean).join(', '),
      ...(disagrees ? { icon: 'warning', colour: 'list.warningForeground' } : { icon: 'note' }),
      context: 'lesson',
      opens: trials.length > 0 ? 'closed' : 'never',
    };
  }

  override get target(): Target {
    return { toolId: this.data.tool };
  }

  override children(): Promise<TreeNode[]> {
    return this.#level.rows();
  }

  override outdate(): void {
    this.#level.outdate();
  }

  async #trials(asking: Asking, from: number, limit: number): Promise<Page<TrialRow>> {
    const to = from + limit;
    const asked = this.data.trials.slice(from, to).map((id) => asking.request(engine.trial, { id }));
    const found = await Promise.all(asked);
    return {
      rows: found.flatMap((trial) => (trial === null ? [] : [rowOfTrial(trial)])),
      next: to < this.data.trials.length ? String(to) : null,
    };
  }

  #tooltip(): string {
    const { text, trials, evidence, disagrees, origin } = this.data;
    const values = (all: readonly unknown[]): string =>
      oneLine(all.map((value) => JSON.stringify(value)).join(', '));
    const parts = [
      severalLines(text),
      ...(evidence ? [l10n.t('The tool said: {0}', oneLine(evidence.message))] : []),
      ...(evidence && evidence.refused.length > 0
        ? [l10n.t('It refused: {0}', values(evidence.refused))]
        : []),
      ...(evidence && evidence.taken.length > 0 ? [l10n.t('It took: {0}', values(evidence.taken))] : []),
      ...(disagrees ? [l10n.t('The schema forbids what the tool takes: spec and tool disagree.')] : []),
      origin === 'evidence'
        ? l10n.t('From what the tool said, in {0}.', counts.trials(trials.length))
        : l10n.t('From what the model concluded, in {0}.', counts.trials(trials.length)),
    ];
    return parts.join('\n');
  }
}

function rowOfTrial(trial: Trial): TrialRow {
  const { id, runId, tool, episode, query, outcome, steps, startedAt, ms } = trial;
  return {
    id,
    runId,
    tool,
    episode,
    trial: trial.trial,
    query,
    outcome,
    toolCalls: steps.filter(({ call, observation }) => call !== null && observation.status !== 'not_run')
      .length,
    failures: steps.flatMap(({ failure }) => (failure ? [failure.type] : [])),
    example: false,
    startedAt,
    ms,
  };
}
