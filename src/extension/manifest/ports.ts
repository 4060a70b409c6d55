import type { FileChange } from '../../protocol/engine.ts';

/** A file of the workspace: the absolute path of its folder, and its path in there with `/`. */
export interface WorkspaceFile {
  folder: string;
  path: string;
}

/** What changes of a manifest need of the window. */
export interface ManifestWindow {
  /** Absolute paths of the workspace folders. */
  folders(): string[];
  /**
   * Writes a change as one step that can be undone, saves the file where nothing else in it was unsaved, and shows it.
   * Throws `UserError` when the file is another than the change was made for.
   */
  apply(change: FileChange): Promise<void>;
  /** The file that the person picks; undefined when none. Throws `UserError` for one outside the workspace. */
  chooseFile(title: string): Promise<WorkspaceFile | undefined>;
  /** Files whose names are those of specs. */
  likelyFiles(): Promise<WorkspaceFile[]>;
}
