import * as l10n from '@vscode/l10n';
import { l10n as editor } from 'vscode';

/**
 * Takes the texts of the editor's display language. Each stage is a bundle with a copy of `@vscode/l10n` of its own, so each
 * calls it once, before it makes a text; whatever has no translation stays English.
 */
export function useTranslations(): void {
  if (editor.bundle) l10n.config({ contents: editor.bundle });
}
