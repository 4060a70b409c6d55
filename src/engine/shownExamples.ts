/** Examples as views show them: with what only the store knows of their worth and their families, and whether they are stale. */
import { specHashOf } from '../core/exploit/usable.ts';
import type { Example } from '../core/trial.ts';
import type { LiftMark, Page, PageParams, ShownExample, ShownExamplesFilter } from '../protocol/engine.ts';
import type { Lift, Store } from '../store/index.ts';
import type { ToolIndex } from './catalogue/toolIndex.ts';

/** A page of examples: by default those that can be used, of each family the one that stands for itself. */
export function shownExamples(
  store: Store,
  { family, rejected = false, ...page }: PageParams & ShownExamplesFilter,
  index: ToolIndex,
): Page<ShownExample> {
  const found = rejected
    ? store.examples({ ...page, verification: 'rejected' })
    : store.examples({ ...page, usable: true, ...(family === undefined ? { seeds: true } : { family }) });
  const rows = found.rows.filter(({ id }) => id !== family);
  const ids = rows.map(({ id }) => id);
  const lifts = store.lifts(ids);
  const paraphrases = family === undefined && !rejected ? store.paraphraseCounts(ids) : new Map();
  return {
    next: found.next,
    rows: rows.map((example) => {
      const lift = lifts.get(example.id);
      return {
        example,
        stale: isStale(example, index),
        lift: lift === undefined ? null : liftMark(lift),
        paraphrases: paraphrases.get(example.id) ?? 0,
      };
    }),
  };
}

/** What the dashboard says of an example beside the example itself. */
export function standing(
  store: Store,
  example: Example,
  index: ToolIndex,
): { stale: boolean; lift?: LiftMark } {
  const lift = store.lifts([example.id]).get(example.id);
  return { stale: isStale(example, index), ...(lift === undefined ? {} : { lift: liftMark(lift) }) };
}

/** What is certain with 95 %: that it helps, that it harms, or neither. */
export function liftMark({ example, lift, low, high, queries }: Lift): LiftMark {
  return { example, lift, low, high, queries, mark: low > 0 ? '+' : high < 0 ? '−' : '0' };
}

/**
 * Whether the spec is another now than the one that was checked against. A tool that has left the catalogue has no other
 * spec; what a person wrote by hand was learned from none.
 */
function isStale(example: Example, index: ToolIndex): boolean {
  const known = index.definition(example.tool);
  const checked = specHashOf(example);
  return known !== null && checked !== '' && known.specHash !== checked;
}
