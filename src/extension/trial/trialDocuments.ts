/** Documents of trials as the editor wants them: files, outline, folds, links. */
import {
  DocumentLink,
  DocumentSymbol,
  FilePermission,
  FileSystemError,
  FileType,
  FoldingRange,
  Hover,
  MarkdownString,
  Range,
  SymbolKind,
  type TextDocument,
  Uri,
} from 'vscode';
import { commands } from '../../protocol/contributions.ts';
import { readable } from '../link/engineErrors.ts';
import type { ReadOnlyFiles } from '../window/readOnlyFiles.ts';
import { explanationAt } from './explanations.ts';
import type { SectionKind, TrialLink, TrialSection } from './page.ts';
import { isMessages, trialIdOf } from './trialAddress.ts';
import type { TrialDocument, TrialReader } from './trialReader.ts';

/** What the first stage registers, and asks for when the editor does. */
export interface TrialDocuments extends ReadOnlyFiles {
  symbols(document: TextDocument): Promise<DocumentSymbol[]>;
  folds(document: TextDocument): Promise<FoldingRange[]>;
  links(document: TextDocument): Promise<DocumentLink[]>;
  /** What the words of a line mean. */
  hover(document: TextDocument, line: number): Promise<Hover | undefined>;
}

export function trialDocuments(reader: TrialReader): TrialDocuments {
  const read = async (uri: Uri): Promise<{ content: Uint8Array; document: TrialDocument }> => {
    const id = trialIdOf(uri);
    if (id === undefined) throw FileSystemError.FileNotFound(uri);
    try {
      const document = await reader.document(id);
      const text = isMessages(uri) ? await reader.messages(id) : document.text;
      return { content: new TextEncoder().encode(text), document };
    } catch (error) {
      const { message, advice } = readable(error);
      throw FileSystemError.Unavailable(`${message} ${advice}`);
    }
  };
  const shown = async (document: TextDocument): Promise<TrialDocument | null> => {
    const id = trialIdOf(document.uri);
    return id === undefined ? null : reader.shown(id, document.getText().replaceAll('\r\n', '\n'));
  };
  return {
    async stat(uri) {
      const { content, document } = await read(uri);
      const at = document.trial ? document.trial.startedAt + document.trial.ms + editionOf(content) : 0;
      return {
        type: FileType.File,
        ctime: at,
        mtime: at,
        size: content.length,
        permissions: FilePermission.Readonly,
      };
    },
    readFile: async (uri) => (await read(uri)).content,
    symbols: async (document) =>
      ((await shown(document))?.sections ?? []).map((one) => symbol(one, document)),
    folds: async (document) => ((await shown(document))?.sections ?? []).flatMap(fold),
    links: async (document) => ((await shown(document))?.links ?? []).map(link),
    async hover(document, line) {
      const known = await shown(document);
      if (!known?.trial) return undefined;
      const text = explanationAt(line, document.lineAt(line).text, known.sections, known.trial.outcome);
      return text === undefined ? undefined : new Hover(new MarkdownString().appendText(text));
    },
  };
}

/** What is said of its example changes: another text is another time of change, or the editor would not read it again. */
function editionOf(content: Uint8Array): number {
  return content.reduce((sum, byte) => (sum * 31 + byte) % 997, 0);
}

function symbol(section: TrialSection, document: TextDocument): DocumentSymbol {
  const { label, detail, kind, line, endLine } = section;
  const made = new DocumentSymbol(
    label,
    detail,
    kinds[kind],
    new Range(document.lineAt(line).range.start, document.lineAt(endLine).range.end),
    document.lineAt(line).range,
  );
  made.children = section.children.map((child) => symbol(child, document));
  return made;
}

const kinds: Record<SectionKind, SymbolKind> = {
  trial: SymbolKind.File,
  query: SymbolKind.String,
  step: SymbolKind.Event,
  thought: SymbolKind.String,
  call: SymbolKind.Function,
  observation: SymbolKind.Object,
  failure: SymbolKind.Null,
  fix: SymbolKind.Key,
  answer: SymbolKind.String,
  reflection: SymbolKind.Boolean,
  example: SymbolKind.Boolean,
  error: SymbolKind.Null,
  details: SymbolKind.Field,
};

function fold(section: TrialSection): FoldingRange[] {
  const own = section.endLine > section.line ? [new FoldingRange(section.line, section.endLine)] : [];
  return [...own, ...section.children.flatMap(fold)];
}

function link({ line, start, end, command, target, tooltip }: TrialLink): DocumentLink {
  const query = encodeURIComponent(JSON.stringify([target]));
  const made = new DocumentLink(
    new Range(line, start, line, end),
    Uri.parse(`command:${commands[command]}?${query}`),
  );
  made.tooltip = tooltip;
  return made;
}
