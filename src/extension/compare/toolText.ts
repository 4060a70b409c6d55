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
  const { name, description, parameters, written } = tool;
  const head = [placeOf(tool), ...(written === null ? [l10n.t('Models see it just as it is written.')] : [])];
  if (side === 'shown') head.push(...notesOf(tool));
  const body =
    side === 'written' && written
      ? { name: written.name, description: written.description, parameters: written.schema }
      : { name, description, parameters };
  return `${head.map((line) => `// ${line}`).join('\n')}\n${layOut(body)}\n`;
}

/** The same on both sides: what differs is what was mapped, and nothing else. */
function placeOf(tool: Shown): string {
  const { source, format } = tool;
  if (isEditors(tool)) return l10n.t('A tool of this editor');
  const word = formatWord({ file: source.path, format, server: null });
  const place = l10n.t('{0}, line {1}', shownLine(source.path), String(source.line));
  return word === '' ? place : `${place} (${word})`;
}

function notesOf({ written }: Shown): string[] {
  if (written === null || written.notes.length === 0) return [];
  const notes = written.notes.map((note) => `- ${shownLine(note, noteLimit)}`);
  return [l10n.t('What could not be carried over:'), ...notes];
}

/** A tool of the running editor: it stands in no file. */
export function isEditors({ format, source }: Pick<FoundTool, 'format' | 'source'>): boolean {
  return format === 'editorTools' && source.path === 'editor';
}

function layOut(value: { name: string; description: string; parameters: Json }): string {
  const text = JSON.stringify(value);
  return shownJson(prettyJson(text) ?? JSON.stringify(value, null, 2));
}
