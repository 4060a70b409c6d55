import {
  type DataTransfer,
  type Disposable,
  DocumentDropEdit,
  DocumentDropOrPasteEditKind,
  languages,
  type Position,
  type TextDocument,
} from 'vscode';
import { dragTypes } from '../../protocol/dragTypes.ts';
import type { Actions } from '../actions.ts';

const kind = DocumentDropOrPasteEditKind.Empty.append('imaginarium', 'examples');

/** Examples can be dropped into any text editor. What is written there is decided in the third stage. */
export function registerDrop(actions: () => Promise<Actions>): Disposable {
  return languages.registerDocumentDropEditProvider(
    '*',
    {
      async provideDocumentDropEdits(document: TextDocument, position: Position, data: DataTransfer, token) {
        const item = data.get(dragTypes.examples);
        if (!item) return undefined;
        const text = await item.asString();
        const edit = await drop(await actions(), text, document, position);
        if (!edit || token.isCancellationRequested) return undefined;
        const made = new DocumentDropEdit('', edit.title, kind);
        made.additionalEdit = edit.edit;
        return made;
      },
    },
    { dropMimeTypes: [dragTypes.examples], providedDropEditKinds: [kind] },
  );
}

/** What could not be had is said: the editor would keep an error to itself. */
async function drop(
  stage: Actions,
  text: string,
  document: TextDocument,
  position: Position,
): ReturnType<Actions['dropExamples']> {
  try {
    return await stage.dropExamples(text, document, position);
  } catch (error) {
    void stage.showError(error);
    return undefined;
  }
}
