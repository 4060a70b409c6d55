/** Finds the row of a tool, or of a source, in the view Tools and moves the focus there. */
import type { ToolFilter } from '../../protocol/engine.ts';
import type { LearnedGroup } from '../surroundings.ts';
import type { ToolsModel } from './model/toolsModel.ts';
import type { TreeNode } from './model/treeNode.ts';
import type { ModelTree } from './modelTree.ts';

/** A tool as far as it tells where its row is. */
export interface SoughtTool {
  id: string;
  name: string;
  /** Absolute path of its workspace folder. */
  folder: string;
}

/**
 * Shows the row of a tool, or below it that of what was learned. A filter that hides it goes; of a source with more tools
 * than a view shows at a time, those of its name are shown alone. False when there is no such row.
 */
export async function revealTool(
  tree: ModelTree<ToolsModel>,
  tool: SoughtTool,
  group: LearnedGroup | undefined,
): Promise<boolean> {
  const { model } = tree;
  const filters: (ToolFilter | null)[] = [model.filter, null, { text: tool.name }];
  for (const [index, filter] of filters.entries()) {
    if (index > 0) {
      if (filter === null && model.filter === null) continue;
      model.setFilter(filter);
    }
    await tree.getChildren();
    const row = await model.findTool(tool);
    if (!row) continue;
    const below = group && row.children().find(({ id }) => id === `${tool.id}/${group}`);
    await tree.reveal(below ?? row, below !== undefined);
    return true;
  }
  return false;
}

/** The same for what waits for the person's word. */
export async function revealReview(tree: ModelTree<ToolsModel>): Promise<boolean> {
  if (tree.model.filter !== null) tree.model.setFilter(null);
  await tree.getChildren();
  const { review } = tree.model;
  if (review) await tree.reveal(review, true);
  return review !== null;
}

/** The same for a source. */
export async function revealSource(
  tree: ModelTree<ToolsModel>,
  { folder, path }: { folder: string; path: string },
): Promise<boolean> {
  const find = (): TreeNode | undefined =>
    tree.model.sources.find(({ data }) => data.folder === folder && data.path === path);
  await tree.getChildren();
  if (!find() && tree.model.filter !== null) {
    tree.model.setFilter(null);
    await tree.getChildren();
  }
  const row = find();
  if (row) await tree.reveal(row, true);
  return row !== undefined;
}
