import * as l10n from '@vscode/l10n';
import type { Lesson, Trial } from '../../../core/trial.ts';
import { engine, type Page, type TrialRow } from '../../../protocol/engine.ts';
import * as counts from '../../state/counts.ts';
import { staleWord } from '../../state/exampleTexts.ts';
import { oneLine, severalLines } from '../../state/oneLine.ts';
import type { Target } from '../../target.ts';
import type { Asking } from './asking.ts';
import { GroupNode } from './groupNode.ts';
import { Level } from './level.ts';
import { NoteNode } from './otherNodes.ts';
import { type Row, TreeNode } from './treeNode.ts';
import { TrialNode } from './trialNode.ts';

/** Trials are asked for one by one, each whole: few at a time. */
const trialsShown = 20;

/** One sentence about a tool; below it the trials that say so, and those that say otherwise. */
export class LessonNode extends TreeNode<Lesson> {
  readonly #level: Level<TrialRow, TrialNode>;
  readonly #specHash: () => string;
  readonly #against: TreeNode;

  /** `specHash`: of the tool as it is now. */
  constructor(asking: Asking, parent: TreeNode, data: Lesson, specHash: () => string) {
    super(parent, data);
    this.#specHash = specHash;
    this.#against = new GroupNode<TrialRow, TrialNode>(asking, this, {
      name: 'against',
      label: l10n.t('Trials against it'),
      tooltip: l10n.t('In these trials the tool did what the lesson says that it does not.'),
      icon: 'circle-slash',
      ask: (after, limit) => trialsOf(asking, this.data.against ?? [], Number(after ?? 0), limit),
      key: ({ id }) => id,
      make: (owner, trial) => new TrialNode(owner, trial),
      page: trialsShown,
    });
    this.#level = new Level<TrialRow, TrialNode>({
      asking,
      owner: this,
      ask: (after, limit) => trialsOf(asking, this.data.trials, Number(after ?? 0), limit),
      key: ({ id }) => id,
      make: (trial) => new TrialNode(this, trial),
      nothing: () =>
        new NoteNode(this, { text: l10n.t('The trials behind it are no longer kept.'), icon: 'info' }),
      last: () => ((this.data.against?.length ?? 0) > 0 ? [this.#against] : []),
      page: trialsShown,
    });
  }

  get id(): string {
    return `lesson:${this.data.id}`;
  }

  get row(): Row {
    const { text, trials, against = [], disagrees, retired } = this.data;
    const label = oneLine(text);
    const backed =
      against.length === 0
        ? l10n.t('from {0}', counts.trials(trials.length))
        : l10n.t('{0} for it, {1} against', counts.number(trials.length), counts.number(against.length));
    const odd = disagrees ? l10n.t('the spec says otherwise') : '';
    const marks = [odd, this.#isOfOtherSpec() ? staleWord() : '', backed].filter(Boolean);
    return {
      label,
      description: marks.join(' · '),
      tooltip: this.#tooltip(),
      spoken: [label, ...marks].join(', '),
      ...(retired === undefined
        ? disagrees
          ? { icon: 'warning', colour: 'list.warningForeground' }
          : { icon: 'note' }
        : { icon: 'archive', colour: 'disabledForeground' }),
      context: 'lesson',
      opens: trials.length + against.length > 0 ? 'closed' : 'never',
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
    this.#against.outdate();
  }

  /** What a person wrote by hand names no spec. */
  #isOfOtherSpec(): boolean {
    const { specHash } = this.data;
    return specHash !== '' && specHash !== this.#specHash();
  }

  #tooltip(): string {
    const { text, trials, against = [], retired, evidence, disagrees, origin, specHash } = this.data;
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
      ...(against.length > 0 ? [l10n.t('Against it: {0}.', counts.trials(against.length))] : []),
      ...(retired === undefined ? [] : [l10n.t('It no longer holds: {0}', oneLine(retired))]),
      ...(this.#isOfOtherSpec() ? [l10n.t('The spec has changed since this was learned.')] : []),
      ...(specHash === '' ? [] : [l10n.t('Learned of the spec {0}.', oneLine(specHash, 12))]),
    ];
    return parts.join('\n');
  }
}

/** Trials by their ids, `limit` of them. */
async function trialsOf(
  asking: Asking,
  ids: readonly string[],
  from: number,
  limit: number,
): Promise<Page<TrialRow>> {
  const to = from + limit;
  const found = await Promise.all(ids.slice(from, to).map((id) => asking.request(engine.trial, { id })));
  return {
    rows: found.flatMap((trial) => (trial === null ? [] : [rowOfTrial(trial)])),
    next: to < ids.length ? String(to) : null,
  };
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
