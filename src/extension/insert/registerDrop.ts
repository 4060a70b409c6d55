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
        const edit = await (await actions()).dropExamples(text, document, position);
        if (!edit || token.isCancellationRequested) return undefined;
        const drop = new DocumentDropEdit('', edit.title, kind);
        drop.additionalEdit = edit.edit;
        return drop;
      },
    },
    { dropMimeTypes: [dragTypes.examples], providedDropEditKinds: [kind] },
  );
}
