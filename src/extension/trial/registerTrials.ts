/** Announces to the editor what it may ask about trials. The answers are in the third stage, loaded at the first question. */
import * as l10n from '@vscode/l10n';
import {
  commands,
  type Disposable,
  EventEmitter,
  FileSystemError,
  languages,
  MarkdownString,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { contextKeys } from '../../protocol/contributions.ts';
import type { Actions } from '../actions.ts';
import { isMessages, trialIdOf, trialScheme } from './trialAddress.ts';

/** Files of a scheme of our own: the editor opens them again after a reload, searches and compares them, and never saves. */
export function registerTrials(actions: () => Promise<Actions>): Disposable[] {
  const changes = new EventEmitter<never>();
  const refuse = (uri: Uri): never => {
    throw FileSystemError.NoPermissions(uri);
  };
  const selector = { scheme: trialScheme, language: trialScheme };
  return [
    changes,
    workspace.registerFileSystemProvider(
      trialScheme,
      {
        onDidChangeFile: changes.event,
        watch: () => ({ dispose() {} }),
        stat: async (uri) => (await actions()).trials.stat(uri),
        readFile: async (uri) => (await actions()).trials.readFile(uri),
        readDirectory: () => [],
        createDirectory: refuse,
        writeFile: refuse,
        delete: refuse,
        rename: refuse,
      },
      {
        isReadonly: new MarkdownString(l10n.t('A trial log is a record: it cannot be edited.')),
        isCaseSensitive: true,
      },
    ),
    languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols: async (document) => (await actions()).trials.symbols(document),
    }),
    languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: async (document) => (await actions()).trials.folds(document),
    }),
    languages.registerDocumentLinkProvider(selector, {
      provideDocumentLinks: async (document) => (await actions()).trials.links(document),
    }),
    languages.registerHoverProvider(selector, {
      provideHover: async (document, position) => (await actions()).trials.hover(document, position.line),
    }),
    followActiveTrial(),
  ];
}

/** Keeps the context key: whether the active editor shows a trial. */
function followActiveTrial(): Disposable {
  const tell = (): void => {
    const uri = window.activeTextEditor?.document.uri;
    const open = uri !== undefined && trialIdOf(uri) !== undefined && !isMessages(uri);
    void commands.executeCommand('setContext', contextKeys.trialOpen, open);
  };
  tell();
  return window.onDidChangeActiveTextEditor(tell);
}
