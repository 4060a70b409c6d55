/** What a row of the bench is, and what measuring it gives. */

export type Unit = 'ms' | 'MB' | 'KB' | '× ideal' | '%';

/** One figure with the mark it has to keep. */
export interface Figure {
  /** What it is of, where the row has more than one: `first page`, `p95`. */
  what: string;
  value: number;
  unit: Unit;
  /** At most this; with `atLeast`, at least. */
  limit: number;
  atLeast?: true;
}

export interface Measured {
  figures: Figure[];
  /** There is nothing to measure here, which is no miss; the note says why. */
  absent?: true;
  /** How it came about, in a few words: counts, the other figures worth knowing. */
  note: string;
  /** The same as data, for who reads the JSON. */
  details?: Record<string, number | string>;
}

/** One row of the table, measured with real parts. */
export interface Row {
  /** What `npm run bench -- NAME` takes. */
  name: string;
  /** What is measured, in words. */
  what: string;
  /** Throws when it cannot be measured, which counts as missed. */
  measure(): Promise<Measured>;
}

/** A row as the JSON has it. */
export interface Result {
  name: string;
  what: string;
  figures: (Figure & { ok: boolean })[];
  note: string;
  details: Record<string, number | string>;
  /** Every figure keeps its mark; false also when there is none, unless there is nothing to measure here. */
  ok: boolean;
  /** What measuring took, preparations included. */
  seconds: number;
  /** Why it could not be measured. */
  error?: string;
}

/** How long a row may take before it counts as hanging, milliseconds. */
const patience = 180_000;

/** Measures one row. Never rejects. */
export async function resultOf(row: Row): Promise<Result> {
  const { name, what } = row;
  const started = performance.now();
  const seconds = (): number => Math.round((performance.now() - started) / 100) / 10;
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      const error = new Error(`It took more than ${patience / 1000} s.`);
      timer = setTimeout(() => reject(error), patience);
    });
    const { figures, note, details = {}, absent = false } = await Promise.race([row.measure(), late]);
    const judged = figures.map((figure) => ({
      ...figure,
      ok: figure.atLeast ? figure.value >= figure.limit : figure.value <= figure.limit,
    }));
    const ok = absent || (judged.length > 0 && judged.every((figure) => figure.ok));
    return { name, what, figures: judged, note, details, ok, seconds: seconds() };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown.message : String(thrown);
    return { name, what, figures: [], note: '', details: {}, ok: false, seconds: seconds(), error };
  } finally {
    clearTimeout(timer);
  }
}
