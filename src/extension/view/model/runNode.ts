import * as l10n from '@vscode/l10n';
import { toolName } from '../../../core/toolName.ts';
import { engine, type RunSummary, type TrialRow } from '../../../protocol/engine.ts';
import { ago, dateAndTime } from '../../state/ago.ts';
import * as counts from '../../state/counts.ts';
import { trialExplanation } from '../../state/failureWords.ts';
import { oneLine } from '../../state/oneLine.ts';
import { countsText, subject, trialsOf } from '../../state/runTexts.ts';
import { simulatedSentence, simulatedShare } from '../../state/simulatedText.ts';
import type { Target } from '../../target.ts';
import { Level } from './level.ts';
import { NoteNode } from './otherNodes.ts';
import type { RunsContext } from './runsContext.ts';
import { type Row, TreeNode } from './treeNode.ts';
import { TrialNode } from './trialNode.ts';

/** Tools of a run that its tooltip names. */
const toolsNamed = 10;

/** What becomes of a run, as this window sees it: another process may be at it, or its engine may be gone. */
type Standing = RunSummary['status'] | 'elsewhere' | 'away';

/** A run; below it its trials, the newest first. */
export class RunNode extends TreeNode<RunSummary> {
  readonly #context: RunsContext;
  readonly #level: Level<TrialRow, TrialNode>;

  constructor(context: RunsContext, data: RunSummary) {
    super(null, data);
    this.#context = context;
    this.#level = new Level<TrialRow, TrialNode>({
      asking: context.asking,
      owner: this,
      ask: (after, limit) =>
        context.asking.request(engine.trials, {
          runId: data.id,
          limit,
          ...(after === undefined ? {} : { after }),
        }),
      key: ({ id }) => id,
      make: (trial) => new TrialNode(this, trial),
      first: () => this.#error(),
      nothing: () => new NoteNode(this, { text: this.#nothing(), icon: 'info' }),
    });
  }

  get id(): string {
    return `run:${this.data.id}`;
  }

  get row(): Row {
    const { tools, counts: brought, model, startedAt } = this.data;
    const standing = this.#standing();
    const on = standing === 'running' || standing === 'elsewhere';
    const label = tools.length === 0 ? l10n.t('No tools') : oneLine(subject(tools));
    const state = standingText(standing);
    const examples = brought.examples > 0 ? [counts.examples(brought.examples)] : [];
    const learned = brought.failures > 0 ? [...examples, counts.failedCalls(brought.failures)] : examples;
    const short = brought.failures > 0 ? [...examples, counts.failed(brought.failures)] : examples;
    const share = simulatedShare(brought.trials, brought.simulated);
    const played = share === '' ? [] : [share];
    const when = ago(startedAt, this.#context.now());
    const by = oneLine(model.label);
    const parts = on
      ? [...(standing === 'elsewhere' ? [state] : []), ...played, trialsOf(this.data), ...short, by]
      : [
          ...(standing === 'finished' ? [] : [state]),
          ...played,
          when,
          counts.trials(brought.trials),
          ...short,
          by,
        ];
    return {
      label,
      description: parts.join(' · '),
      tooltip: this.#tooltip(state),
      spoken: [
        label,
        state,
        ...(on ? [trialsOf(this.data)] : [when, counts.trials(brought.trials)]),
        ...played,
        ...learned,
        by,
      ].join(', '),
      ...iconOf(standing),
      context: `run.${contextOf(standing)}`,
      opens: 'closed',
    };
  }

  override get target(): Target {
    const { id, tools } = this.data;
    const [toolId, ...others] = tools;
    return { runId: id, ...(toolId !== undefined && others.length === 0 ? { toolId } : {}) };
  }

  /** The trials that have been asked for. */
  get trials(): readonly TrialNode[] {
    return this.#level.nodes;
  }

  override children(): Promise<TreeNode[]> {
    return this.#level.rows();
  }

  override outdate(): void {
    this.#level.outdate();
  }

  /** A trial has just ended. */
  add(trial: TrialRow): void {
    this.#level.add(trial);
  }

  #standing(): Standing {
    const { id, status } = this.data;
    if (status !== 'running') return status;
    if (!this.#context.isOwn(id)) return 'elsewhere';
    return this.#context.isUnderWay(id) ? 'running' : 'away';
  }

  #error(): TreeNode[] {
    const { error } = this.data;
    if (error === null) return [];
    const { message, advice } = error;
    const look = { icon: 'error', colour: 'list.errorForeground' };
    return [new NoteNode(this, { text: message, description: advice, ...look })];
  }

  #nothing(): string {
    if (this.data.tools.length === 0) return l10n.t('There was no tool to explore.');
    return this.#standing() === 'running'
      ? l10n.t('The first trial is under way.')
      : l10n.t('No trial came to an end.');
  }

  #tooltip(state: string): string {
    const { tools, counts: brought, planned, model, startedAt, endedAt, usage, error } = this.data;
    const names = tools.slice(0, toolsNamed).map((id) => oneLine(toolName(id)));
    const money = usage.usd === null || usage.usd === 0 ? [] : [`$${usage.usd.toFixed(2)}`];
    const tokens = usage.inputTokens + usage.outputTokens;
    const parts = [
      [...names, ...(tools.length > toolsNamed ? ['…'] : [])].join(', '),
      l10n.t('State: {0}', state),
      countsText(brought),
      ...(brought.simulated ? [simulatedSentence()] : []),
      // Most runs end before: what was planned means something only while there is more to come.
      ...(endedAt === null ? [l10n.t('At most {0} in all.', counts.trials(planned))] : []),
      model.isLanguageModel
        ? l10n.t('Model: {0}', oneLine(model.label))
        : l10n.t('Model: {0}. Its examples are a demonstration.', oneLine(model.label)),
      ...(model.isLanguageModel
        ? [[counts.modelCalls(usage.modelCalls), counts.tokens(tokens), ...money].join(', ')]
        : []),
      endedAt === null
        ? l10n.t('Began {0}', dateAndTime(startedAt))
        : l10n.t('Began {0}, ended {1}', dateAndTime(startedAt), dateAndTime(endedAt)),
      ...(error === null ? [] : [oneLine(error.message), oneLine(error.advice)]),
      trialExplanation(),
    ];
    return parts.filter(Boolean).join('\n');
  }
}

function standingText(standing: Standing): string {
  switch (standing) {
    case 'running':
      return l10n.t('running');
    case 'finished':
      return l10n.t('finished');
    case 'stopped':
      return l10n.t('stopped');
    case 'budget':
      return l10n.t('budget used up');
    case 'failed':
      return l10n.t('failed');
    case 'interrupted':
    case 'away':
      return l10n.t('cut off');
    case 'elsewhere':
      return l10n.t('in another window');
  }
}

function contextOf(standing: Standing): 'running' | 'resumable' | 'ended' {
  if (standing === 'running') return 'running';
  return standing === 'finished' || standing === 'elsewhere' ? 'ended' : 'resumable';
}

function iconOf(standing: Standing): Pick<Row, 'icon' | 'colour'> {
  switch (standing) {
    case 'running':
      return { icon: 'sync~spin' };
    case 'elsewhere':
      return { icon: 'eye' };
    case 'finished':
      return { icon: 'pass', colour: 'testing.iconPassed' };
    case 'stopped':
      return { icon: 'debug-pause' };
    case 'budget':
      return { icon: 'dashboard', colour: 'list.warningForeground' };
    case 'failed':
      return { icon: 'error', colour: 'testing.iconFailed' };
    case 'interrupted':
    case 'away':
      return { icon: 'debug-disconnect', colour: 'list.warningForeground' };
  }
}
