/** The rows of the view Tools, made from the catalogue. They know no editor. */
import { counted } from '../../core/counted.ts';
import type { Risk } from '../../core/tool.ts';
import type { CatalogueSource, CatalogueTool } from '../../protocol/engine.ts';
import { riskText } from '../state/runTexts.ts';
import type { Workbench } from '../state/workbench.ts';

/** A row, as a tree shows it: plain texts and the id of a codicon. */
export interface Row {
  /** The same as long as name and source are. */
  id: string;
  label: string;
  description: string;
  tooltip: string;
  /** What a screen reader says instead of the label. */
  spoken: string;
  icon: string;
  /** For the `when` clauses of menus. */
  context: string;
  /** Where it is written: absolute path, line and column from 1. */
  place: { path: string; line: number; column: number };
}

/** Which tools, by id, are explored at this moment, and which belong to a run that is on. */
interface Activity {
  busy: ReadonlySet<string>;
  inRun: ReadonlySet<string>;
}

/** A source with its tools. */
export class SourceNode {
  readonly row: Row;
  readonly tools: ToolNode[];

  constructor(source: CatalogueSource, severalFolders: boolean, activity: Activity) {
    const path = `${source.folder.replace(/[\\/]$/, '')}/${source.path}`;
    const folder = severalFolders ? `${source.folder.split(/[\\/]/).filter(Boolean).at(-1)} · ` : '';
    const count = counted(source.tools.length, 'tool');
    const problems = source.problems.length > 0 ? ` · ${counted(source.problems.length, 'problem')}` : '';
    this.tools = source.tools.map((tool) => new ToolNode(tool, path, activity));
    this.row = {
      id: path,
      label: source.path,
      description: folder + count + problems,
      tooltip: [path, ...source.problems.map(({ line, message }) => `Line ${line}: ${message}`)].join('\n'),
      spoken: `${source.path}, ${folder}${count}${problems}`,
      icon: 'file',
      context: 'source',
      place: { path, line: 1, column: 1 },
    };
  }
}

/** A tool with what was learned of it. */
export class ToolNode {
  readonly row: Row;
  readonly toolId: string;

  constructor(tool: CatalogueTool, path: string, { busy, inRun }: Activity) {
    const exploring = busy.has(tool.id);
    const counts = countsOf(tool);
    const state = exploring ? 'exploring' : tool.runnable ? '' : 'cannot be run';
    this.toolId = tool.id;
    this.row = {
      id: tool.id,
      label: tool.name,
      // What is being explored has an icon that turns: beside counts there is no room for the word.
      description: (exploring && counts.length > 0 ? counts : [state, ...counts]).filter(Boolean).join(' · '),
      tooltip: tooltipOf(tool, counts),
      spoken: [tool.name, riskText(tool.risk), state, ...counts].filter(Boolean).join(', '),
      icon: iconOf(tool, exploring),
      context: `tool.${inRun.has(tool.id) ? 'inRun' : tool.runnable ? 'idle' : 'notRunnable'}`,
      place: { path, line: tool.source.line, column: tool.source.column },
    };
  }
}

export type Node = SourceNode | ToolNode;

/** All sources that have something to show. */
export function sourceNodes(workbench: Workbench): SourceNode[] {
  const sources = workbench.catalogue?.sources ?? [];
  const inRun = new Set(workbench.running.flatMap((run) => run.tools));
  const activity: Activity = { busy: workbench.busyTools, inRun };
  const severalFolders = workbench.folders > 1;
  return sources
    .filter(({ tools, problems }) => tools.length > 0 || problems.length > 0)
    .map((source) => new SourceNode(source, severalFolders, activity));
}

/** The line above the tree; empty when there is nothing to say. */
export function treeMessage(workbench: Workbench): string {
  if ((workbench.catalogue?.sources.length ?? 0) === 0) return '';
  if (!workbench.trusted)
    return 'Restricted Mode: tools are listed. None is run until you trust this workspace.';
  const problem = workbench.engine?.storeProblem;
  if (problem) return `${problem.message} ${problem.advice}`;
  if (workbench.engine?.readOnly) return 'Another process explores this workspace. Here you can read.';
  if (workbench.link === 'away') return 'The engine has stopped. What you see may be out of date.';
  return '';
}

function countsOf({ counts }: CatalogueTool): string[] {
  const { examples, failures, lessons, trials } = counts;
  if (trials === 0 && examples === 0 && lessons === 0) return [];
  return [counted(examples, 'example'), ...(failures > 0 ? [counted(failures, 'failure')] : [])];
}

function tooltipOf(tool: CatalogueTool, counts: string[]): string {
  const { trials, lessons } = tool.counts;
  const learned = [...counts, ...(lessons ? [counted(lessons, 'lesson')] : []), counted(trials, 'trial')];
  const parts = [
    tool.name,
    tool.description,
    `Risk: ${riskText(tool.risk)}.`,
    trials > 0 ? learned.join(', ') : 'Not explored yet.',
    ...(tool.notRunnable ? [`Cannot be run: ${tool.notRunnable}`] : []),
    ...tool.problems.map(({ line, message }) => `Line ${line}: ${message}`),
  ];
  return parts.filter(Boolean).join('\n');
}

function iconOf(tool: CatalogueTool, exploring: boolean): string {
  if (exploring) return 'sync~spin';
  if (tool.problems.some(({ severity }) => severity === 'error')) return 'error';
  if (!tool.runnable) return 'circle-slash';
  const icons: Record<Risk, string> = {
    read: 'symbol-method',
    write: 'edit',
    destructive: 'flame',
    unknown: 'question',
  };
  return icons[tool.risk];
}
