/** What an engine would have to tell of `count` trials of six tools: each row a function of its number, so there can be many. */
import type {
  Dashboard,
  ExampleRow,
  FailedCallRow,
  ListedTrial,
  ListName,
  ListOrder,
  ListRow,
  TrialFilter,
  TrialRow,
} from '../../src/core/rows.ts';
import type { FailureType, Outcome, Verification } from '../../src/core/trial.ts';

export const toolNames = [
  'add_days',
  'colour_name',
  'find_city',
  'list_trains',
  'convert_currency',
  'send_note',
];
const failureOf: readonly FailureType[] = [
  'missing_argument',
  'rejected',
  'invalid_value',
  'timeout',
  'wrong_type',
];
const verifications: readonly Verification[] = ['unverified', 'verified', 'executed', 'accepted'];
const units = ['days', 'weeks', 'months'];
const began = Date.UTC(2026, 10, 20, 9, 0);

export interface FakeTexts {
  query?: (n: number) => string;
  value?: (n: number) => string;
  observation?: (n: number) => string;
  message?: (n: number) => string;
}

export class FakeData {
  readonly count: number;
  readonly #texts: FakeTexts;
  /** Whether a model played the tool in a trial. */
  played: (n: number) => boolean = () => false;

  constructor(count: number, texts: FakeTexts = {}) {
    this.count = count;
    this.#texts = texts;
  }

  tool(n: number): string {
    return `imaginarium.yaml#${toolNames[n % toolNames.length]}`;
  }

  outcome(n: number): Outcome {
    // More and more of them are fulfilled as the trials go on.
    const luck = (n * 7919) % 100;
    if (luck < 35 + (45 * Math.min(n, 1204)) / 1204) return 'fulfilled';
    if (luck < 92) return 'unfulfilled';
    return luck < 97 ? 'abandoned' : 'error';
  }

  failure(n: number): FailureType | null {
    return n % 3 === 0 ? (failureOf[(n / 3) % failureOf.length] ?? null) : null;
  }

  unit(n: number): string {
    return units[n % units.length] ?? 'days';
  }

  query(n: number): string {
    return (
      this.#texts.query?.(n) ??
      `What is the date ${n} ${this.unit(n)} after the first of March ${2000 + (n % 30)}?`
    );
  }

  trial(n: number): TrialRow {
    const failure = this.failure(n);
    return {
      id: `run-1-abc-${n}`,
      runId: 'run-1',
      tool: this.tool(n),
      episode: Math.ceil(n / 4),
      trial: ((n - 1) % 4) + 1,
      query: this.query(n),
      outcome: this.outcome(n),
      toolCalls: 1 + (n % 3),
      failures: failure ? [failure] : [],
      example: this.outcome(n) === 'fulfilled',
      ...(this.played(n) ? { simulated: true as const } : {}),
      startedAt: began + n * 60_000,
      ms: 200 + ((n * 37) % 4000),
    };
  }

  rows(list: ListName, ids: readonly number[]): ListRow[] {
    return ids.filter((id) => id >= 1 && id <= this.count).map((id) => this.row(list, id));
  }

  row(list: ListName, n: number): ListRow {
    if (list === 'examples') return this.example(n);
    return list === 'failures' ? this.failedCall(n) : ({ id: n, trial: this.trial(n) } satisfies ListedTrial);
  }

  example(n: number): ExampleRow {
    const value = this.#texts.value?.(n) ?? '2024-03-01';
    const given = { date: value, days: n, unit: this.unit(n) };
    const observation =
      this.#texts.observation?.(n) ?? `{"date":"2024-03-${1 + (n % 28)}","weekday":"Tuesday"}`;
    return {
      id: n,
      stale: n % 10 === 0,
      ...(n % 6 === 1
        ? { lift: { example: `example-${n}`, lift: 0.12, low: 0.02, high: 0.22, queries: 40, mark: '+' } }
        : {}),
      at: this.trial(n).startedAt,
      example: {
        id: `example-${n}`,
        tool: this.tool(n),
        query: this.query(n),
        calls: [{ tool: this.tool(n), arguments: given, observation }],
        answer: 'It is a Tuesday.',
        verification: verifications[n % verifications.length] ?? 'unverified',
        ...(n % 7 === 3 ? { kind: 'near_miss' as const } : {}),
        ...(n % 5 === 1
          ? {
              checks: {
                format: true,
                execution: 'recorded' as const,
                judge: {
                  model: 'judge',
                  informative: true,
                  faithful: true,
                  proper: true,
                  reasons: this.#texts.message?.(n) ?? 'The answer is what the call returned.',
                },
                specHash: 'feedface',
              },
              contrasts: [
                {
                  tool: this.tool(n),
                  arguments: { date: value },
                  failure: { type: 'rejected' as const, message: this.#texts.message?.(n) ?? 'no' },
                },
              ],
            }
          : {}),
        provenance: {
          model: n % 4 === 0 ? 'offline' : 'qwen3:8b',
          languageModel: n % 4 !== 0,
          runId: 'run-1',
          trialId: `run-1-abc-${n}`,
          seed: n,
          specHash: 'feedface',
          judge: null,
          edited: n % 15 === 0,
          ...(this.played(n) ? { simulated: true as const } : {}),
        },
      },
    };
  }

  failedCall(n: number): FailedCallRow {
    const tool = this.tool(n);
    const type = this.failure(n) ?? 'rejected';
    const message = this.#texts.message?.(n) ?? 'date must be YYYY-MM-DD, got "1 March"';
    const failure = { type, message, argument: '/date' };
    const call = { tool, arguments: { date: this.#texts.value?.(n) ?? '1 March', days: n } };
    const worked = { tool, arguments: { date: '2024-03-01', days: n } };
    const sentence = 'date "1 March" was refused; "2024-03-01" works.';
    return {
      id: n,
      at: this.trial(n).startedAt,
      exampleId: n % 2 === 0 ? `example-${n}` : null,
      failedCall: {
        trialId: `run-1-abc-${n}`,
        tool,
        step: 0,
        query: this.query(n),
        details: {
          thought: 'Add them.',
          call,
          observation: {
            status: 'rejected',
            content: this.#texts.observation?.(n) ?? `error: ${message}`,
            ms: 12,
            truncated: false,
          },
          failure,
          failures: [failure],
        },
        fix:
          n % 2 === 0
            ? { tool, trialId: 't', failed: call, failure, worked, changed: ['/date'], sentence }
            : null,
        lesson: n % 2 === 0 ? 'date wants YYYY-MM-DD.' : null,
        ...(this.played(n) ? { simulated: true as const } : {}),
      },
    };
  }

  list(list: ListName, filter: TrialFilter, order: ListOrder): { ids: number[]; total: number } {
    const ids: number[] = [];
    for (let n = 1; n <= this.count; n += 1) if (this.#has(list, n) && this.#passes(n, filter)) ids.push(n);
    if (order.by === 'duration') ids.sort((a, b) => this.trial(a).ms - this.trial(b).ms || a - b);
    if (order.by === 'tool') ids.sort((a, b) => this.tool(a).localeCompare(this.tool(b)) || a - b);
    if (order.descending) ids.reverse();
    return { ids, total: ids.length };
  }

  #has(list: ListName, n: number): boolean {
    if (list === 'examples') return this.outcome(n) === 'fulfilled';
    return list === 'trials' || this.failure(n) !== null;
  }

  #passes(n: number, filter: TrialFilter): boolean {
    const { tool, outcome, failureType, from, to, argument, text, simulated } = filter;
    return (
      (tool === undefined || this.tool(n) === tool) &&
      (outcome === undefined || this.outcome(n) === outcome) &&
      (failureType === undefined || this.failure(n) === failureType) &&
      (simulated === undefined || this.played(n) === simulated) &&
      (from === undefined || n >= from) &&
      (to === undefined || n <= to) &&
      (argument?.value === undefined || JSON.stringify(this.unit(n)) === argument.value) &&
      (text === undefined || text.split(/\s+/).every((word) => this.query(n).includes(word)))
    );
  }

  dashboard(asked: TrialFilter): Dashboard {
    const all = Array.from({ length: this.count }, (_, index) => index + 1);
    const { simulated: only, ...place } = asked;
    const of = all.filter((n) => this.#passes(n, place)).length;
    const trials = all.filter((n) => this.played(n) && this.#passes(n, place)).length;
    const shown = only ?? trials === of;
    const dashboard = this.#counted(trials > 0 ? { ...place, simulated: shown } : place);
    return trials > 0 ? { ...dashboard, simulated: { trials, of, shown } } : dashboard;
  }

  #counted(filter: TrialFilter): Dashboard {
    const outcomes: Dashboard['outcomes'] = { fulfilled: 0, unfulfilled: 0, abandoned: 0, error: 0 };
    const failures = new Map<FailureType, number>();
    const curve: Dashboard['curve'] = [];
    const stretch = Math.ceil(this.count / 60);
    let trials = 0;
    for (let n = 1; n <= this.count; n += 1) {
      if (!this.#passes(n, filter)) continue;
      trials += 1;
      const outcome = this.outcome(n);
      outcomes[outcome] += 1;
      const failure = this.failure(n);
      if (failure) failures.set(failure, (failures.get(failure) ?? 0) + 1);
      if ((trials - 1) % stretch === 0) curve.push({ trials, inStretch: 0, fulfilled: 0, from: n, to: n });
      const point = curve.at(-1);
      if (!point) continue;
      point.inStretch += 1;
      if (outcome === 'fulfilled') point.fulfilled += 1;
      Object.assign(point, { trials, to: n });
    }
    const unit = (value: string, calls: number, failed: number, listed = true) => ({
      pointer: '/unit',
      value: JSON.stringify(value),
      calls,
      failed,
      listed,
    });
    return {
      outcomes,
      failures: [...failures].map(([type, calls]) => ({ type, calls })),
      curve,
      coverage: filter.tool
        ? [
            { pointer: '/date', value: null, calls: 420, failed: 61, listed: true },
            { pointer: '/days', value: null, calls: 418, failed: 2, listed: true },
            { pointer: '/unit', value: null, calls: 233, failed: 20, listed: true },
            unit('days', 120, 4),
            unit('weeks', 80, 10),
            unit('months', 31, 5),
            unit('years', 0, 0),
            unit('fortnights', 2, 2, false),
            { pointer: '/range/from', value: null, calls: 0, failed: 0, listed: true },
          ]
        : [],
      coverageByTool: filter.tool
        ? []
        : Array.from({ length: 14 }, (_, i) => ({
            tool: `imaginarium.yaml#${toolNames[i % 6]}${i < 6 ? '' : `_${i}`}`,
            covered: i,
            cells: 16,
          })),
      runs: 2,
      toolCalls: this.count * 2,
      usage: {
        modelCalls: this.count * 5,
        inputTokens: this.count * 2100,
        cachedTokens: this.count * 900,
        outputTokens: this.count * 160,
        usd: null,
      },
      examples: outcomes.fulfilled,
      lessons: 41,
    };
  }
}
