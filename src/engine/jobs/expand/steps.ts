/** What an expansion keeps of its tries, so that it goes on after them. */
import type { Json } from '../../../core/json.ts';
import type { JobStep } from '../../../store/index.ts';
import type { JobContext } from '../jobs.ts';

/** A text of a model that came to nothing, and why. */
export interface TurnedDown {
  text: string;
  why: string;
}

/** One time the model was asked. */
export interface Try {
  added: number;
  turnedDown: TurnedDown[];
}

/** `paraphrase` of an example, `near_miss` and `missing_value` of a tool. */
export type UnitKind = 'paraphrase' | 'near_miss' | 'missing_value';

/** The place of one unit of work. */
export function placeOf(kind: UnitKind, id: string): string {
  return `${kind} ${id}`;
}

const doneMark = ' done';

/** The steps of one job. */
export class Steps {
  readonly #context: JobContext;
  readonly #tries = new Map<string, Try[]>();
  readonly #done = new Set<string>();

  constructor(context: JobContext) {
    this.#context = context;
    for (const { place, body } of context.store.jobSteps(context.job.id)) {
      if (place.endsWith(doneMark)) this.#done.add(place.slice(0, -doneMark.length));
      // Nobody but this job writes its steps; they come in the order of their places.
      else this.#note(place.replace(/ \d+$/, ''), body as unknown as Try);
    }
  }

  tries(unit: string): readonly Try[] {
    return this.#tries.get(unit) ?? [];
  }

  isDone(unit: string): boolean {
    return this.#done.has(unit);
  }

  /** Of all units, also those of an earlier part of the job. */
  all(): Map<string, readonly Try[]> {
    return this.#tries;
  }

  /** A try that is about to be kept, in the transaction of what it brings. */
  step(unit: string, attempt: number, made: Try): JobStep {
    this.#note(unit, made);
    return { job: this.#context.job.id, place: `${unit} ${attempt}`, body: made as unknown as Json };
  }

  done(unit: string): void {
    this.#done.add(unit);
    this.#context.store.putJobStep(this.#context.job.id, unit + doneMark, true);
  }

  #note(unit: string, made: Try): void {
    this.#tries.set(unit, [...(this.#tries.get(unit) ?? []), made]);
  }
}
