/** Hover over a tool in its spec: the tool as a model sees it, and what was learned of it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Hover, MarkupKind, type Position } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { counted } from '../../core/counted.ts';
import type { Example, Lesson } from '../../core/trial.ts';
import type { CatalogueTool } from '../../protocol/engine.ts';
import type { Engine } from '../engine.ts';

const lessonsShown = 5;

/** What of the engine the hover asks. */
export type LearnedOf = Pick<Engine, 'sources' | 'toolIn' | 'lessons' | 'examples'>;

/** The hover at a position; null where no tool's name stands. */
export async function toolHover(
  engine: LearnedOf,
  document: TextDocument,
  position: Position,
): Promise<Hover | null> {
  const tool = toolAt(engine, document, position);
  if (!tool) return null;
  const [lessons, examples] = await Promise.all([
    engine.lessons({ tool: tool.id, limit: lessonsShown }),
    engine.examples({ tool: tool.id, limit: 1 }),
  ]);
  return { contents: { kind: MarkupKind.Markdown, value: markdown(tool, lessons.rows, examples.rows[0]) } };
}

function toolAt(engine: LearnedOf, document: TextDocument, position: Position): CatalogueTool | null {
  const uri = decodeURIComponent(document.uri);
  const source = engine
    .sources()
    .sources.find((one) => decodeURIComponent(pathToFileURL(join(one.folder, one.path)).href) === uri);
  return source ? engine.toolIn(source, wordAt(document, position)) : null;
}

function wordAt(document: TextDocument, position: Position): string {
  const line = document.getText({
    start: { line: position.line, character: 0 },
    end: { line: position.line + 1, character: 0 },
  });
  const before = /[\w-]*$/.exec(line.slice(0, position.character))?.[0] ?? '';
  const after = /^[\w-]*/.exec(line.slice(position.character))?.[0] ?? '';
  return before + after;
}

function markdown(tool: CatalogueTool, lessons: Lesson[], example: Example | undefined): string {
  const { examples, failures, trials } = tool.counts;
  const risk = tool.risk === 'unknown' ? 'unknown risk' : tool.risk;
  const learned = [counted(examples, 'example'), counted(failures, 'failed call'), counted(trials, 'trial')];
  const parts = [
    `**${asText(tool.name)}** · ${[risk, ...learned].join(' · ')}`,
    asText(tool.description),
    fenced('json', JSON.stringify(tool.parameters, null, 2)),
  ];
  if (lessons.length > 0)
    parts.push(['Lessons:', ...lessons.map((one) => `- ${asText(one.text)}`)].join('\n'));
  if (example) {
    const call = example.calls.at(-1);
    parts.push(`Example: ${asText(example.query)}`, fenced('json', JSON.stringify(call?.arguments, null, 2)));
  }
  return parts.join('\n\n');
}

/** What tools and models said is text: nothing in it may become markup, and no address a link (`:` and `@` make them). */
export function asText(text: string): string {
  return text
    .slice(0, 2000)
    .replace(/[\\`*_{}[\]()#+\-.!|<>&~:@]/g, '\\$&')
    .replace(/\s*\n\s*/g, ' ');
}

/** A code block that its own content cannot close. */
function fenced(language: string, text: string): string {
  const cut = text.slice(0, 4000);
  const longest = Math.max(2, ...[...cut.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${cut}\n${fence}`;
}
