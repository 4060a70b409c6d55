import * as l10n from '@vscode/l10n';
import type { Example } from '../../../core/trial.ts';
import { engine } from '../../../protocol/engine.ts';
import * as counts from '../../state/counts.ts';
import type { Target } from '../../target.ts';
import type { Asking } from './asking.ts';
import { ExampleNode } from './exampleNode.ts';
import { Level } from './level.ts';
import type { ToolNode } from './toolNode.ts';
import { type Row, TreeNode } from './treeNode.ts';

/** Learned examples of a tool. */
export class ExamplesNode extends TreeNode<ToolNode> {
  readonly #level: Level<Example, ExampleNode>;

  constructor(asking: Asking, tool: ToolNode) {
    super(tool, tool);
    this.#level = new Level<Example, ExampleNode>({
      asking,
      owner: this,
      ask: (after, limit) =>
        asking.request(engine.examples, {
          tool: tool.toolId,
          limit,
          ...(after === undefined ? {} : { after }),
        }),
      key: ({ id }) => id,
      make: (example) => new ExampleNode(this, example),
    });
  }

  get count(): number {
    return this.data.data.counts.examples;
  }

  get id(): string {
    return `${this.data.toolId}/examples`;
  }

  get row(): Row {
    const label = l10n.t('Learned examples');
    return {
      label,
      description: counts.number(this.count),
      tooltip: l10n.t(
        'Queries that this tool answered, with the calls that did it. Insert them into a prompt, or drag them into an editor.',
      ),
      spoken: `${label}: ${counts.number(this.count)}`,
      icon: 'lightbulb',
      context: 'examples',
      opens: 'closed',
    };
  }

  override get target(): Target {
    return { toolId: this.data.toolId };
  }

  override children(): Promise<TreeNode[]> {
    return this.#level.rows();
  }

  override outdate(): void {
    this.#level.outdate();
  }
}
