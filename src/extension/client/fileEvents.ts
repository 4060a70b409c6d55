import { type Disposable, type Uri, workspace } from 'vscode';
import {
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type LanguageClient,
} from 'vscode-languageclient/node';

/** Files whose change on disk the engine is told of: specs, and what people do to the files of examples and lessons. */
const watched = [
  '**/imaginarium.yaml',
  '**/*.tools.{yaml,yml}',
  '**/.imaginarium/{examples,lessons}/*.jsonl',
] as const;

/** Documents that the engine sees with their unsaved edits. */
export const documentSelector = [
  { scheme: 'file', pattern: '**/imaginarium.yaml' },
  { scheme: 'file', pattern: '**/*.tools.{yaml,yml}' },
];

/**
 * Tells the engine of changes on disk at once: the client's own `synchronize.fileEvents` gathers them for 250 ms, which is
 * most of the time that a change may take to reach Problems.
 */
export function watchSpecs(client: LanguageClient): Disposable[] {
  return watched.map((pattern) => {
    const watcher = workspace.createFileSystemWatcher(pattern);
    const tell = (type: FileChangeType) => (uri: Uri) => {
      if (!client.isRunning()) return;
      const changes = [{ uri: client.code2ProtocolConverter.asUri(uri), type }];
      // An engine that goes away meanwhile needs none: the next one reads everything.
      client.sendNotification(DidChangeWatchedFilesNotification.type, { changes }).catch(() => undefined);
    };
    watcher.onDidCreate(tell(FileChangeType.Created));
    watcher.onDidChange(tell(FileChangeType.Changed));
    watcher.onDidDelete(tell(FileChangeType.Deleted));
    return watcher;
  });
}
