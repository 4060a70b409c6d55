/** The job `expand`: paraphrases and abstentions, each durable as it is found. */
import type { JsonObject } from '../../../core/json.ts';
import type { Tool } from '../../../core/tool.ts';
import type { ExpandResult } from '../../../protocol/exploit.ts';
import { asJson } from '../evaluate/asJson.ts';
import { inLanes } from '../inLanes.ts';
import { type JobContext, type JobWork, languageModelOf } from '../jobs.ts';
import { imagineAbstentions } from './abstentions.ts';
import { Asking } from './asking.ts';
import { expandFamilies } from './families.ts';
import {
  abstentionKinds,
  abstentionsOf,
  canAbstain,
  countOf,
  examplesOf,
  plansOf,
  type ToolPlan,
  type Wanted,
  wantedOf,
} from './plan.ts';
import { placeOf, Steps } from './steps.ts';

/** Tools that are expanded at once. */
const lanes = 4;

/** `tools`: the catalogue, once the search has ended. */
export function expandWork(tools: () => Promise<readonly Tool[]>): JobWork {
  return async (context): Promise<JsonObject> => {
    const model = languageModelOf(context, 'An expansion of examples');
    const { job, store, signal } = context;
    const wanted = wantedOf(job.params);
    const plans = await plansOf(store, wanted, await tools());
    const steps = new Steps(context);
    const around = { asking: new Asking(model, signal), context, steps };
    const units = plans.flatMap((plan) => unitsOf(plan, wanted));
    let done = units.filter((unit) => steps.isDone(unit)).length;
    context.progress(done, units.length);
    try {
      await inLanes(lanes, plans, async (plan) => {
        const { tool } = plan;
        const each = (): void => context.progress(++done, units.length, tool.name);
        if (wanted.paraphrases > 0) await expandFamilies(plan, wanted.paraphrases, around, each);
        for (const kind of abstentionKinds) {
          const unit = placeOf(kind, tool.id);
          if (!units.includes(unit) || steps.isDone(unit)) continue;
          await imagineAbstentions(plan, kind, wanted.abstentions, around);
          steps.done(unit);
          each();
        }
        await store.flushExamples();
      });
    } catch (error) {
      store.updateJob(job.id, { result: asJson(resultOf(plans, wanted, steps, context)) });
      throw error;
    }
    return asJson(resultOf(plans, wanted, steps, context));
  };
}

/** What there is to do for a tool: one unit a seed, and one a kind of abstention. */
function unitsOf({ tool, seeds }: ToolPlan, { paraphrases, abstentions }: Wanted): string[] {
  return [
    ...(paraphrases > 0 ? seeds.map(({ id }) => placeOf('paraphrase', id)) : []),
    ...(abstentions > 0
      ? abstentionKinds.filter((kind) => canAbstain(tool, kind)).map((kind) => placeOf(kind, tool.id))
      : []),
  ];
}

function resultOf(
  plans: readonly ToolPlan[],
  wanted: Wanted,
  steps: Steps,
  { store }: JobContext,
): ExpandResult {
  const added = { paraphrase: 0, near_miss: 0, missing_value: 0 };
  let turnedDown = 0;
  for (const [unit, tries] of steps.all()) {
    const kind = unit.slice(0, unit.indexOf(' ')) as keyof typeof added;
    for (const one of tries) {
      added[kind] += one.added;
      turnedDown += one.turnedDown.length;
    }
  }
  return {
    paraphrases: added.paraphrase,
    nearMisses: added.near_miss,
    missingValues: added.missing_value,
    turnedDown,
    tools: plans.map(({ tool, seeds }) => {
      const all = examplesOf(store, tool.id);
      const examples = countOf(all);
      const [nearMisses, missingValues] = abstentionKinds.map((kind) => abstentionsOf(all, kind)) as [
        number,
        number,
      ];
      return {
        tool: tool.id,
        seeds: seeds.length,
        examples,
        nearMisses,
        missingValues,
        notes: notesOf(tool, seeds.length, { examples, nearMisses, missingValues }, wanted),
      };
    }),
  };
}

/** Why a tool has less than was asked for. */
function notesOf(
  tool: Tool,
  seeds: number,
  has: { examples: number; nearMisses: number; missingValues: number },
  { paraphrases, abstentions }: Wanted,
): string[] {
  const notes: string[] = [];
  if (paraphrases > 0 && seeds === 0)
    notes.push('There is no example to say in other words: explore it first.');
  else if (has.examples < paraphrases)
    notes.push(
      `${has.examples} of ${paraphrases} examples: more of what the model said was not usable, or alike.`,
    );
  if (abstentions > 0 && !canAbstain(tool, 'missing_value'))
    notes.push('It needs no value that has no default, so none can be missing.');
  else if (has.missingValues < abstentions)
    notes.push(`${has.missingValues} of ${abstentions} queries with a missing value.`);
  if (has.nearMisses < abstentions) notes.push(`${has.nearMisses} of ${abstentions} near misses.`);
  return notes;
}
