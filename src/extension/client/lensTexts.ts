/** The CodeLenses that a person reads: the engine says what each is about, the words are written here. */
import * as l10n from '@vscode/l10n';
import { type CommandName, commands } from '../../protocol/contributions.ts';
import type { LensData } from '../../protocol/language.ts';
import * as counts from '../state/counts.ts';
import { simulatedShare } from '../state/simulatedText.ts';
import type { LearnedGroup } from '../surroundings.ts';
import type { Target } from '../target.ts';

/** One lens: a title without markup, and the command that a click runs. */
export interface LensText {
  title: string;
  tooltip: string;
  command: string;
  arguments: [Target] | [Target, LearnedGroup];
}

/** In the order in which they stand side by side. */
export function lensTexts(data: LensData): LensText[] {
  return data.kind === 'tool' ? toolLenses(data) : [serverLens(data)];
}

function toolLenses(data: Extract<LensData, { kind: 'tool' }>): LensText[] {
  const { tool, runnable, examples, failures, simulated } = data;
  const target: Target = { toolId: tool };
  const explore = runnable
    ? lens('exploreTool', l10n.t('Explore'), l10n.t('Let a model try this tool'), target)
    : lens(
        'exploreTool',
        l10n.t('Explore (Simulated)…'),
        l10n.t('Nothing can run this tool: a model can play it'),
        target,
      );
  const shown = l10n.t('Show them in the view Tools');
  return [
    explore,
    ...(examples > 0
      ? [
          lens(
            'revealTool',
            withShare(counts.examples(examples), examples, simulated?.examples),
            shown,
            target,
            'examples',
          ),
        ]
      : []),
    ...(failures > 0
      ? [
          lens(
            'revealTool',
            withShare(counts.failedCalls(failures), failures, simulated?.failures),
            shown,
            target,
            'failures',
          ),
        ]
      : []),
  ];
}

/** `12 examples, 4 simulated` */
function withShare(text: string, all: number, simulated: number | undefined): string {
  return [text, simulatedShare(all, simulated)].filter(Boolean).join(', ');
}

function serverLens(data: Extract<LensData, { kind: 'server' }>): LensText {
  const { folder, path, status, tools } = data;
  const target: Target = { source: { folder, path } };
  const start = (title: string): LensText =>
    lens('listServer', title, l10n.t('Starts the server and asks it for its tools'), target);
  if (status === 'starting') {
    return lens('revealTool', l10n.t('Starting…'), l10n.t('Show it in the view Tools'), target);
  }
  if (status === 'failed') return start(l10n.t('Failed: Start Server Again'));
  if (status === 'unlisted') return start(l10n.t('Start Server and List Tools'));
  return lens('revealTool', counts.tools(tools), l10n.t('Show them in the view Tools'), target);
}

function lens(
  command: CommandName,
  title: string,
  tooltip: string,
  target: Target,
  group?: LearnedGroup,
): LensText {
  return {
    title,
    tooltip,
    command: commands[command],
    arguments: group === undefined ? [target] : [target, group],
  };
}

/** What came over the wire as the data of a lens; undefined for anything else. */
export function lensDataOf(data: unknown): LensData | undefined {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return undefined;
  return data.kind === 'tool' || data.kind === 'server' ? (data as LensData) : undefined;
}
