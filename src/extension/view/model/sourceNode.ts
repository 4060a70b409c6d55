import * as l10n from '@vscode/l10n';
import type { SourceRow, ToolFilter } from '../../../protocol/engine.ts';
import * as counts from '../../state/counts.ts';
import { oneLine } from '../../state/oneLine.ts';
import type { Target } from '../../target.ts';
import type { ToolLevel } from '../levels.ts';
import type { ToolNode } from './toolNode.ts';
import type { ToolsContext } from './toolsContext.ts';
import { type Row, TreeNode } from './treeNode.ts';

/** A source is open at first when so few tools are shown in all, or when it is the only one. */
const openUpTo = 100;
/** Problems of a source that its tooltip names. */
const problemsNamed = 10;

/** A file with the tools that are written in it. */
export class SourceNode extends TreeNode<SourceRow> {
  readonly #context: ToolsContext;
  readonly #filter: ToolFilter | null;
  readonly #open: boolean;
  #level: ToolLevel | null = null;

  /** `shown`: how many tools, and in how many sources, are shown in all. */
  constructor(
    context: ToolsContext,
    data: SourceRow,
    filter: ToolFilter | null,
    shown: { tools: number; sources: number },
  ) {
    super(null, data);
    this.#context = context;
    this.#filter = filter;
    // Decided once: the editor takes no other word later for a row that it knows.
    this.#open = shown.sources === 1 || shown.tools <= openUpTo;
  }

  /** Absolute. */
  get path(): string {
    return `${this.data.folder.replace(/[\\/]$/, '')}/${this.data.path}`;
  }

  /** The tools that have been asked for. */
  get tools(): readonly ToolNode[] {
    return this.#level?.nodes ?? [];
  }

  get id(): string {
    // Under a filter it opens anew: it is a row of its own there.
    return `${this.#filter ? 'filtered:' : ''}${this.path}`;
  }

  get row(): Row {
    const { path, folder, tools, problems } = this.data;
    const name = this.#context.severalFolders() ? folder.split(/[\\/]/).filter(Boolean).at(-1) : undefined;
    const parts = [
      ...(name ? [oneLine(name)] : []),
      ...this.#countText(),
      ...(problems.length > 0 ? [counts.problems(problems.length)] : []),
    ];
    const label = oneLine(path);
    return {
      label,
      description: parts.join(' · '),
      tooltip: [oneLine(this.path), ...this.#problems()].join('\n'),
      spoken: [label, ...parts].join(', '),
      icon: problems.some(({ severity }) => severity === 'error') ? 'warning' : 'file-code',
      context: 'source',
      opens: tools === 0 ? 'never' : this.#open ? 'open' : 'closed',
      // One that cannot be opened has problems: a click leads there.
      ...(tools === 0 ? { click: 'openSpec' as const } : {}),
    };
  }

  override get target(): Target {
    const { line = 1, column = 1 } = this.data.problems[0] ?? {};
    return { place: this.data.tools > 0 ? place(this.path, 1, 1) : place(this.path, line, column) };
  }

  override async children(): Promise<TreeNode[]> {
    const rows = await this.#context.rows();
    this.#level ??= rows.toolsOf(this.#context, this, this.#filter);
    return this.#level.rows();
  }

  override outdate(): void {
    this.#level?.outdate();
  }

  #countText(): string[] {
    const { tools, shown, problems } = this.data;
    if (this.#filter && shown < tools) {
      return [l10n.t('{0} of {1}', counts.number(shown), counts.tools(tools))];
    }
    return tools === 0 && problems.length > 0 ? [] : [counts.tools(tools)];
  }

  #problems(): string[] {
    const { problems } = this.data;
    const named = problems
      .slice(0, problemsNamed)
      .map(({ line, message }) => l10n.t('Line {0}: {1}', line, oneLine(message)));
    return problems.length > problemsNamed ? [...named, '…'] : named;
  }
}

function place(path: string, line: number, column: number): NonNullable<Target['place']> {
  return { path, line, column };
}
