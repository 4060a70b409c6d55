/** Announces the documents of tools to the editor, and tells it when what they show may have changed. */
import * as l10n from '@vscode/l10n';
import { type Disposable, EventEmitter, type FileChangeEvent, FileChangeType, workspace } from 'vscode';
import type { Actions } from '../actions.ts';
import type { Workbench } from '../state/workbench.ts';
import { readOnlyFiles } from '../window/readOnlyFiles.ts';
import { toolScheme } from './toolAddress.ts';

export function registerTools(actions: () => Promise<Actions>, workbench: Workbench): Disposable[] {
  const changes = new EventEmitter<FileChangeEvent[]>();
  let seen = workbench.sources;
  return [
    changes,
    readOnlyFiles(
      toolScheme,
      l10n.t('This shows a tool. It is edited where it is written.'),
      async () => (await actions()).tools,
      changes.event,
    ),
    workbench.onChange.listen(() => {
      if (workbench.sources === seen) return;
      seen = workbench.sources;
      const open = workspace.textDocuments.filter(({ uri }) => uri.scheme === toolScheme);
      if (open.length === 0) return;
      changes.fire(open.map(({ uri }) => ({ type: FileChangeType.Changed, uri })));
    }),
  ];
}
