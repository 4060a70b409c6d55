import { Worker } from 'node:worker_threads';
import type { Example } from '../../core/trial.ts';
import type { Insertion, InsertionParams } from '../../protocol/engine.ts';
import { entryPath } from '../../tools/entryPath.ts';
import { exampleForms, type KnownTools } from '../exampleFormats/index.ts';
import { insertion } from './index.ts';

export interface InsertionTask {
  place: Omit<InsertionParams, 'exampleIds'>;
  examples: readonly Example[];
  tools: KnownTools;
}

/** Parsing a document up to here takes less time than the start of a thread, characters. */
const short = 50_000;
/** Milliseconds. */
const timeLimit = 20_000;

/** What `insertion` says, worked out beside the main thread where it takes long: 5 MB of YAML or TypeScript take 2 s. */
export async function insertionAtLeisure(task: InsertionTask, limit = timeLimit): Promise<Insertion> {
  const { place, examples, tools } = task;
  if (place.text.length <= short) return insertion(place, examples, tools);
  const worker = new Worker(entryPath('./insertion.worker.ts', import.meta.url), { workerData: task });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Insertion>((resolve, reject) => {
      timer = setTimeout(() => resolve(tooLong(task)), limit);
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('The thread ended without an answer.')));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

function tooLong({ place, examples, tools }: InsertionTask): Insertion {
  const form = place.form ?? 'markdown';
  const nothing = 'The document is too long to find a place in it.';
  return { nothing, copy: exampleForms[form](examples, tools), form };
}
