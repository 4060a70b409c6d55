/** What an expansion starts from: of each tool its examples, and what is missing. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isGenuine } from '../../../core/exploit/demonstration.ts';
import { type Abstention, neededParameters } from '../../../core/exploit/expand/index.ts';
import { isUsable, kindOf } from '../../../core/exploit/usable.ts';
import { nearestSiblings } from '../../../core/explore/siblings.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Tool } from '../../../core/tool.ts';
import type { Example } from '../../../core/trial.ts';
import type { ExpandParams } from '../../../protocol/exploit.ts';
import type { Store } from '../../../store/index.ts';

export type Wanted = Pick<ExpandParams, 'paraphrases' | 'abstentions'> & {
  /** Ids; empty for all that have examples. */
  tools: string[];
};

/** One tool as it stands. */
export interface ToolPlan {
  tool: Tool;
  siblings: Tool[];
  /** Examples that can be said in other words, oldest first. */
  seeds: Example[];
  /** All examples of the tool, whatever is known of them: what was turned down is not to come again. */
  all: Example[];
}

export const abstentionKinds: readonly Abstention[] = ['near_miss', 'missing_value'];

/** Tools that are offered beside the explored one; also what a near miss may be for. */
const siblingsTold = 3;
const pageSize = 500;
/** What is longer is a document with a question, UTF-16 units: a model says it in no other words. */
const longestSeed = 4_000;

/** The tools that are meant, in the order of the catalogue; in slices, since there may be very many. */
export async function plansOf(store: Store, wanted: Wanted, catalogue: readonly Tool[]): Promise<ToolPlan[]> {
  const asked = new Set(wanted.tools);
  const counts = store.toolCounts();
  const plans: ToolPlan[] = [];
  for (const tool of catalogue) {
    const isMeant = asked.size > 0 ? asked.has(tool.id) : (counts.get(tool.id)?.examples ?? 0) > 0;
    if (!isMeant) continue;
    await nextTurn();
    const all = examplesOf(store, tool.id);
    const seeds = all.filter(isSeed);
    if (asked.size === 0 && seeds.length === 0) continue;
    plans.push({ tool, siblings: nearestSiblings(tool, catalogue, siblingsTold, () => true), seeds, all });
  }
  return plans;
}

export function examplesOf(store: Store, tool: string): Example[] {
  const all: Example[] = [];
  let after: string | null = null;
  do {
    const page: { rows: Example[]; next: string | null } = store.examples({
      tool,
      limit: pageSize,
      order: 'oldest',
      ...(after === null ? {} : { after }),
    });
    all.push(...page.rows);
    after = page.next;
  } while (after !== null);
  return all;
}

/** How many examples with calls the tool has that count. */
export function countOf(examples: readonly Example[]): number {
  return examples.filter((one) => kindOf(one) === 'call' && isUsable(one) && isGenuine(one)).length;
}

/** How many usable abstentions of a kind it has. */
export function abstentionsOf(examples: readonly Example[], kind: Abstention): number {
  return examples.filter((one) => kindOf(one) === kind && isUsable(one)).length;
}

/** Whether there can be abstentions of this kind. */
export function canAbstain(tool: Tool, kind: Abstention): boolean {
  return kind === 'near_miss' || neededParameters(tool).length > 0;
}

/** What is asked for, as a job keeps it. */
export function wantedOf(params: JsonObject): Wanted {
  const { tools, paraphrases, abstentions } = params;
  return {
    tools: Array.isArray(tools) ? tools.map(String) : [],
    paraphrases: typeof paraphrases === 'number' ? paraphrases : 0,
    abstentions: typeof abstentions === 'number' ? abstentions : 0,
  };
}

function isSeed(example: Example): boolean {
  return (
    kindOf(example) === 'call' &&
    example.paraphraseOf === undefined &&
    example.calls.length > 0 &&
    example.query.length <= longestSeed &&
    isUsable(example) &&
    isGenuine(example)
  );
}
