/** Announces to the editor what it may ask about trials. The answers are in the third stage, loaded at the first question. */
import * as l10n from '@vscode/l10n';
import {
  commands,
  type Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  languages,
  window,
  workspace,
} from 'vscode';
import { contextKeys } from '../../protocol/contributions.ts';
import type { Actions } from '../actions.ts';
import { reviewStamp } from '../state/reviewStamp.ts';
import type { Workbench } from '../state/workbench.ts';
import { readOnlyFiles } from '../window/readOnlyFiles.ts';
import { isMessages, trialIdOf, trialScheme } from './trialAddress.ts';

export function registerTrials(actions: () => Promise<Actions>, workbench: Workbench): Disposable[] {
  const changes = new EventEmitter<FileChangeEvent[]>();
  const selector = { scheme: trialScheme, language: trialScheme };
  return [
    changes,
    followReviews(workbench, changes),
    readOnlyFiles(
      trialScheme,
      l10n.t('A trial log is a record: it cannot be edited.'),
      async () => (await actions()).trials,
      changes.event,
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

/** Trials that are open say what was found of their examples: they are read again when that may be something else. */
function followReviews(workbench: Workbench, changes: EventEmitter<FileChangeEvent[]>): { dispose(): void } {
  let seen = reviewStamp(workbench);
  return workbench.onChange.listen(() => {
    const now = reviewStamp(workbench);
    if (now === seen) return;
    seen = now;
    const open = workspace.textDocuments.filter(({ uri }) => uri.scheme === trialScheme);
    changes.fire(open.map(({ uri }) => ({ type: FileChangeType.Changed, uri })));
  });
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
