/** The rows below the first level of our views. */
import type { SourceRow, ToolFilter, ToolRow } from '../../protocol/engine.ts';
import { engine } from '../../protocol/engine.ts';
import type { Asking } from './model/asking.ts';
import { Level } from './model/level.ts';
import { ReviewNode } from './model/reviewNode.ts';
import { RunsModel, type RunsOptions } from './model/runsModel.ts';
import { ToolNode } from './model/toolNode.ts';
import type { ToolsContext } from './model/toolsContext.ts';
import type { TreeNode } from './model/treeNode.ts';

/** The tools of a source, as far as they were asked for. */
export type ToolLevel = Pick<Level<ToolRow, ToolNode>, 'nodes' | 'rows' | 'outdate' | 'find'>;

export interface Rows {
  toolsOf(context: ToolsContext, owner: TreeNode<SourceRow>, filter: ToolFilter | null): ToolLevel;
  openRuns(options: RunsOptions): RunsModel;
  /** `waiting`: how many examples wait for a person's word. */
  openReview(asking: Asking, waiting: number): ReviewNode;
}

export function openLevels(): Rows {
  return {
    openRuns: (options) => new RunsModel(options),
    openReview: (asking, waiting) => new ReviewNode(asking, waiting),
    toolsOf(context, owner, filter) {
      const { folder, path } = owner.data;
      return new Level<ToolRow, ToolNode>({
        asking: context.asking,
        owner,
        ask: (after, limit) =>
          context.asking.request(engine.tools, {
            ...filter,
            source: { folder, path },
            limit,
            ...(after === undefined ? {} : { after }),
          }),
        key: ({ id }) => id,
        make: (tool) => new ToolNode(context, owner, tool),
      });
    },
  };
}
