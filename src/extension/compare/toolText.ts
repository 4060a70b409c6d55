/** A tool as a text of JSON with comments: both sides are laid out alike, so that what differs is what was mapped. */
import * as l10n from '@vscode/l10n';
import type { Json } from '../../core/json.ts';
import type { FoundTool } from '../../protocol/engine.ts';
import { formatWord } from '../state/sourceTexts.ts';
import { shownJson, shownLine } from '../trial/plainText.ts';
import { prettyJson } from '../trial/prettyJson.ts';
import type { ToolSide } from './toolAddress.ts';

/** Of a note, characters. */
const noteLimit = 400;

type Shown = Pick<FoundTool, 'id' | 'name' | 'description' | 'parameters' | 'source' | 'written' | 'format'>;

export function toolText(tool: Shown, side: ToolSide): string {
  const head = side === 'written' ? [writtenHead(tool)] : shownHead(tool);
  const { name, description, parameters, written } = tool;
  const body =
    side === 'written' && written
      ? { name: written.name, description: written.description, parameters: written.schema }
      : { name, description, parameters };
  return `${head.map((line) => `// ${line}`).join('\n')}\n${layOut(body)}\n`;
}

function writtenHead(tool: Shown): string {
  const { source } = tool;
  if (isEditors(tool)) return l10n.t('As the editor has it');
  const word = formatWord({ file: source.path, format: tool.format, server: null });
  const place = l10n.t('{0}, line {1}', shownLine(source.path), String(source.line));
  return word === '' ? l10n.t('As written in {0}', place) : l10n.t('As written in {0} ({1})', place, word);
}

function shownHead({ written }: Shown): string[] {
  if (written === null) return [l10n.t('As models see it: just as it is written')];
  const notes = written.notes.map((note) => `- ${shownLine(note, noteLimit)}`);
  if (notes.length === 0) return [l10n.t('As models see it')];
  return [l10n.t('As models see it. What could not be carried over:'), ...notes];
}

/** A tool of the running editor: it stands in no file. */
export function isEditors({ format, source }: Pick<FoundTool, 'format' | 'source'>): boolean {
  return format === 'editorTools' && source.path === 'editor';
}

function layOut(value: { name: string; description: string; parameters: Json }): string {
  const text = JSON.stringify(value);
  return shownJson(prettyJson(text) ?? JSON.stringify(value, null, 2));
}
