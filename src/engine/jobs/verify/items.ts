/** What a verification is about: examples, and trials that leave none as long as no judge says so. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isSimulated } from '../../../core/exploit/demonstration.ts';
import { candidateOf } from '../../../core/exploit/example.ts';
import { judgementOf, kindOf, specHashOf } from '../../../core/exploit/usable.ts';
import type { Example, Trial } from '../../../core/trial.ts';
import type { Store } from '../../../store/index.ts';
import type { BoundTool } from '../../../tools/boundTool.ts';
import { type Calling, isCheap } from './madeAgain.ts';

/** One thing to verify. `candidate`: a trial that leaves no example as long as no judge says so. */
export interface Item {
  kind: 'example' | 'candidate';
  /** Of the example; a candidate's is that of its trial. */
  id: string;
  tool: string;
}

export function placeOf({ kind, id }: Item): string {
  return `${kind}:${id}`;
}

export interface Selection {
  /** Ids; empty for all. */
  tools: readonly string[];
  stale: boolean;
  again: boolean;
  /** A language model is there to judge. */
  judging: boolean;
}

/** Rows that are looked at in one slice; a trial is far larger than an example. */
const examplesAtOnce = 200;
const trialsAtOnce = 50;

/** What there is to do, oldest first; in slices, since there may be very many. */
export async function itemsOf(
  store: Store,
  selection: Selection,
  calling: Pick<Calling, 'bound' | 'real'>,
): Promise<Item[]> {
  const items: Item[] = [];
  const tools = selection.tools.length > 0 ? selection.tools : [undefined];
  for (const tool of tools) {
    const page = { limit: examplesAtOnce, order: 'oldest' as const, ...(tool === undefined ? {} : { tool }) };
    for await (const example of pages((after) => store.examples({ ...page, ...after }))) {
      if (isDue(example, selection, calling))
        items.push({ kind: 'example', id: example.id, tool: example.tool });
    }
    if (selection.judging && !selection.stale) {
      const unfulfilled = { ...page, limit: trialsAtOnce, outcome: 'unfulfilled' as const };
      for await (const row of pages((after) => store.trials({ ...unfulfilled, ...after }))) {
        if (row.toolCalls === 0 || row.simulated || !calling.bound.has(row.tool)) continue;
        const item: Item = { kind: 'candidate', id: row.id, tool: row.tool };
        if (isOpen(store, item, selection.again) && candidate(store, row.id, calling.bound) !== null)
          items.push(item);
      }
    }
  }
  return items;
}

/** What a trial would leave if a judge said so. */
export function candidate(
  store: Store,
  id: string,
  bound: ReadonlyMap<string, BoundTool>,
): { trial: Trial; example: Example } | null {
  const trial = store.trial(id);
  if (trial === null) return null;
  const languageModel = store.run(trial.runId)?.model.isLanguageModel ?? true;
  const riskOf = (tool: string) => bound.get(tool)?.tool.risk;
  const example = candidateOf(trial, { languageModel, riskOf });
  return example && { trial, example };
}

function isDue(
  example: Example,
  { stale, again, judging }: Selection,
  calling: Pick<Calling, 'bound' | 'real'>,
): boolean {
  const { checks, verification } = example;
  const tool = calling.bound.get(example.tool)?.tool;
  // A person has turned it down; of a tool that is gone there is no spec to check against.
  if (verification === 'rejected' || tool === undefined) return false;
  // Other words of an example stand as it stands, unless a person wrote them.
  if (example.paraphraseOf !== undefined && !example.provenance.edited) return false;
  const calls = kindOf(example) === 'call';
  if (!calls && !judging) return false;
  const isStale = specHashOf(example) !== '' && specHashOf(example) !== tool.specHash;
  if (stale) return isStale;
  const judged = judgementOf(example) !== null;
  if (!calls) return again || !judged;
  if (again || checks === undefined) return true;
  if (isSimulated(example) || judged) return false;
  // Without a judge there is more to find out only where the calls can be made again.
  const seen = checks.execution === 'repeated' || checks.execution === 'failed';
  return judging || (!seen && isCheap(example, null, calling));
}

/** Nobody has judged the trial yet, or it is to be judged again; what became an example and is gone was taken out by a person. */
function isOpen(store: Store, item: Item, again: boolean): boolean {
  if (store.example(item.id) !== null) return false;
  const before = store.lastJobStep('verify', placeOf(item)) as { verdict?: string } | null;
  return before === null || before.verdict === 'unjudged' || (again && before.verdict === 'denied');
}

async function* pages<T>(
  read: (after: { after?: string }) => { rows: T[]; next: string | null },
): AsyncGenerator<T> {
  let next: string | null = null;
  do {
    const page: { rows: T[]; next: string | null } = read(next === null ? {} : { after: next });
    yield* page.rows;
    next = page.next;
    await nextTurn();
  } while (next !== null);
}
