import * as l10n from '@vscode/l10n';
import type { ServerState, SourceRow, ToolFilter } from '../../../protocol/engine.ts';
import * as counts from '../../state/counts.ts';
import { oneLine, severalLines } from '../../state/oneLine.ts';
import {
  formatSentence,
  formatWord,
  isOfEditor,
  isSwitchedOff,
  serverSentences,
  serverWord,
  sourceFolder,
  sourceIcon,
  sourceName,
} from '../../state/sourceTexts.ts';
import type { Target } from '../../target.ts';
import type { ToolLevel } from '../levels.ts';
import { NoteNode } from './otherNodes.ts';
import type { ToolNode } from './toolNode.ts';
import type { ToolsContext } from './toolsContext.ts';
import { type Row, TreeNode } from './treeNode.ts';

/** A source is open at first when so few tools are shown in all, or when it is the only one. */
const openUpTo = 100;
/** Problems of a source that its tooltip names. */
const problemsNamed = 10;
/** A tool is looked for among so many rows: a view with more is slow to draw. */
const mostSought = 1000;

/** A file, a server or the editor, with the tools that come from it. */
export class SourceNode extends TreeNode<SourceRow> {
  readonly #context: ToolsContext;
  readonly #filter: ToolFilter | null;
  readonly #open: boolean;
  #level: ToolLevel | null = null;

  /** `shown`: how many tools are shown in all, and whether no other source is. */
  constructor(
    context: ToolsContext,
    data: SourceRow,
    filter: ToolFilter | null,
    shown: { tools: number; alone: boolean },
  ) {
    super(null, data);
    this.#context = context;
    this.#filter = filter;
    // Decided once: the editor takes no other word later for a row that it knows.
    const few = shown.alone || shown.tools <= openUpTo;
    this.#open = few && (!isOfEditor(data) || filter !== null);
  }

  /** Of its file, absolute; null where it stands in none. */
  get path(): string | null {
    return this.data.file === null ? null : inFolder(this.data.folder, this.data.file);
  }

  /** The tools that have been asked for. */
  get tools(): readonly ToolNode[] {
    return this.#level?.nodes ?? [];
  }

  get id(): string {
    // Under a filter it opens anew: it is a row of its own there.
    return `${this.#filter ? 'filtered:' : ''}${inFolder(this.data.folder, this.data.path)}`;
  }

  get row(): Row {
    const { folder, server, problems } = this.data;
    const name = this.#context.severalFolders() ? folder.split(/[\\/]/).filter(Boolean).at(-1) : undefined;
    const parts = [
      ...(name && !isOfEditor(this.data) ? [oneLine(name)] : []),
      formatWord(this.data),
      ...this.#countText(),
      ...(server ? [serverWord(server)] : []),
      ...(problems.length > 0 ? [counts.problems(problems.length)] : []),
      sourceFolder(this.data),
    ].filter(Boolean);
    const label = sourceName(this.data);
    const closed = this.#isEmpty();
    return {
      label,
      description: parts.join(' · '),
      tooltip: this.#sentences().join('\n'),
      spoken: [label, ...parts, ...(server?.problem ? [oneLine(server.problem)] : [])].join(', '),
      icon: problems.some(({ severity }) => severity === 'error') ? 'warning' : sourceIcon(this.data),
      context: server
        ? `source.server.${isSwitchedOff(server) ? 'off' : server.status}`
        : isOfEditor(this.data)
          ? 'source.editor'
          : 'source',
      opens: closed ? 'never' : this.#open ? 'open' : 'closed',
      // One that cannot be opened has problems: a click leads there.
      ...(closed ? { click: 'openSpec' as const } : {}),
    };
  }

  override get target(): Target {
    const { folder, path, tools, problems, server } = this.data;
    const source = { folder, path };
    if (this.path === null) return { source };
    const { line, column } = server?.at ?? (tools > 0 ? top : (problems[0] ?? top));
    return { source, place: { path: this.path, line, column } };
  }

  override async children(): Promise<TreeNode[]> {
    const { server, tools } = this.data;
    if (server && tools === 0) return this.#serverNotes(server);
    const rows = await this.#context.rows();
    this.#level ??= rows.toolsOf(this.#context, this, this.#filter);
    return this.#level.rows();
  }

  /** The row of one of its tools as it is now, among the first that a view shows. */
  async find(toolId: string): Promise<ToolNode | undefined> {
    // Lenses count a little faster than the view, and a row may be sought that only the new counts have.
    this.outdate();
    await this.children();
    return this.#level?.find(toolId, mostSought);
  }

  override outdate(): void {
    this.#level?.outdate();
  }

  /** Nothing can be below it. */
  #isEmpty(): boolean {
    return this.data.tools === 0 && (this.data.server === null || this.data.server.status === 'starting');
  }

  /** In the place of tools that nobody knows yet: what went wrong, and what to do. */
  #serverNotes(server: ServerState): TreeNode[] {
    const { problem } = server;
    const text = problem === null ? l10n.t('Start server and list its tools') : l10n.t('Try again');
    const start = new NoteNode(this, {
      key: 'start',
      text,
      tooltip: [text, ...serverSentences(server, 0)].join('\n'),
      icon: 'play',
      click: 'listServer',
      target: this.target,
    });
    if (problem === null) return [start];
    const off = isSwitchedOff(server);
    const why = new NoteNode(this, {
      key: 'problem',
      text: withoutName(problem),
      tooltip: severalLines(problem),
      icon: off ? 'circle-slash' : 'error',
      // Its entry is where it can be mended.
      click: 'openSpec',
      target: this.target,
    });
    return off ? [why] : [why, start];
  }

  #countText(): string[] {
    const { tools, shown, problems, server } = this.data;
    if (this.#filter && shown < tools) {
      return [l10n.t('{0} of {1}', counts.number(shown), counts.tools(tools))];
    }
    return tools === 0 && (problems.length > 0 || (server !== null && server.status !== 'listed'))
      ? []
      : [counts.tools(tools)];
  }

  #sentences(): string[] {
    const { problems, server, tools } = this.data;
    const named = problems
      .slice(0, problemsNamed)
      .map(({ line, message }) => l10n.t('Line {0}: {1}', line, oneLine(message)));
    return [
      formatSentence(this.data),
      ...(this.path === null ? [] : [oneLine(this.path, 400)]),
      ...(server ? serverSentences(server, tools) : []),
      ...named,
      ...(problems.length > problemsNamed ? ['…'] : []),
    ];
  }
}

const top = { line: 1, column: 1 };

function inFolder(folder: string, path: string): string {
  return `${folder.replace(/[\\/]$/, '')}/${path}`;
}

/** What went wrong with a server, below its name: there is little room to say it again. */
function withoutName(problem: string): string {
  return problem.replace(/^The MCP server "[^"]*"(?: \([^)]*\))?:? (.)/s, (_, first: string) =>
    first.toUpperCase(),
  );
}
