import * as l10n from '@vscode/l10n';
import type { Lesson } from '../../../core/trial.ts';
import { engine, type Page } from '../../../protocol/engine.ts';
import * as counts from '../../state/counts.ts';
import type { Target } from '../../target.ts';
import type { Asking } from './asking.ts';
import { LessonNode } from './lessonNode.ts';
import { Level } from './level.ts';
import type { ToolNode } from './toolNode.ts';
import { type Row, TreeNode } from './treeNode.ts';

/** Lessons about a tool. */
export class LessonsNode extends TreeNode<ToolNode> {
  readonly #level: Level<Lesson, LessonNode>;

  constructor(asking: Asking, tool: ToolNode) {
    super(tool, tool);
    this.#level = new Level<Lesson, LessonNode>({
      asking,
      owner: this,
      ask: (after, limit): Promise<Page<Lesson>> =>
        asking.request(engine.lessons, {
          tool: tool.toolId,
          limit,
          ...(after === undefined ? {} : { after }),
        }),
      key: ({ id }) => id,
      make: (lesson) => new LessonNode(asking, this, lesson),
    });
  }

  get count(): number {
    return this.data.data.counts.lessons;
  }

  get id(): string {
    return `${this.data.toolId}/lessons`;
  }

  get row(): Row {
    const label = l10n.t('Lessons');
    return {
      label,
      description: counts.number(this.count),
      tooltip: l10n.t(
        'What was learned about this tool beyond its spec, in a sentence each, with the trials behind it.',
      ),
      spoken: `${label}: ${counts.number(this.count)}`,
      icon: 'mortar-board',
      context: 'lessons',
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
