import type { Example, Lesson } from '../../core/trial.ts';
import type { Insertion, InsertionParams } from '../../protocol/engine.ts';
import { entryPath } from '../../tools/entryPath.ts';
import { exampleForms, type KnownTools } from '../exampleFormats/index.ts';
import { firstAnswer, shortText } from '../firstAnswer.ts';
import { insertion } from './index.ts';

export interface InsertionTask {
  place: Omit<InsertionParams, 'exampleIds'>;
  examples: readonly Example[];
  tools: KnownTools;
  /** What stands beside them where the form is text. */
  lessons?: readonly Lesson[];
}

/** Milliseconds. */
const timeLimit = 20_000;

/** What `insertion` says, worked out beside the main thread where it takes long: 5 MB of YAML or TypeScript take 2 s. */
export async function insertionAtLeisure(task: InsertionTask, limit = timeLimit): Promise<Insertion> {
  const { place, examples, tools, lessons } = task;
  if (place.text.length <= shortText) return insertion(place, examples, tools, lessons);
  const entry = entryPath('./insertion.worker.ts', import.meta.url);
  return (await firstAnswer<Insertion>(entry, task, limit)) ?? tooLong(task);
}

function tooLong({ place, examples, tools }: InsertionTask): Insertion {
  const form = place.form ?? 'markdown';
  const nothing = 'The document is too long to find a place in it.';
  return { nothing, copy: exampleForms[form](examples, tools), form };
}
