/** Work on the text of a spec that takes as long as parsing it: functions of texts, for whichever thread does it. */

import type { SchemaChange } from '../../core/contradictions/index.ts';
import type { Json } from '../../core/json.ts';
import { keysOf, pointerOf } from '../../core/jsonPointer.ts';
import { parseSpec, type SpecDocument, type SpecRange } from '../../tools/formats/document.ts';
import { placeOf, type SpecEntry } from './argumentPlace.ts';
import { changedSpec } from './changedSpec.ts';

/** A text with its name. */
export interface SpecText {
  path: string;
  text: string;
}

export interface SpecJobs {
  /** Where arguments stand: what describes them, from its key on; of an unknown one what is nearest. */
  arguments: {
    query: SpecText & { wanted: readonly { entry: SpecEntry; argument: string }[] };
    result: SpecRange[];
  };
  /** The text with a change; null where this spec cannot say it. */
  change: { query: SpecText & { entry: SpecEntry; change: SchemaChange }; result: string | null };
}

export type SpecJobName = keyof SpecJobs;
export type SpecJob = {
  [Name in SpecJobName]: { name: Name; query: SpecJobs[Name]['query'] };
}[SpecJobName];

/** Does one job. Never throws for what the text says. */
export function specWork(job: SpecJob): SpecJobs[SpecJobName]['result'] {
  if (job.name === 'change') return changedSpec(job.query);
  const { path, text, wanted } = job.query;
  const document = parseSpec(path, text);
  return wanted.map(({ entry, argument }) => argumentRange(document, entry, argument));
}

function argumentRange(document: SpecDocument, entry: SpecEntry, argument: string): SpecRange {
  const root: Json | undefined = document.value;
  const place = root === undefined ? null : placeOf(root, entry, argument);
  if (place !== null) return keyOrValue(document, place.whole);
  // An argument that the spec does not name: where it would stand.
  const outer = keysOf(argument).slice(0, -1);
  const around = root === undefined || outer.length === 0 ? null : placeOf(root, entry, pointerOf(...outer));
  return keyOrValue(document, around?.whole ?? entry.schemaAt);
}

/** The key of a member of an object; an item of a list has none, and there its first line is the place. */
function keyOrValue(document: SpecDocument, pointer: string): SpecRange {
  const key = document.locate(pointer, 'key');
  const last = keysOf(pointer).at(-1) ?? '';
  if (!/^\d+$/.test(last)) return key;
  const { line, column } = document.locate(`${pointer}/name`);
  const name = document.locate(`${pointer}/name`);
  return name.line === name.endLine ? name : { line, column, endLine: line, endColumn: column + 1 };
}
