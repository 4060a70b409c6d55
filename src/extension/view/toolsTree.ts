import {
  type Disposable,
  EventEmitter,
  Range,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  Uri,
  window,
} from 'vscode';
import { views } from '../../protocol/contributions.ts';
import type { Workbench } from '../state/workbench.ts';
import { type Node, type SourceNode, sourceNodes, ToolNode, treeMessage } from './nodes.ts';

/** Redraws are no closer together than this, milliseconds: trials of many tools come fast. */
const pace = 200;

/** The view Tools: shows the nodes of the workbench, and adds nothing of its own. */
export class ToolsTree implements TreeDataProvider<Node>, Disposable {
  readonly #workbench: Workbench;
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: TreeView<Node>;
  readonly #listening: { dispose(): void };
  #nodes: SourceNode[] = [];
  #shown = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
    this.#view = window.createTreeView(views.tools, { treeDataProvider: this, showCollapseAll: true });
    this.#listening = workbench.onChange.listen(() => this.#schedule());
    this.#redraw();
  }

  /** Rows of the view as they are shown now, for tests and for whoever reads them aloud. */
  get nodes(): readonly SourceNode[] {
    return this.#nodes;
  }

  getChildren(node?: Node): Node[] | Promise<Node[]> {
    if (node === undefined) return this.#whenKnown();
    return node instanceof ToolNode ? [] : node.tools;
  }

  getParent(node: Node): Node | undefined {
    return node instanceof ToolNode ? this.#nodes.find((source) => source.tools.includes(node)) : undefined;
  }

  getTreeItem(node: Node): TreeItem {
    const { row } = node;
    const leaf = node instanceof ToolNode;
    const state = leaf ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Expanded;
    const item = new TreeItem(row.label, state);
    item.id = row.id;
    item.description = row.description;
    item.tooltip = row.tooltip;
    item.contextValue = row.context;
    item.accessibilityInformation = { label: row.spoken };
    item.iconPath = new ThemeIcon(row.icon);
    if (leaf) {
      const { path, line, column } = row.place;
      const start = { line: line - 1, character: column - 1 };
      const selection = new Range(start.line, start.character, start.line, start.character);
      item.command = {
        command: 'vscode.open',
        title: 'Open Spec',
        arguments: [Uri.file(path), { selection, preserveFocus: false }],
      };
    }
    return item;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listening.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  /** While the engine is on its way the view shows that it is busy, not that there is nothing. */
  #whenKnown(): Node[] | Promise<Node[]> {
    if (this.#known()) return this.#nodes;
    return new Promise((resolve) => {
      const listening = this.#workbench.onChange.listen(() => {
        if (!this.#known()) return;
        listening.dispose();
        this.#redraw();
        resolve(this.#nodes);
      });
    });
  }

  #known(): boolean {
    const { catalogue, link, folders } = this.#workbench;
    return catalogue !== null || link === 'away' || folders === 0;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#redraw();
    }, pace);
  }

  #redraw(): void {
    const nodes = sourceNodes(this.#workbench);
    const shown = JSON.stringify(nodes);
    const { waitingApprovals } = this.#workbench;
    this.#view.message = treeMessage(this.#workbench);
    this.#view.badge =
      waitingApprovals > 0
        ? { value: waitingApprovals, tooltip: 'Calls that wait for your word' }
        : undefined;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#nodes = nodes;
    this.#changed.fire(undefined);
  }
}
