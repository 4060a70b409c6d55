/** Hover over a tool's name in its spec: the tool as a model sees it, and what was learned of it. */
import { type Hover, MarkupKind, type Position } from 'vscode-languageserver/node';
import { counted } from '../../core/counted.ts';
import { isSimulated } from '../../core/exploit/demonstration.ts';
import { simulatedShare } from '../../core/simulate/share.ts';
import type { Example } from '../../core/trial.ts';
import type { FoundTool, ToldLesson } from '../../protocol/engine.ts';
import type { Engine } from '../engine.ts';
import type { Learned } from '../learned.ts';
import { asText, fenced } from './markdown.ts';
import { type PlacedServer, type SpecFiles, serverNamedAt, toolNamedAt } from './specFiles.ts';
import { rangeOf } from './textRange.ts';

const lessonsShown = 5;
const notesShown = 10;

/** What of the engine the hover asks. */
export interface LearnedOf extends Pick<Engine, 'tool'> {
  learned: Pick<Learned, 'lessons' | 'examples'>;
}

/** The hover at a position; null where neither a tool's name stands nor a server's. */
export async function specHover(
  engine: LearnedOf,
  files: SpecFiles,
  uri: string,
  position: Position,
): Promise<Hover | null> {
  const file = files.at(uri);
  if (file === null) return null;
  const placed = toolNamedAt(file, position);
  if (placed === null) {
    const server = serverNamedAt(file, position);
    return server && { contents: { kind: MarkupKind.Markdown, value: serverText(server) } };
  }
  const tool = engine.tool(placed.bound.tool.id);
  if (tool === null) return null;
  const [lessons, examples] = await Promise.all([
    engine.learned.lessons({ tool: tool.id, limit: lessonsShown, retired: false }),
    engine.learned.examples({ tool: tool.id, usable: true, limit: 1 }),
  ]);
  return {
    contents: { kind: MarkupKind.Markdown, value: toolText(tool, lessons.rows, examples.rows[0]) },
    ...(placed.bound.spot ? { range: rangeOf(placed.bound.spot.name) } : {}),
  };
}

function toolText(tool: FoundTool, lessons: ToldLesson[], example: Example | undefined): string {
  const { examples, failures, trials, simulated } = tool.counts;
  const learned = [
    counted(examples, 'example') + simulatedShare(examples, simulated?.examples),
    counted(failures, 'failed call') + simulatedShare(failures, simulated?.failures),
    counted(trials, 'trial') + simulatedShare(trials, simulated?.trials),
  ];
  // The spec stands beside it: what was learned comes before the parameters, which may be long.
  const parts = [
    `**${asText(tool.name)}** · ${[riskWord(tool), ...learned].join(' · ')}`,
    asText(tool.description),
    ...aboutRunning(tool),
    ...asWritten(tool),
    ...(lessons.length === 0
      ? []
      : [['Lessons:', ...lessons.map((lesson) => `- ${lessonText(lesson)}`)].join('\n')]),
    ...(example ? exampleText(example) : []),
    'Parameters, as a model sees them:',
    fenced('json', JSON.stringify(tool.parameters, null, 2)),
  ];
  return parts.filter(Boolean).join('\n\n');
}

function lessonText({ text, earlierSpec }: ToldLesson): string {
  const age = earlierSpec ? ' (learned from an earlier version of the spec)' : '';
  return asText(text.replaceAll('`', '"')) + age;
}

function exampleText(example: Example): string[] {
  const mark = isSimulated(example) ? ' (simulated: a model played the tool)' : '';
  const call = example.calls.at(-1);
  const said = `Example${mark}: ${asText(example.query)}`;
  if (call) return [said, fenced('json', JSON.stringify(call.arguments, null, 2))];
  const why =
    example.kind === 'missing_value' ? 'a value is missing, ask for it' : 'not what the tool is for';
  return [`${said} (no call: ${why})`];
}

function riskWord({ risk }: FoundTool): string {
  return risk === 'unknown' ? 'unknown risk' : risk;
}

function aboutRunning(tool: FoundTool): string[] {
  const { risk, riskReason, notRunnable, simulated } = tool;
  return [
    ...(riskReason === undefined ? [] : [`Risk: ${risk}. ${asText(riskReason)}`]),
    ...(simulated ? ['A model plays this tool; nothing real answers.'] : []),
    ...(notRunnable === null ? [] : [`Cannot be run: ${asText(notRunnable)}`]),
  ];
}

/** Where the file has it otherwise than a model is shown it. */
function asWritten({ name, description, written }: FoundTool): string[] {
  if (written === null) return [];
  const notes = written.notes.slice(0, notesShown).map((note) => `- ${asText(note)}`);
  const more = written.notes.length - notes.length;
  return [
    ...(written.name === name ? [] : [`Written here as **${asText(written.name)}**.`]),
    ...(written.description === description ? [] : ['Its description is written otherwise.']),
    ...(notes.length === 0
      ? []
      : [
          [
            'Not carried over into what a model sees:',
            ...notes,
            ...(more > 0 ? [`- ${more} more`] : []),
          ].join('\n'),
        ]),
  ];
}

function serverText({ spec, source }: PlacedServer): string {
  const state = source?.server;
  const said = {
    unlisted: 'Not started yet: its tools are not known.',
    starting: 'It is being started.',
    listed: `${counted(source?.tools.length ?? 0, 'tool')}.`,
    remembered: `${counted(source?.tools.length ?? 0, 'tool')}, as it told them last; it is not running.`,
    failed: 'It could not be started.',
  }[state?.status ?? 'unlisted'];
  const parts = [
    `**${asText(spec.name)}** · MCP server`,
    ...(state ? [fenced('', state.shown)] : []),
    said,
    ...[spec.problem, state?.problem ?? null].flatMap((problem) => (problem ? [asText(problem)] : [])),
  ];
  return parts.join('\n\n');
}
