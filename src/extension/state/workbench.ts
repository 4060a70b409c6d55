import type { RunStatus } from '../../core/run.ts';
import type { EngineEvent, EngineState, Job, RunSummary, Sources } from '../../protocol/engine.ts';
import { Emitter } from '../emitter.ts';
import type { LinkState } from '../link/engineLink.ts';

/** How runs end that can go on. */
const canGoOn: ReadonlySet<RunStatus> = new Set(['stopped', 'budget', 'failed', 'interrupted']);

/** What the window knows: what the engine said last, and what is its own. It knows no editor. */
export class Workbench {
  /** Something is another than before. */
  readonly onChange = new Emitter<void>();
  link: LinkState = 'asleep';
  trusted = false;
  /** How many workspace folders are open. */
  folders = 0;
  /** Questions to the person that nobody has answered. */
  waitingApprovals = 0;
  /** What is wrong with the workspace, until the person has looked at the log. */
  trouble: string | null = null;
  /** The first level of the catalogue; null as long as nothing is known of it. Another object when it has changed. */
  sources: Sources | null = null;
  /** `sources` is what an earlier window kept: the engine has not spoken yet. */
  remembered = false;
  engine: Omit<EngineState, 'runs' | 'job'> | null = null;
  /** The newest work on what was explored. */
  job: Job | null = null;
  /** What it is at, in a word or two; may be empty. */
  doing = '';
  /** The one that this window's engine works on, or did last. */
  #ownJob = '';
  #runs = new Map<string, RunSummary>();
  /** Ids of the runs that this window's engine works on, or did. */
  #own = new Set<string>();
  /** Warnings of a run, by run: they are in the log. */
  #warnings = new Map<string, number>();
  /** Tools that a run is at, by run and tool. */
  #doing = new Map<string, { runId: string; tool: string }>();

  /** Changes what is given, and tells. */
  set(
    changes: Partial<Pick<Workbench, 'link' | 'trusted' | 'folders' | 'waitingApprovals' | 'trouble'>>,
  ): void {
    Object.assign(this, changes);
    this.onChange.fire();
  }

  /** Shows what an earlier window kept, until the engine says how it is now. */
  remember(sources: Sources): void {
    this.sources = sources;
    this.remembered = true;
    this.onChange.fire();
  }

  setSources(sources: Sources): void {
    if (this.sources && !this.remembered && sources.version < this.sources.version) return;
    this.#take(sources);
    this.onChange.fire();
  }

  /** The engine's own account, after its start: a new engine counts versions anew. */
  setEngine({ runs, job, ...engine }: EngineState, sources: Sources): void {
    this.engine = engine;
    this.job = job ?? null;
    this.#take(sources);
    this.#runs = new Map(runs.map((run) => [run.id, run]));
    this.#doing.clear();
    this.onChange.fire();
  }

  /** Takes over what was pushed; trials count for their run until the run itself tells again. */
  hear(events: readonly EngineEvent[]): void {
    for (const event of events) {
      if (event.type === 'run') this.#hearRun(event.run);
      else if (event.type === 'trial') this.#hearTrial(event.row);
      else if (event.type === 'job') this.#hearJob(event);
      else if (event.type === 'notice') this.#hearNotice(event);
      else if (event.type === 'progress') {
        this.#doing.set(`${event.runId} ${event.tool}`, {
          runId: event.runId,
          tool: event.tool,
        });
      }
    }
    this.onChange.fire();
  }

  /**
   * This window's engine works on the run: it has said so. What was known of a run that goes on is from before, until the
   * engine tells of it: whoever follows it must not take that for its end.
   */
  own(runId: string): void {
    this.#own.add(runId);
    const known = this.#runs.get(runId);
    if (!known || !canGoOn.has(known.status)) return;
    this.#runs.set(runId, { ...known, status: 'running', endedAt: null, error: null });
    this.onChange.fire();
  }

  /** The newest runs of this workspace, those that others started included; the newest first. */
  get runs(): RunSummary[] {
    return [...this.#runs.values()].sort((a, b) => b.startedAt - a.startedAt);
  }

  /** This window's runs that are under way, the oldest first. */
  get running(): RunSummary[] {
    return this.runs.filter((run) => run.status === 'running' && this.#own.has(run.id)).reverse();
  }

  /** The newest run that was stopped or cut off and can go on. */
  get resumable(): RunSummary | null {
    return this.runs.find(({ status }) => canGoOn.has(status)) ?? null;
  }

  /** This window's work on what was explored, while it is under way. */
  get working(): Job | null {
    const { job } = this;
    return job?.status === 'running' && job.id === this.#ownJob && this.link !== 'away' ? job : null;
  }

  /** The newest such work, where it was stopped or cut off and can go on. */
  get resumableJob(): Job | null {
    return this.job && canGoOn.has(this.job.status) ? this.job : null;
  }

  /** How many tools there are, and how many of them can be run. */
  get toolsTotal(): number {
    return this.sources?.tools ?? 0;
  }

  get runnableTotal(): number {
    return this.sources?.runnable ?? 0;
  }

  /** Whether this window's engine works on the run, or did. */
  isOwn(runId: string): boolean {
    return this.#own.has(runId);
  }

  /** How many warnings of a run are in the log. */
  warningsOf(runId: string): number {
    return this.#warnings.get(runId) ?? 0;
  }

  run(id: string): RunSummary | undefined {
    return this.#runs.get(id);
  }

  /** Ids of the tools that are being explored at this moment, of whatever run. */
  get busyTools(): ReadonlySet<string> {
    const running = new Set(this.running.map((run) => run.id));
    return new Set([...this.#doing.values()].filter((one) => running.has(one.runId)).map((one) => one.tool));
  }

  #hearNotice({ runId, severity, message, advice }: Extract<EngineEvent, { type: 'notice' }>): void {
    if (severity === 'info') return;
    if (runId === null) this.trouble = `${message} ${advice}`.trim();
    else if (severity === 'warning') this.#warnings.set(runId, this.warningsOf(runId) + 1);
  }

  #take(sources: Sources): void {
    // What an earlier window kept is more than a search has found so far: rows would go, only to come again.
    if (this.remembered && sources.searching) return;
    this.sources = sources;
    this.remembered = false;
  }

  #hearRun(run: RunSummary): void {
    if (run.status === 'running') this.#own.add(run.id);
    else for (const key of this.#doing.keys()) if (key.startsWith(`${run.id} `)) this.#doing.delete(key);
    this.#runs.set(run.id, run);
  }

  #hearJob({ job, doing = '' }: Extract<EngineEvent, { type: 'job' }>): void {
    this.job = job;
    this.doing = doing;
    if (job.status === 'running') this.#ownJob = job.id;
  }

  #hearTrial(row: Extract<EngineEvent, { type: 'trial' }>['row']): void {
    // The next trial of the tool says so itself; after the last one nothing is done any more.
    this.#doing.delete(`${row.runId} ${row.tool}`);
    const run = this.#runs.get(row.runId);
    if (!run) return;
    const { trials, examples, failures, lessons, simulated = 0 } = run.counts;
    this.#runs.set(run.id, {
      ...run,
      counts: {
        trials: trials + 1,
        examples: examples + (row.example ? 1 : 0),
        failures: failures + row.failures.length,
        lessons,
        ...(simulated > 0 || row.simulated ? { simulated: simulated + (row.simulated ? 1 : 0) } : {}),
      },
    });
  }
}
