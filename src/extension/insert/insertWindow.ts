/** The window, as insertion needs it. */
import * as l10n from '@vscode/l10n';
import { env, type Memento, type TextEditor, window } from 'vscode';
import { isForm } from './forms.ts';
import type { LastTextEditor } from './lastTextEditor.ts';
import type { InsertWindow } from './ports.ts';
import { PreviewPane } from './previewPane.ts';
import { placeOf } from './textPlace.ts';

/** How long the status bar says what was done, milliseconds. */
const noted = 5000;

export function insertWindow(last: Pick<LastTextEditor, 'editor'>, memento: Memento): InsertWindow {
  let pane: PreviewPane | undefined;
  return {
    place: async (fromView) => {
      const editor = last.editor(fromView);
      return editor && placeOf(await shown(editor));
    },
    preview: async (text, languageId) => {
      pane ??= new PreviewPane();
      await pane.show(l10n.t('Preview of Examples'), text, languageId);
    },
    closePreview: async () => {
      await pane?.close();
      pane?.dispose();
      pane = undefined;
    },
    copy: async (text) => env.clipboard.writeText(text),
    note: (text) => void window.setStatusBarMessage(text, noted),
    rememberedForm: (languageId) => {
      const form = memento.get(keyOf(languageId));
      return isForm(form) ? form : null;
    },
    rememberForm: async (languageId, form) => memento.update(keyOf(languageId), form ?? undefined),
  };
}

function keyOf(languageId: string): string {
  return `form.${languageId}`;
}

/** The editor on the screen: where a panel covers it, it is shown again, with its cursors. */
async function shown(editor: TextEditor): Promise<TextEditor> {
  const { document, selections, viewColumn } = editor;
  const visible = window.visibleTextEditors.find((one) => one === editor);
  if (visible) return visible;
  const again = await window.showTextDocument(document, viewColumn === undefined ? {} : { viewColumn });
  again.selections = selections;
  return again;
}
