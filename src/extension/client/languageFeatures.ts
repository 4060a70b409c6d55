/** What the window adds to the language features of the engine: words, and the person's setting for CodeLens. */
import { CodeAction, CodeLens, type Disposable, type TextDocument, workspace } from 'vscode';
import { CodeLensRequest, type LanguageClient, type Middleware } from 'vscode-languageclient/node';
import { settings } from '../../protocol/contributions.ts';
import { actionTitle } from './actionTitles.ts';
import { lensDataOf, lensTexts } from './lensTexts.ts';

export const languageMiddleware: Pick<Middleware, 'provideCodeLenses' | 'provideCodeActions'> = {
  async provideCodeLenses(document, token, next) {
    if (!showsLenses(document)) return [];
    return ((await next(document, token)) ?? []).flatMap(worded);
  },
  async provideCodeActions(document, range, context, token, next) {
    const actions = (await next(document, range, context, token)) ?? [];
    for (const action of actions) {
      if (!(action instanceof CodeAction)) continue;
      const title = actionTitle('data' in action ? action.data : undefined);
      if (title === undefined) continue;
      action.title = title;
      if (action.command) action.command.title = title;
    }
    return actions;
  },
};

/** Has the editor draw the lenses anew when the person switches them on or off. */
export function followLensSetting(client: LanguageClient): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration(settings.codeLens)) return;
    for (const document of workspace.textDocuments) {
      client.getFeature(CodeLensRequest.method)?.getProvider(document)?.onDidChangeCodeLensEmitter.fire();
    }
  });
}

function showsLenses(document: TextDocument): boolean {
  return workspace.getConfiguration(undefined, document).get(settings.codeLens, true);
}

/** The lenses of one that the engine sent; the client keeps its data beside what the editor knows. */
function worded(lens: CodeLens): CodeLens[] {
  const data = lensDataOf('data' in lens ? lens.data : undefined);
  if (data === undefined) return [lens];
  return lensTexts(data).map((text) => new CodeLens(lens.range, text));
}
