import * as l10n from '@vscode/l10n';
import {
  type DataTransfer,
  DataTransferItem,
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  Uri,
  window,
} from 'vscode';
import { commands } from '../../protocol/contributions.ts';
import { dragTypes } from '../../protocol/dragTypes.ts';
import { trialScheme } from '../trial/trialAddress.ts';
import type { TreeModel } from './model/treeModel.ts';
import type { Row, TreeNode } from './model/treeNode.ts';

const states: Record<Row['opens'], TreeItemCollapsibleState> = {
  never: TreeItemCollapsibleState.None,
  closed: TreeItemCollapsibleState.Collapsed,
  open: TreeItemCollapsibleState.Expanded,
};

/** How long the window gets to paint rows that it was given before it is kept busy, milliseconds. */
const afterRows = 60;

/** How often, and with how many milliseconds between, a row is looked for in a view that is being drawn anew. */
const reveals = { attempts: 10, pause: 100 };

/** A view: draws the rows of a model, and adds nothing of its own. */
export class ModelTree<M extends TreeModel> implements TreeDataProvider<TreeNode> {
  readonly model: M;
  readonly view: TreeView<TreeNode>;
  readonly #changed = new EventEmitter<TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #listening: { dispose(): void }[];
  #drawn: (() => void) | null = null;

  /** `changes` tells of everything from which the message and the badge follow. */
  constructor(id: string, model: M, changes: { listen(listener: () => void): { dispose(): void } }) {
    this.model = model;
    this.view = window.createTreeView(id, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
      dragAndDropController: {
        dragMimeTypes: [dragTypes.examples],
        dropMimeTypes: [],
        handleDrag: (nodes, data) => dragExamples(nodes, data),
      },
    });
    this.#listening = [
      model.changes.onChange.listen((nodes) => {
        this.#changed.fire(nodes === null ? undefined : [...nodes]);
        this.#drawAround();
      }),
      changes.listen(() => this.#drawAround()),
    ];
    this.#drawAround();
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node !== undefined) return node.children();
    const rows = await this.model.roots();
    // How many rows a filter lets through is known now.
    this.#drawAround();
    return rows;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent ?? undefined;
  }

  getTreeItem(node: TreeNode): TreeItem {
    this.#drawn?.();
    const { label, description, tooltip, spoken, icon, colour, context, opens, click, opened } = node.row;
    const item = new TreeItem(label, states[opens]);
    item.id = node.id;
    item.description = description;
    item.tooltip = tooltip;
    item.contextValue = context;
    item.accessibilityInformation = { label: spoken };
    item.iconPath = new ThemeIcon(icon, colour === undefined ? undefined : new ThemeColor(colour));
    if (opened) {
      const uri = Uri.from({ scheme: trialScheme, ...opened });
      item.command = { command: 'vscode.open', title: '', arguments: [uri] };
    } else if (click) item.command = { command: commands[click], title: '', arguments: [node] };
    return item;
  }

  /** Calls back once, when the first rows have gone to the window; after `limit` milliseconds at the latest. */
  whenDrawn(then: () => void, limit: number): void {
    const timer = setTimeout(then, limit);
    this.#drawn = () => {
      this.#drawn = null;
      clearTimeout(timer);
      // The rows go out when this turn has ended.
      setTimeout(then, afterRows);
    };
  }

  /**
   * Moves the focus to a row. The editor does not find a row of a view that it draws anew at this moment, or loses it again:
   * it is asked until the row is selected.
   */
  async reveal(node: TreeNode, expand = false): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.view.reveal(node, { select: true, focus: true, expand });
        if (attempt === reveals.attempts) return;
      } catch (error) {
        if (attempt === reveals.attempts) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, reveals.pause));
      if (!this.view.selection.includes(node)) continue;
      // Drawn anew meanwhile it may be closed again.
      if (expand) await this.view.reveal(node, { select: false, focus: false, expand });
      return;
    }
  }

  dispose(): void {
    for (const one of this.#listening) one.dispose();
    this.view.dispose();
    this.#changed.dispose();
  }

  #drawAround(): void {
    const { message, badge } = this.model;
    if (this.view.message !== message) this.view.message = message;
    if ((this.view.badge?.value ?? 0) === badge) return;
    this.view.badge =
      badge > 0 ? { value: badge, tooltip: l10n.t('Calls that wait for your word') } : undefined;
  }
}

/** Hands over the ids of the examples among the rows that are dragged; what is in doubt or turned down stays. */
export function dragExamples(nodes: readonly TreeNode[], data: DataTransfer): void {
  const used = nodes.filter(({ row }) => !/^reviewed|\.rejected$/.test(row.context));
  const ids = used.flatMap(({ target: { exampleId } }) => exampleId ?? []);
  if (ids.length > 0) data.set(dragTypes.examples, new DataTransferItem(JSON.stringify(ids)));
}
