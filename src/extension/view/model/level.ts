import * as l10n from '@vscode/l10n';
import type { Page } from '../../../protocol/engine.ts';
import type { Asking } from './asking.ts';
import { MoreNode, NoteNode } from './otherNodes.ts';
import type { TreeNode } from './treeNode.ts';

/** Rows that are shown at first, and that `Show more` adds. */
export const pageRows = 200;
/** Rows that the engine hands over at once. */
const largestPage = 1000;

export interface LevelOptions<D, N extends TreeNode<D>> {
  asking: Asking;
  /** The row above; null at the top. */
  owner: TreeNode | null;
  ask: (after: string | undefined, limit: number) => Promise<Page<D>>;
  /** Tells the same thing in two answers. */
  key: (data: D) => string;
  make: (data: D) => N;
  /** Rows that stand before the others. */
  first?: () => TreeNode[];
  /** Rows that stand after the others, once all of those are there. */
  last?: () => TreeNode[];
  /** Said where there is nothing, and nothing stands before. */
  nothing?: () => TreeNode | null;
  /** Rows a page. */
  page?: number;
}

/** The rows below one row, as far as they were asked for: a page at first, and more when somebody wants more. */
export class Level<D, N extends TreeNode<D>> {
  readonly #options: LevelOptions<D, N>;
  readonly #page: number;
  #nodes: N[] = [];
  #next: string | null = null;
  #wanted: number;
  /** Nothing has come yet. */
  #empty = true;
  #outdated = true;
  #loading: Promise<void> | null = null;
  #problem: string | null = null;

  constructor(options: LevelOptions<D, N>) {
    this.#options = options;
    this.#page = options.page ?? pageRows;
    this.#wanted = this.#page;
  }

  /** The rows that have come, without those that only say something. */
  get nodes(): readonly N[] {
    return this.#nodes;
  }

  /**
   * The rows to draw, asked for where they are not known or may be out of date. While there is no engine it is said that
   * they are on their way: a view waits with its first level for all rows below that are open.
   */
  async rows(): Promise<TreeNode[]> {
    if (this.#outdated || this.#loading) {
      const loading = this.#load();
      if (this.#empty && !this.#options.asking.ready()) {
        void loading.then(() => this.#tell());
        return [new NoteNode(this.#options.owner, { text: l10n.t('Loading…'), icon: 'loading~spin' })];
      }
      await loading;
    }
    return this.#drawn();
  }

  outdate(): void {
    this.#outdated = true;
    for (const node of this.#nodes) node.outdate();
  }

  /** Adds a page. Resolves with the first row that it brought. */
  async more(): Promise<N | undefined> {
    const before = this.#nodes.length;
    this.#wanted = before + this.#page;
    this.#outdated = true;
    await this.#load();
    this.#tell();
    return this.#nodes[before];
  }

  /** The row of this key among the first `most`; pages are asked for until it is there. */
  async find(key: string, most: number): Promise<N | undefined> {
    await this.rows();
    while (!this.#find(key) && this.#next !== null && this.#nodes.length < most) {
      const before = this.#nodes.length;
      await this.more();
      if (this.#nodes.length === before) break;
    }
    return this.#find(key);
  }

  /** Something new, which stands before the rest. What has come before with the same key is brought up to date. */
  add(data: D): void {
    // The answer that is under way may have been given before.
    if (this.#loading) this.#outdated = true;
    if (this.#empty) return;
    const known = this.#find(this.#options.key(data));
    if (known) known.data = data;
    else {
      this.#nodes.unshift(this.#options.make(data));
      this.#wanted = Math.max(this.#wanted, this.#nodes.length);
    }
    this.#tell();
  }

  #find(key: string): N | undefined {
    return this.#nodes.find((node) => this.#options.key(node.data) === key);
  }

  #tell(): void {
    this.#options.asking.changes.mark(this.#options.owner);
  }

  #drawn(): TreeNode[] {
    const { owner, first, last, nothing } = this.#options;
    const before = first?.() ?? [];
    const after = this.#next === null && !this.#empty ? (last?.() ?? []) : [];
    if (this.#problem !== null && this.#empty) {
      return [...before, new NoteNode(owner, { text: this.#problem, icon: 'warning' })];
    }
    if (this.#nodes.length === 0 && before.length === 0 && after.length === 0) {
      const note = nothing?.();
      return note ? [note] : [];
    }
    const more = this.#next === null ? [] : [new MoreNode(owner, { level: this, shown: this.#nodes.length })];
    return [...before, ...this.#nodes, ...more, ...after];
  }

  /** Never rejects: what is known stays, and is asked for again when it is next wanted. */
  #load(): Promise<void> {
    this.#loading ??= this.#ask().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #ask(): Promise<void> {
    try {
      // Whatever changes meanwhile is asked for once more.
      while (this.#outdated) {
        this.#outdated = false;
        await this.#readPages();
      }
      this.#problem = null;
    } catch (error) {
      this.#outdated = true;
      this.#problem = this.#options.asking.explain(error);
    }
  }

  async #readPages(): Promise<void> {
    const rows: D[] = [];
    let next: string | null = null;
    do {
      const limit = Math.min(largestPage, this.#wanted - rows.length);
      const page: Page<D> = await this.#options.ask(next ?? undefined, limit);
      rows.push(...page.rows);
      next = page.next;
    } while (next !== null && rows.length < this.#wanted);
    const { key, make } = this.#options;
    const known = new Map(this.#nodes.map((node) => [key(node.data), node]));
    this.#nodes = rows.map((data) => {
      const node = known.get(key(data));
      if (!node) return make(data);
      node.data = data;
      return node;
    });
    this.#next = next;
    this.#empty = false;
  }
}
