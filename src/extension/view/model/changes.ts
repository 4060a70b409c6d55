import { Emitter } from '../../emitter.ts';
import type { TreeNode } from './treeNode.ts';

/** Redraws are no closer together than this, milliseconds: trials of many tools come fast. */
const pace = 200;

/** Gathers which rows are to be drawn anew. A change after a quiet while is told at once. */
export class Changes {
  /** The rows, each with what is below it; null for the whole view. */
  readonly onChange = new Emitter<readonly TreeNode[] | null>();
  readonly #pace: number;
  #marked = new Set<TreeNode>();
  #all = false;
  #last = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(every = pace) {
    this.#pace = every;
  }

  mark(node: TreeNode | null): void {
    if (node === null) this.#all = true;
    else this.#marked.add(node);
    this.#timer ??= setTimeout(() => this.#tell(), Math.max(0, this.#last + this.#pace - performance.now()));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.onChange.dispose();
  }

  #tell(): void {
    this.#timer = undefined;
    this.#last = performance.now();
    const nodes = this.#all ? null : [...this.#marked];
    this.#marked = new Set();
    this.#all = false;
    this.onChange.fire(nodes);
  }
}
