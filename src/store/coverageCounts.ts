import type { CoverageCell } from '../core/explore/coverage.ts';
import { canonicalJson } from '../core/json.ts';
import type { CoverageMark, ToolCoverage } from '../core/rows.ts';
import type { Connection } from './connection.ts';

/** What the schema of a tool lets calls touch. The store knows no schemas: whoever asks passes it in. */
export interface ToolCells {
  /** The tool's id. */
  tool: string;
  cells: readonly CoverageCell[];
}

/** Values beyond the schema that are shown of one argument, and arguments beyond it. */
const mostValues = 12;
const mostArguments = 50;

interface Count {
  calls: number;
  failed: number;
}

/** What calls of one tool gave, of all runs or of one. */
export class CoverageCounts {
  readonly #connection: Connection;
  readonly #tool: number;
  readonly #run: number | null;
  readonly #simulated: number | null;
  /** By pointer; `''` is the calls themselves. */
  readonly #byPointer: ReadonlyMap<string, Count>;

  /** `tool` and `run`: their keys. `simulated`: 1 for what a model played alone, 0 for what was really called, null for all. */
  constructor(connection: Connection, tool: number, run: number | null, simulated: 0 | 1 | null = null) {
    this.#connection = connection;
    this.#tool = tool;
    this.#run = run;
    this.#simulated = simulated;
    const rows = connection
      .prepare<Count & { pointer: string }>(
        `SELECT pointer, count(*) AS calls, sum(failed) AS failed FROM given_arguments
         WHERE tool = ? ${this.#inRun} GROUP BY pointer`,
      )
      .all(tool, ...this.#runValues);
    this.#byPointer = new Map(rows.map(({ pointer, calls, failed }) => [pointer, { calls, failed }]));
  }

  /** How many of the cells calls have touched. */
  coverage({ tool, cells }: ToolCells): ToolCoverage {
    return { tool, covered: cells.filter((cell) => this.#touched(cell)).length, cells: cells.length };
  }

  /** The arguments and values of the schema in its order, each with what calls gave beyond it; last the arguments beyond it. */
  marks(cells: readonly CoverageCell[]): CoverageMark[] {
    const listed = new Map<string, string[]>();
    for (const { kind, subject, value } of cells) {
      const values = listed.get(subject) ?? [];
      if (kind === 'value' && value !== undefined) values.push(canonicalJson(value));
      listed.set(subject, values);
    }
    const further = [...this.#byPointer]
      .filter(([pointer]) => pointer !== '' && !listed.has(pointer))
      .sort(([, a], [, b]) => b.calls - a.calls)
      .slice(0, mostArguments)
      .map(([pointer]) => pointer);
    return [
      ...[...listed].flatMap(([pointer, values]) => this.#marksOf(pointer, values, true)),
      ...further.flatMap((pointer) => this.#marksOf(pointer, [], false)),
    ];
  }

  #marksOf(pointer: string, values: readonly string[], listed: boolean): CoverageMark[] {
    const given = this.#byPointer.get(pointer) ?? { calls: 0, failed: 0 };
    return [
      { pointer, value: null, ...given, listed },
      ...values.map((value) => ({ pointer, value, ...this.#countOf(pointer, value), listed: true })),
      ...this.#frequent(pointer, values),
    ];
  }

  #touched({ kind, subject, value }: CoverageCell): boolean {
    const given = this.#byPointer.get(subject)?.calls ?? 0;
    if (kind === 'given') return given > 0;
    if (kind === 'left_out') return (this.#byPointer.get('')?.calls ?? 0) > given;
    if (value === undefined || given === 0) return false;
    return (
      this.#connection
        .prepare<{ found: number }>(
          `SELECT 1 AS found FROM given_arguments WHERE tool = ? AND pointer = ? AND value = ? ${this.#inRun} LIMIT 1`,
        )
        .get(this.#tool, subject, canonicalJson(value), ...this.#runValues) !== undefined
    );
  }

  #countOf(pointer: string, value: string): Count {
    return (
      this.#connection
        .prepare<Count>(
          `SELECT count(*) AS calls, coalesce(sum(failed), 0) AS failed FROM given_arguments
           WHERE tool = ? AND pointer = ? AND value = ? ${this.#inRun}`,
        )
        .get(this.#tool, pointer, value, ...this.#runValues) ?? { calls: 0, failed: 0 }
    );
  }

  /** What calls gave most often beside these values. */
  #frequent(pointer: string, values: readonly string[]): CoverageMark[] {
    return this.#connection
      .prepare<Count & { value: string }>(
        `SELECT value, count(*) AS calls, sum(failed) AS failed FROM given_arguments
         WHERE tool = ? AND pointer = ? AND value <> '' ${this.#inRun}
         GROUP BY value ORDER BY calls DESC, value LIMIT ?`,
      )
      .all(this.#tool, pointer, ...this.#runValues, mostValues + values.length)
      .filter(({ value }) => !values.includes(value))
      .slice(0, mostValues)
      .map(({ value, calls, failed }) => ({ pointer, value, calls, failed, listed: false }));
  }

  get #inRun(): string {
    return `${this.#run === null ? '' : 'AND run = ?'} ${this.#simulated === null ? '' : 'AND simulated = ?'}`;
  }

  get #runValues(): number[] {
    return [this.#run, this.#simulated].filter((value) => value !== null);
  }
}
