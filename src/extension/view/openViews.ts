import { views as ids } from '../../protocol/contributions.ts';
import { engine } from '../../protocol/engine.ts';
import type { EngineLink } from '../link/engineLink.ts';
import { loadRows } from '../loadRows.ts';
import type { Recovery } from '../state/recovery.ts';
import type { Workbench } from '../state/workbench.ts';
import type { Views } from '../surroundings.ts';
import { Asking } from './model/asking.ts';
import { RunsView } from './model/runsView.ts';
import { ToolsModel } from './model/toolsModel.ts';
import type { TreeNode } from './model/treeNode.ts';
import { ModelTree } from './modelTree.ts';
import { revealReview, revealSource, revealTool } from './revealTool.ts';
import type { Rows } from './rows.ts';

export interface OpenViews extends Views {
  readonly tools: ModelTree<ToolsModel>;
  readonly runs: ModelTree<RunsView>;
  dispose(): void;
}

/** Opens our two views. */
export function openViews(
  link: EngineLink,
  workbench: Workbench,
  recovery: Recovery,
  log: (error: unknown) => void,
): OpenViews {
  let loaded: Promise<Rows> | undefined;
  const rows = (): Promise<Rows> => {
    loaded ??= loadRows().then(({ openRows }) => openRows());
    return loaded;
  };
  const toolsModel = new ToolsModel(new Asking(link, log), workbench, rows);
  const runsModel = new RunsView({ asking: new Asking(link, log), workbench, recovery }, rows);
  const tools = new ModelTree(ids.tools, toolsModel, workbench.onChange);
  const runs = new ModelTree(ids.runs, runsModel, workbench.onChange);
  const listening = [
    link.onEvents.listen((events) => runsModel.hear(events)),
    tools.view.onDidChangeVisibility(({ visible }) => {
      if (visible) link.tell(engine.editorTools, {});
    }),
  ];
  return {
    tools,
    runs,
    get toolsFilter() {
      return toolsModel.filter;
    },
    get trialsFilter() {
      return runsModel.filter;
    },
    filterTools: (filter) => toolsModel.setFilter(filter),
    filterTrials: (filter) => runsModel.setFilter(filter),
    async showMore(row) {
      if (!isGrowing(row)) return;
      const selected: readonly unknown[] = runs.view.selection;
      const inRuns = selected.includes(row);
      const first = await row.more();
      // The row that was clicked is gone: whoever reads with the keyboard goes on where they were.
      if (first) await (inRuns ? runs : tools).reveal(first).catch(log);
    },
    revealTool: (tool, group) => revealTool(tools, tool, group),
    revealReview: () => revealReview(tools),
    revealSource: (source) => revealSource(tools, source),
    dispose() {
      for (const one of listening) one.dispose();
      for (const tree of [tools, runs]) tree.dispose();
      for (const model of [toolsModel, runsModel]) model.dispose();
    },
  };
}

/** The row `Show more`, which comes from another stage with classes of its own. */
function isGrowing(row: unknown): row is { more(): Promise<TreeNode | undefined> } {
  return typeof row === 'object' && row !== null && 'more' in row && typeof row.more === 'function';
}
