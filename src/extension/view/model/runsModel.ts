/** The view Runs: runs, the newest first, with their trials; under a filter the trials that it lets through. */
import * as l10n from '@vscode/l10n';
import { type EngineEvent, engine, type RunSummary, type TrialRow } from '../../../protocol/engine.ts';
import { outcomeWord } from '../../state/failureWords.ts';
import { oneLine } from '../../state/oneLine.ts';
import type { Recovery } from '../../state/recovery.ts';
import type { Workbench } from '../../state/workbench.ts';
import type { TrialsFilter } from '../../surroundings.ts';
import type { Asking } from './asking.ts';
import type { Changes } from './changes.ts';
import { Level } from './level.ts';
import { staleText } from './messages.ts';
import { NoteNode } from './otherNodes.ts';
import { RunNode } from './runNode.ts';
import type { RunsContext } from './runsContext.ts';
import type { TreeModel } from './treeModel.ts';
import type { TreeNode } from './treeNode.ts';
import { TrialNode } from './trialNode.ts';

/** How long ago a run was is written anew so often, milliseconds. */
const clock = 60_000;

export interface RunsOptions {
  asking: Asking;
  workbench: Workbench;
  recovery: Pick<Recovery, 'isUnderWay'>;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export class RunsModel implements TreeModel {
  readonly badge = 0;
  readonly #asking: Asking;
  readonly #workbench: Workbench;
  readonly #context: RunsContext;
  readonly #runs: Level<RunSummary, RunNode>;
  readonly #listening: { dispose(): void };
  readonly #timer: ReturnType<typeof setInterval>;
  #filter: TrialsFilter | null = null;
  #trials: Level<TrialRow, TrialNode> | null = null;
  /** Another process may write runs: what is known of the engine's account tells when to ask again. */
  #engine: Workbench['engine'] = null;
  #link: Workbench['link'] = 'asleep';

  constructor({ asking, workbench, recovery, now = Date.now }: RunsOptions) {
    this.#asking = asking;
    this.#workbench = workbench;
    this.#context = {
      asking,
      isOwn: (id) => workbench.isOwn(id),
      isUnderWay: (id) => recovery.isUnderWay(id),
      now,
    };
    this.#runs = new Level<RunSummary, RunNode>({
      asking,
      owner: null,
      ask: (after, limit) =>
        asking.request(engine.runs, { limit, ...(after === undefined ? {} : { after }) }),
      key: ({ id }) => id,
      // What was pushed is newer than a page that was asked for before.
      make: (run) => new RunNode(this.#context, workbench.run(run.id) ?? run),
    });
    this.#listening = workbench.onChange.listen(() => this.#look());
    this.#look();
    this.#timer = setInterval(() => this.#tick(), clock);
    this.#timer.unref?.();
  }

  get changes(): Changes {
    return this.#asking.changes;
  }

  get filter(): TrialsFilter | null {
    return this.#filter;
  }

  /** The runs that have been asked for. */
  get runs(): readonly RunNode[] {
    return this.#runs.nodes;
  }

  /** Shows the trials that a filter lets through, of all runs; null shows the runs. */
  setFilter(filter: TrialsFilter | null): void {
    this.#filter = filter;
    this.#trials = filter === null ? null : this.#levelOf(filter);
    this.changes.mark(null);
  }

  async roots(): Promise<TreeNode[]> {
    const { link, folders } = this.#workbench;
    // Without an engine there is nothing to wait for: why there is none is said by the view itself.
    if (folders === 0 || (link === 'away' && this.#runs.nodes.length === 0)) return [];
    if (this.#workbench.engine === null && link !== 'away') {
      return [new NoteNode(null, { text: l10n.t('Loading…'), icon: 'loading~spin' })];
    }
    return this.#trials === null ? this.#runs.rows() : this.#trials.rows();
  }

  get message(): string {
    const shown = this.#runs.nodes.length > 0 || this.#filter !== null;
    const stale = shown ? staleText(this.#workbench) : '';
    return [stale, this.#filterText()].filter(Boolean).join(' ');
  }

  /** Trials that have just ended stand at the top of their run. */
  hear(events: readonly EngineEvent[]): void {
    for (const event of events) {
      if (event.type !== 'trial') continue;
      const { row } = event;
      this.#runs.nodes.find((node) => node.data.id === row.runId)?.add(row);
      const fits = this.#filter === null ? null : letsThrough(this.#filter, row);
      if (fits === true) this.#trials?.add(row);
      // Whether words fit is the engine's to say.
      if (fits === 'perhaps') {
        this.#trials?.outdate();
        this.changes.mark(null);
      }
    }
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#listening.dispose();
  }

  #levelOf({ outcome, failed, text }: TrialsFilter): Level<TrialRow, TrialNode> {
    return new Level<TrialRow, TrialNode>({
      asking: this.#asking,
      owner: null,
      ask: (after, limit) =>
        this.#asking.request(engine.trials, {
          limit,
          ...(after === undefined ? {} : { after }),
          ...(outcome === undefined ? {} : { outcome }),
          ...(failed === undefined ? {} : { failed }),
          ...(text === undefined ? {} : { text }),
        }),
      key: ({ id }) => id,
      make: (trial) => new TrialNode(null, trial),
      nothing: () =>
        new NoteNode(null, {
          text: l10n.t('No trial fits the filter.'),
          description: l10n.t('Clear the filter'),
          icon: 'clear-all',
          click: 'clearRunsFilter',
        }),
    });
  }

  /** Runs that are new stand at the top; those that have changed are drawn anew. */
  #look(): void {
    const { engine: state, runs, link } = this.#workbench;
    if (link === 'away' && this.#link !== 'away') this.changes.mark(null);
    this.#link = link;
    if (state !== this.#engine) {
      this.#engine = state;
      this.#runs.outdate();
      for (const node of this.#runs.nodes) node.outdate();
      this.#trials?.outdate();
      this.changes.mark(null);
    }
    const nodes = new Map(this.#runs.nodes.map((node) => [node.data.id, node]));
    for (const run of [...runs].reverse()) {
      const node = nodes.get(run.id);
      if (!node) this.#runs.add(run);
      else if (this.#hasChanged(node, run)) this.changes.mark(node);
    }
  }

  /** One that is on may look otherwise where its data are the same: its engine may be gone. */
  #hasChanged(node: RunNode, run: RunSummary): boolean {
    // This is looked at ten times a second, and a row has dates in it, which take long to write.
    if (node.data === run && run.status !== 'running') return false;
    const before = JSON.stringify(node.row);
    node.data = run;
    return JSON.stringify(node.row) !== before;
  }

  #tick(): void {
    for (const node of this.#runs.nodes) this.changes.mark(node);
  }

  #filterText(): string {
    if (this.#filter === null) return '';
    const { outcome, failed, text } = this.#filter;
    const what = [
      ...(outcome === undefined ? [] : [outcomeWord(outcome)]),
      ...(failed ? [l10n.t('with failed calls')] : []),
      ...(text === undefined ? [] : [l10n.t('with “{0}”', oneLine(text, 60))]),
    ].join(', ');
    return l10n.t('Showing trials of all runs: {0}.', what);
  }
}

function letsThrough({ outcome, failed, text }: TrialsFilter, row: TrialRow): boolean | 'perhaps' {
  if (outcome !== undefined && row.outcome !== outcome) return false;
  if (failed !== undefined && row.failures.length > 0 !== failed) return false;
  return text === undefined ? true : 'perhaps';
}
