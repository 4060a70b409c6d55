/** Finds and reads the sources of a workspace folder, once. Who wants to follow them uses `FolderSearch`. */
import { defaultTimeoutMs, type SourceResult } from './boundTool.ts';
import { FolderSearch, type FolderSearchOptions } from './discovery/folderSearch.ts';
import { ReadingThread } from './reading.ts';

export { readSource } from './source.ts';

export interface DiscoverOptions extends Omit<FolderSearchOptions, 'thread'> {
  signal?: AbortSignal;
  /** Time limit of calls to tools that name none, milliseconds. */
  timeoutMs?: number;
}

/** Every source of the folder, by name. What cannot be read is a problem of its source, never an error. */
export async function discover(
  folder: string,
  { signal, timeoutMs = defaultTimeoutMs, ...options }: DiscoverOptions = {},
): Promise<SourceResult[]> {
  const thread = new ReadingThread();
  try {
    const search = new FolderSearch(folder, { ...options, thread });
    await search.search({ timeoutMs }, signal);
    return search.sources;
  } finally {
    await thread.dispose();
  }
}
