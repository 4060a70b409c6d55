/** Pages of a very long trial log, as the editor gets them from the engine. */
import { engine as protocol } from '../../src/protocol/engine.ts';
import { cached } from './cached.ts';
import { type EngineProcess, startEngine } from './engineProcess.ts';
import { filledTool, fillTrials } from './largeStore.ts';
import { percentile } from './percentile.ts';
import type { Row } from './row.ts';

const trialsInLog = 1_000_000;
/** Rows of a page. */
const limit = 100;
const repeats = 40;
/** What is asked for: all trials, those of one tool, those with failed calls. */
const filters = [{}, { tool: filledTool(3) }, { failed: true }];

export const trialLog: Row = {
  name: 'trialLog',
  what: `a page of ${limit} rows of a trial log of ${trialsInLog} trials, asked of the engine`,
  async measure() {
    const folder = await cached('trialLog', (empty) => fillTrials(empty, trialsInLog));
    await using things = new AsyncDisposableStack();
    const engine = things.adopt(await startEngine(folder), (one) => one.dispose());
    const { ms: cold } = await timed(engine, {});
    const first = await times(engine, undefined);
    const { after, before } = await middle(engine);
    const there = await times(engine, after);
    return {
      figures: [
        { what: 'first page, p95', value: percentile(first, 0.95), unit: 'ms', limit: 10 },
        { what: 'page in the middle, p95', value: percentile(there, 0.95), unit: 'ms', limit: 10 },
      ],
      note: `${limit} rows of all, of a tool, of the failed; the very first took ${cold.toFixed(1)} ms; ${before} trials before the middle`,
      details: { coldMs: cold, firstP50: percentile(first, 0.5), middleP50: percentile(there, 0.5) },
    };
  },
};

async function timed(engine: EngineProcess, page: object): Promise<{ ms: number; rows: number }> {
  const asked = performance.now();
  const { rows } = await engine.ask(protocol.trials, { limit, ...page });
  return { ms: performance.now() - asked, rows: rows.length };
}

async function times(engine: EngineProcess, after: string | undefined): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < repeats; i++) {
    for (const filter of filters) {
      const { ms, rows } = await timed(engine, { ...filter, ...(after === undefined ? {} : { after }) });
      if (rows !== limit) throw new Error(`A page of ${JSON.stringify(filter)} has ${rows} rows.`);
      found.push(ms);
    }
  }
  return found;
}

/** Walks to the middle of the log, as somebody who scrolls does. */
async function middle(engine: EngineProcess): Promise<{ after: string; before: number }> {
  let after: string | undefined;
  let before = 0;
  while (before < trialsInLog / 2) {
    const page: { rows: unknown[]; next: string | null } = await engine.ask(protocol.trials, {
      limit: 1000,
      ...(after === undefined ? {} : { after }),
    });
    before += page.rows.length;
    if (page.next === null) throw new Error(`The log ends after ${before} trials.`);
    after = page.next;
  }
  return { after: after as string, before };
}
