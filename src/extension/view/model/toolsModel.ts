/** The view Tools: sources, their tools, and what was learned of each. */
import * as l10n from '@vscode/l10n';
import { engine, type SourceRow, type Sources, type ToolFilter } from '../../../protocol/engine.ts';
import * as counts from '../../state/counts.ts';
import { oneLine } from '../../state/oneLine.ts';
import { isOfEditor } from '../../state/sourceTexts.ts';
import type { Workbench } from '../../state/workbench.ts';
import type { Rows } from '../levels.ts';
import { Activity } from './activity.ts';
import type { Asking } from './asking.ts';
import type { Changes } from './changes.ts';
import { staleText } from './messages.ts';
import { NoteNode } from './otherNodes.ts';
import type { ReviewNode } from './reviewNode.ts';
import { SourceNode } from './sourceNode.ts';
import type { ToolNode } from './toolNode.ts';
import type { ToolsContext } from './toolsContext.ts';
import type { TreeModel } from './treeModel.ts';
import type { TreeNode } from './treeNode.ts';

export class ToolsModel implements TreeModel {
  readonly #asking: Asking;
  readonly #workbench: Workbench;
  readonly #activity = new Activity();
  readonly #context: ToolsContext;
  readonly #listening: { dispose(): void };
  #filter: ToolFilter | null = null;
  /** What the filter lets through, once it is known. */
  #filtered: Sources | null = null;
  #nodes = new Map<string, SourceNode>();
  #review: ReviewNode | null = null;
  /** What was drawn last, to tell what has changed. */
  #drawn: { sources: Sources | null; folders: number; link: string } = {
    sources: null,
    folders: 0,
    link: '',
  };

  constructor(asking: Asking, workbench: Workbench, rows: () => Promise<Rows>) {
    this.#asking = asking;
    this.#workbench = workbench;
    this.#context = {
      asking,
      rows,
      severalFolders: () => workbench.folders > 1,
      isBusy: (id) => this.#activity.busy.has(id),
      isInRun: (id) => this.#activity.inRun.has(id),
    };
    this.#listening = workbench.onChange.listen(() => this.#look());
    this.#look();
  }

  get changes(): Changes {
    return this.#asking.changes;
  }

  get filter(): ToolFilter | null {
    return this.#filter;
  }

  /** The row of what waits for the person's word, as it was drawn last. */
  get review(): TreeNode | null {
    return this.#review;
  }

  get badge(): number {
    return this.#workbench.waitingApprovals;
  }

  /** The sources that are shown. */
  get sources(): readonly SourceNode[] {
    return [...this.#nodes.values()];
  }

  /** The row of a tool, among the first of its source; rows that were not asked for yet are. */
  async findTool({ id, folder }: { id: string; folder: string }): Promise<ToolNode | undefined> {
    const holds = ({ data }: SourceNode): boolean => data.folder === folder && id.includes(`${data.path}#`);
    const longestFirst = this.sources.filter(holds).sort((a, b) => b.data.path.length - a.data.path.length);
    for (const source of longestFirst) {
      const found = await source.find(id);
      if (found) return found;
    }
    return undefined;
  }

  /** Shows what a filter lets through; null shows everything. */
  setFilter(filter: ToolFilter | null): void {
    this.#filter = filter;
    this.#filtered = null;
    this.#nodes.clear();
    this.#workbench.onChange.fire();
    this.changes.mark(null);
  }

  async roots(): Promise<TreeNode[]> {
    if (!this.#isKnown())
      return [new NoteNode(null, { text: l10n.t('Looking for tools…'), icon: 'loading~spin' })];
    if (this.#filter === null) {
      const nodes: TreeNode[] = [...(await this.#waiting()), ...this.#take(this.#workbench.sources)];
      return this.#hasOnlyEditorTools() ? [...waysToTools(), ...nodes] : nodes;
    }
    const asked = this.#filter;
    try {
      this.#filtered ??= await this.#asking.request(engine.sources, asked);
    } catch (error) {
      return [new NoteNode(null, { text: this.#asking.explain(error), icon: 'warning' })];
    }
    // Another filter was set meanwhile: what is drawn is asked for again.
    if (this.#filter !== asked) return this.roots();
    const nodes = this.#take(this.#filtered);
    return nodes.length > 0 || (this.#workbench.sources?.tools ?? 0) === 0 ? nodes : [nothingFits()];
  }

  get message(): string {
    const { sources, trusted, engine: state } = this.#workbench;
    if ((sources?.sources.length ?? 0) === 0) return '';
    const filter = this.#filterText();
    const said = ((): string => {
      if (!trusted)
        return l10n.t('Restricted Mode: tools are listed. None is run until you trust this workspace.');
      const stale = staleText(this.#workbench);
      if (stale !== '') return stale;
      if (state?.storeProblem) return `${state.storeProblem.message} ${state.storeProblem.advice}`;
      if (state?.readOnly) return l10n.t('Another process explores this workspace. Here you can read.');
      if (this.#hasOnlyEditorTools()) {
        return l10n.t(
          'No tools in this workspace yet. OpenAPI documents, MCP configurations, lists of functions and manifests are found by what is in them. The editor has tools of its own.',
        );
      }
      return '';
    })();
    return [said, filter].filter(Boolean).join(' ');
  }

  dispose(): void {
    this.#listening.dispose();
    this.changes.dispose();
  }

  /** What waits for a person's word stands before everything else. */
  async #waiting(): Promise<TreeNode[]> {
    const review = this.#workbench.sources?.review ?? 0;
    if (review === 0) this.#review = null;
    else if (this.#review) this.#review.data = review;
    else this.#review = (await this.#context.rows()).openReview(this.#asking, review);
    return this.#review ? [this.#review] : [];
  }

  #hasOnlyEditorTools(): boolean {
    const { sources } = this.#workbench;
    return (
      sources !== null &&
      !sources.searching &&
      sources.sources.length > 0 &&
      sources.sources.every(isOfEditor)
    );
  }

  /** While the engine is on its way the view says so: left empty, it would say that there are no tools. */
  #isKnown(): boolean {
    const { sources, link, folders } = this.#workbench;
    if (link === 'away' || folders === 0) return true;
    return sources !== null && !(sources.searching && sources.sources.length === 0);
  }

  /** The nodes of these sources: the same ones as before, for those that were there before. */
  #take(sources: Sources | null): SourceNode[] {
    const filter = this.#filter;
    const rows = (sources?.sources ?? []).filter((row) =>
      filter ? row.shown > 0 : row.tools > 0 || row.problems.length > 0 || row.server !== null,
    );
    const shown = {
      // While the search is on, one is the first rather than the only one.
      alone: rows.length === 1 && sources?.searching !== true,
      tools: rows.reduce((sum, row) => sum + row.shown, 0),
    };
    const before = this.#nodes;
    this.#nodes = new Map(
      rows.map((row) => {
        const node = before.get(keyOf(row));
        if (!node) return [keyOf(row), new SourceNode(this.#context, row, filter, shown)];
        node.data = row;
        return [keyOf(row), node];
      }),
    );
    return [...this.#nodes.values()];
  }

  #look(): void {
    const { sources, folders, link } = this.#workbench;
    const drawn = this.#drawn;
    this.#drawn = { sources, folders, link };
    const changed = this.#activity.follow(this.#workbench);
    if (drawn.sources !== sources || drawn.folders !== folders) {
      this.#filtered = null;
      for (const node of this.#nodes.values()) node.outdate();
      this.#review?.outdate();
      if (this.#filter === null) this.#take(sources);
      this.changes.mark(null);
    } else if (link !== drawn.link && (link === 'ready' || link === 'away')) {
      this.changes.mark(null);
    }
    if (changed.size === 0) return;
    for (const source of this.#nodes.values()) {
      for (const tool of source.tools) if (changed.has(tool.toolId)) this.changes.mark(tool);
    }
  }

  #filterText(): string {
    if (this.#filter === null) return '';
    const { text, learned } = this.#filter;
    const what = [
      ...(text ? [l10n.t('with “{0}”', oneLine(text, 60))] : []),
      ...(learned === 'examples' ? [l10n.t('with learned examples')] : []),
      ...(learned === 'failures' ? [l10n.t('with failed calls')] : []),
      ...(learned === 'unexplored' ? [l10n.t('not explored yet')] : []),
    ].join(', ');
    if (this.#filtered === null) return l10n.t('Showing tools {0}.', what);
    const shown = this.#filtered.sources.reduce((sum, row) => sum + row.shown, 0);
    return l10n.t(
      'Showing tools {0} ({1} of {2}).',
      what,
      counts.number(shown),
      counts.number(this.#filtered.tools),
    );
  }
}

function keyOf({ folder, path }: SourceRow): string {
  return `${folder}\0${path}`;
}

/** What a person can do who has no tools yet: the editor's welcome is not shown beside rows. */
function waysToTools(): NoteNode[] {
  return [
    new NoteNode(null, {
      text: l10n.t('Create Tool Manifest'),
      icon: 'new-file',
      click: 'createToolManifest',
    }),
    new NoteNode(null, { text: l10n.t('Add Source…'), icon: 'add', click: 'addSource' }),
  ];
}

function nothingFits(): NoteNode {
  return new NoteNode(null, {
    text: l10n.t('No tool fits the filter.'),
    description: l10n.t('Clear the filter'),
    icon: 'clear-all',
    click: 'clearToolsFilter',
  });
}
