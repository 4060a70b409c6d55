import * as l10n from '@vscode/l10n';
import type { Risk } from '../../../core/tool.ts';
import type { SourceRow, ToolRow } from '../../../protocol/engine.ts';
import * as counts from '../../state/counts.ts';
import { oneLine, severalLines } from '../../state/oneLine.ts';
import { riskSentence, riskText } from '../../state/runTexts.ts';
import { simulatedShare } from '../../state/simulatedText.ts';
import { isOfEditor } from '../../state/sourceTexts.ts';
import type { Target } from '../../target.ts';
import { examplesOf, failuresOf, lessonsOf } from './learnedKinds.ts';
import type { ToolsContext } from './toolsContext.ts';
import { type Row, TreeNode } from './treeNode.ts';

/** A tool, with what was learned of it below. */
export class ToolNode extends TreeNode<ToolRow> {
  readonly #context: ToolsContext;
  readonly #groups: readonly (TreeNode & { count: number })[];

  constructor(context: ToolsContext, parent: TreeNode, data: ToolRow) {
    super(parent, data);
    this.#context = context;
    this.#groups = [
      examplesOf(context.asking, this),
      failuresOf(context.asking, this),
      lessonsOf(context.asking, this),
    ];
  }

  get toolId(): string {
    return this.data.id;
  }

  get id(): string {
    return this.data.id;
  }

  get row(): Row {
    const { id, name, risk, runnable, simulated, notRunnable } = this.data;
    const exploring = this.#context.isBusy(id);
    const learned = learnedOf(this.data, counts.failedCalls);
    const short = learnedOf(this.data, counts.failed);
    const state = exploring
      ? l10n.t('exploring')
      : simulated
        ? l10n.t('simulated')
        : runnable
          ? ''
          : l10n.t('cannot be run');
    // The editor lists the tools of its MCP servers among its own.
    const kind = this.#isOfEditorsServer() ? 'MCP' : '';
    const inRun = this.#context.isInRun(id);
    const label = oneLine(name);
    return {
      label,
      // What is being explored, or cannot be run, has an icon of its own: beside counts there is no room for the word.
      description: ((exploring || !runnable) && learned.length > 0 ? short : [kind, state, ...short])
        .filter(Boolean)
        .join(' · '),
      tooltip: tooltipOf(this.data, learned, kind !== ''),
      spoken: [label, kind, riskText(risk), state, clauseOf(notRunnable), ...learned]
        .filter(Boolean)
        .join(', '),
      ...iconOf(this.data, exploring),
      context: `tool.${inRun ? 'inRun' : runnable ? 'idle' : 'notRunnable'}`,
      opens: this.children().length > 0 ? 'closed' : 'never',
      click: 'openSpec',
    };
  }

  override get target(): Target {
    const { id, folder, source } = this.data;
    const above: unknown = this.parent?.data;
    if (isSource(above) && isOfEditor(above)) return { toolId: id };
    const path = `${folder.replace(/[\\/]$/, '')}/${source.path}`;
    return { toolId: id, place: { path, line: source.line, column: source.column } };
  }

  override children(): TreeNode[] {
    return this.#groups.filter(({ count }) => count > 0);
  }

  #isOfEditorsServer(): boolean {
    const source: unknown = this.parent?.data;
    return this.data.name.startsWith('mcp_') && isSource(source) && isOfEditor(source);
  }

  override outdate(): void {
    for (const group of this.#groups) group.outdate();
  }
}

function learnedOf(
  { counts: { examples, failures, lessons, trials, simulated }, simulated: isPlayed }: ToolRow,
  failedText: (count: number) => string,
): string[] {
  if (trials === 0 && examples === 0 && lessons === 0) return [];
  // Of a tool that is always played the row says so already.
  const share = isPlayed ? '' : simulatedShare(trials, simulated?.trials);
  return [
    ...(share === '' ? [] : [share]),
    counts.examples(examples),
    ...(failures > 0 ? [failedText(failures)] : []),
  ];
}

/** What stands above a tool. */
function isSource(data: unknown): data is Pick<SourceRow, 'file' | 'format'> {
  return typeof data === 'object' && data !== null && 'file' in data && 'format' in data;
}

/** A reason among other things that are said of a tool: without the full stop of a sentence. */
function clauseOf(reason: string | null): string {
  return oneLine(reason ?? '').replace(/\.$/, '');
}

function tooltipOf(tool: ToolRow, learned: string[], ofEditorsServer: boolean): string {
  const { trials, lessons, simulated, review = 0, stale = 0 } = tool.counts;
  const all = [...learned, ...(lessons > 0 ? [counts.lessons(lessons)] : []), counts.trials(trials)];
  const parts = [
    oneLine(tool.name),
    severalLines(tool.description, 6),
    ...(ofEditorsServer ? [l10n.t('From an MCP server that the editor knows.')] : []),
    [riskSentence(tool.risk), oneLine(tool.riskReason ?? '')].filter(Boolean).join(' '),
    ...(tool.simulated ? [l10n.t('A model plays this tool: nothing is really called.')] : []),
    trials > 0 ? all.join(', ') : l10n.t('Not explored yet.'),
    ...(review > 0 ? [l10n.t('To review: {0}.', counts.examples(review))] : []),
    ...(stale > 0
      ? [
          l10n.t(
            'Checked against an earlier spec: {0}. Re-verify Changed Examples makes their calls again.',
            counts.examples(stale),
          ),
        ]
      : []),
    ...(simulated && !tool.simulated ? [simulatedCounts(simulated)] : []),
    ...(tool.notRunnable ? [l10n.t('Cannot be run: {0}', oneLine(tool.notRunnable))] : []),
    ...tool.problems.slice(0, 10).map(({ line, message }) => l10n.t('Line {0}: {1}', line, oneLine(message))),
  ];
  return parts.filter(Boolean).join('\n');
}

function simulatedCounts({
  trials,
  examples,
  failures,
}: NonNullable<ToolRow['counts']['simulated']>): string {
  const all = [counts.trials(trials), counts.examples(examples), counts.failedCalls(failures)];
  return l10n.t(
    'Of these, a model played the tool in: {0}. They are no evidence about the real one.',
    all.join(', '),
  );
}

function iconOf(tool: ToolRow, exploring: boolean): Pick<Row, 'icon' | 'colour'> {
  if (exploring) return { icon: 'sync~spin' };
  if (tool.problems.some(({ severity }) => severity === 'error')) {
    return { icon: 'error', colour: 'list.errorForeground' };
  }
  if (tool.simulated) return { icon: 'mirror' };
  if (!tool.runnable) return { icon: 'circle-slash', colour: 'disabledForeground' };
  const icons: Record<Risk, string> = {
    read: 'symbol-method',
    write: 'edit',
    destructive: 'flame',
    unknown: 'question',
  };
  return { icon: icons[tool.risk] };
}
