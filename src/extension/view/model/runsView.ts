import type { EngineEvent } from '../../../protocol/engine.ts';
import type { TrialsFilter } from '../../surroundings.ts';
import type { Rows } from '../levels.ts';
import type { Changes } from './changes.ts';
import type { RunsModel, RunsOptions } from './runsModel.ts';
import type { TreeModel } from './treeModel.ts';
import type { TreeNode } from './treeNode.ts';

/** The model of the view Runs, which is loaded when the view is first drawn. */
export class RunsView implements TreeModel {
  readonly badge = 0;
  readonly #options: RunsOptions;
  readonly #rows: () => Promise<Rows>;
  #model: RunsModel | null = null;
  #filter: TrialsFilter | null = null;

  constructor(options: RunsOptions, rows: () => Promise<Rows>) {
    this.#options = options;
    this.#rows = rows;
  }

  /** Null as long as nobody has seen the view. */
  get model(): RunsModel | null {
    return this.#model;
  }

  get changes(): Changes {
    return this.#options.asking.changes;
  }

  get filter(): TrialsFilter | null {
    return this.#filter;
  }

  get message(): string {
    return this.#model?.message ?? '';
  }

  async roots(): Promise<TreeNode[]> {
    const rows = await this.#rows();
    if (this.#model === null) {
      this.#model = rows.openRuns(this.#options);
      if (this.#filter) this.#model.setFilter(this.#filter);
    }
    return this.#model.roots();
  }

  setFilter(filter: TrialsFilter | null): void {
    this.#filter = filter;
    this.#model?.setFilter(filter);
    this.#options.workbench.onChange.fire();
  }

  hear(events: readonly EngineEvent[]): void {
    this.#model?.hear(events);
  }

  dispose(): void {
    this.#model?.dispose();
    this.changes.dispose();
  }
}
