/** Which examples go into which file of an export, and why. */
import {
  type Batch,
  batchesOf,
  paperReplay,
  replayed,
  withoutReplay,
} from '../../core/exploit/training/batches.ts';
import { familiesOf, validationFamilies } from '../../core/exploit/training/families.ts';
import type { Slices } from '../../core/slices.ts';
import type { Example } from '../../core/trial.ts';
import { WrongRequest } from '../errors.ts';
import type { Why } from './manifest.ts';

/** An example at its place. */
export interface Selected {
  example: Example;
  family: string;
  why: Why;
  batch: string | null;
  validation: boolean;
}

export interface SelectionParams {
  seed: number;
  /** Share of the families, 0 to 1. */
  validation: number;
  batches?: {
    /** The name of the batch of an example; null where it belongs to none. */
    nameOf: (example: Example) => string | null;
    order: readonly string[];
    /** Counts from 1; absent: the last one. */
    batch?: number;
    replay?: number;
  };
}

export interface Selection {
  selected: Selected[];
  /** All batches, in their order. */
  batches: { name: string; examples: number; here: Why | null }[];
  /** Share of each earlier batch that is replayed; 0 without batches. */
  replay: number;
  notes: string[];
}

/** Selects. Throws `WrongRequest` for a batch that there is none of. */
export function* select(examples: readonly Example[], params: SelectionParams): Slices<Selection> {
  const { seed, validation } = params;
  const families = yield* familiesOf(examples);
  const held = yield* validationFamilies(examples, families, validation, seed);
  const place = (example: Example, why: Why, batch: string | null): Selected => {
    const family = families.get(example.id) as string;
    return { example, family, why, batch, validation: held.has(family) };
  };
  if (params.batches === undefined) {
    return {
      selected: examples.map((example) => place(example, 'new', null)),
      batches: [],
      replay: 0,
      notes: [],
    };
  }
  const { nameOf, order, replay = paperReplay } = params.batches;
  const batches = yield* batchesOf(examples, families, nameOf, order);
  const number = params.batches.batch ?? batches.length;
  const current = batches[number - 1];
  if (current === undefined) {
    throw new WrongRequest(
      `There is no batch ${number}: ${batches.length === 0 ? 'none has examples' : `there are ${batches.length}`}.`,
      `Batches in their order: ${batches.map(({ name }) => name).join(', ') || 'none'}.`,
    );
  }
  const earlier = batches.slice(0, number - 1);
  const selected = current.examples.map((example) => place(example, 'new', current.name));
  for (const batch of earlier) {
    // What is held out of an earlier batch is held out whole: by it one sees whether the model forgets.
    const training = batch.examples.filter((example) => !held.has(families.get(example.id) as string));
    const again = yield* replayed({ ...batch, examples: training }, families, replay, seed);
    const kept = batch.examples.filter((example) => held.has(families.get(example.id) as string));
    for (const example of [...again, ...kept]) selected.push(place(example, 'replay', batch.name));
  }
  const notes = replay === 0 ? [withoutReplay] : [];
  const unbatched = examples.length - batches.reduce((sum, batch) => sum + batch.examples.length, 0);
  if (unbatched > 0)
    notes.push(`${unbatched} example${unbatched === 1 ? '' : 's'} left out: their tools are in no batch.`);
  return {
    selected,
    batches: batches.map((batch, index) => described(batch, index, number)),
    replay,
    notes,
  };
}

function described({ name, examples }: Batch, index: number, number: number): Selection['batches'][number] {
  const here = index === number - 1 ? 'new' : index < number - 1 ? 'replay' : null;
  return { name, examples: examples.length, here };
}
