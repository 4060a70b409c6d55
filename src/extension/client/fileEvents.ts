import { type Disposable, type Uri, workspace } from 'vscode';
import {
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  type LanguageClient,
} from 'vscode-languageclient/node';

/** Documents that the engine sees with their unsaved edits: whatever may be a spec. It looks at the others no further. */
export const documentSelector = [{ scheme: 'file', pattern: '**/*.{json,jsonc,jsonl,ndjson,yaml,yml}' }];

/** Files that may be specs, or say what is left out of the search. */
const wanted = /\.(?:jsonc?|jsonl|ndjson|ya?ml)$|[\\/](?:\.gitignore|\.git[\\/]info[\\/]exclude)$/i;
/** What is installed, and git's own: nobody looks there. */
const never = /[\\/](?:node_modules|\.git|\.hg|\.svn)[\\/](?!info[\\/]exclude$)/;
/** Files that are no folder: of what comes or goes under another name, the engine finds out. */
const noFolder =
  /\.(?:[cm]?[jt]sx?|map|py[cdi]?|rs|go|java|class|kt|cs|c|h|cc|cpp|hpp|o|so|a|md|txt|log|html?|css|scss|less|svg|png|jpe?g|gif|ico|woff2?|lock|tmp|swp|snap|db|db-wal|db-shm|vsix|zip|gz)$/i;

/**
 * Tells the engine of changes on disk at once: the client's own `synchronize.fileEvents` gathers them for 250 ms, which is
 * most of the time that a change may take to reach Problems. One watcher for everything: the host hears of all changes in
 * the workspace anyway, and of a folder that is moved or deleted no pattern for files would tell.
 */
export function watchSpecs(client: LanguageClient): Disposable[] {
  const watcher = workspace.createFileSystemWatcher('**/*');
  let changes: FileEvent[] = [];
  const send = (): void => {
    const now = changes;
    changes = [];
    if (!client.isRunning()) return;
    // An engine that goes away meanwhile needs none: the next one reads everything.
    client.sendNotification(DidChangeWatchedFilesNotification.type, { changes: now }).catch(() => undefined);
  };
  const tell = (type: FileChangeType) => (uri: Uri) => {
    if (!concerns(uri.fsPath, type)) return;
    // The host tells of what happened together one by one, without a pause.
    if (changes.length === 0) queueMicrotask(send);
    changes.push({ uri: client.code2ProtocolConverter.asUri(uri), type });
  };
  watcher.onDidCreate(tell(FileChangeType.Created));
  watcher.onDidChange(tell(FileChangeType.Changed));
  watcher.onDidDelete(tell(FileChangeType.Deleted));
  return [watcher];
}

/** Whether a change may make a difference to the catalogue, or to the files of examples and lessons. */
function concerns(path: string, type: FileChangeType): boolean {
  if (never.test(path)) return false;
  return wanted.test(path) || (type !== FileChangeType.Changed && !noFolder.test(path));
}
