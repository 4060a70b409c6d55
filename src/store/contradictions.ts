import {
  type CallFact,
  type Contradiction,
  callFactsOf,
  contradictionsOf,
} from '../core/contradictions/index.ts';
import type { JsonObject } from '../core/json.ts';
import type { Tool } from '../core/tool.ts';
import type { Trial } from '../core/trial.ts';
import type { InTime } from './dashboardCounts.ts';
import { type Packed, unpackJson } from './packing.ts';
import { redactJson, redactSecrets } from './redact.ts';
import type { Tables } from './tables.ts';

/** Tools as their specs have them now. */
export interface ContradictionQuery {
  tools: readonly Pick<Tool, 'id' | 'specHash' | 'parameters'>[];
}

/** Trials of a tool that are looked at, the newest ones: what it did long ago it may do no more. */
const newestTrials = 500;
/** Trials that are read between two looks at the clock. */
const slice = 50;

/** Where trials of these tools contradict their specs as they are now; what was tried with another spec does not count. */
export function findContradictions(
  tables: Tables,
  { tools }: ContradictionQuery,
  inTime: InTime,
): Contradiction[] {
  return tools.flatMap((tool) => {
    const facts = factsOf(tables, tool, inTime);
    return facts.length === 0 ? [] : contradictionsOf(tool, facts);
  });
}

/** Without secrets: what comes of them is shown, and may be written into a spec. */
function factsOf(
  tables: Tables,
  { id, specHash }: Pick<Tool, 'id' | 'specHash'>,
  inTime: InTime,
): CallFact[] {
  const key = tables.tools.find(id);
  if (key === null) return [];
  const statement = tables.connection.prepare<{ seq: number; body: Packed }>(
    `SELECT t.seq, b.body FROM trials t CROSS JOIN trial_bodies b USING (seq)
     WHERE t.tool = ? AND t.seq < ? AND t.simulated = 0 ORDER BY t.seq DESC LIMIT ${slice}`,
  );
  const facts: CallFact[] = [];
  let before = Number.MAX_SAFE_INTEGER;
  for (let read = 0; read < newestTrials; read += slice) {
    inTime();
    const rows = statement.all(key, before);
    for (const { body } of rows) {
      const trial = unpackJson<Omit<Trial, 'messages' | 'exchanges'>>(body);
      // Whether imported calls failed is guessed: that accuses no spec.
      if (trial.specHash === specHash && !trial.imported)
        facts.push(...callFactsOf(trial).map(withoutSecrets));
    }
    before = rows.at(-1)?.seq ?? 0;
    if (rows.length < slice) break;
  }
  return facts;
}

function withoutSecrets(fact: CallFact): CallFact {
  return {
    ...fact,
    arguments: redactJson(fact.arguments) as JsonObject,
    words: redactSecrets(fact.words),
  };
}
