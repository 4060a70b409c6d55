/** Near misses and queries with a missing value, of one tool: imagined, checked, judged. */
import {
  type Abstention,
  abstentionExample,
  abstentionJudgeRequest,
  abstentionProblem,
  type Imagined,
  imaginings,
  KnownQueries,
  missingValueRequest,
  type Needed,
  nearMissRequest,
  neededParameters,
  readImagined,
  readVerdict,
  valuesOf,
} from '../../../core/exploit/expand/index.ts';
import { kindOf } from '../../../core/exploit/usable.ts';
import type { JsonObject } from '../../../core/json.ts';
import { deriveSeed } from '../../../core/random.ts';
import type { Example } from '../../../core/trial.ts';
import type { JobContext } from '../jobs.ts';
import type { Asking } from './asking.ts';
import { abstentionsOf, examplesOf, type ToolPlan } from './plan.ts';
import { placeOf, type Steps, type TurnedDown } from './steps.ts';

/** Trials whose calls tell which values a parameter was given, the newest. */
const everything = { upTo: Number.MAX_SAFE_INTEGER, runId: '', real: true as const };
/** More parameters than this are not gone through one by one. */
const mostTries = 6;

/** How often the model is asked for queries of a kind; each time up to what is missing, with a judge for each. */
export function triesOf(kind: Abstention, parameters: number): number {
  return kind === 'near_miss' ? imaginings : Math.min(mostTries, Math.max(imaginings, parameters));
}

export async function imagineAbstentions(
  { tool, siblings, all, seeds }: ToolPlan,
  kind: Abstention,
  target: number,
  { asking, context, steps }: { asking: Asking; context: JobContext; steps: Steps },
): Promise<void> {
  const { store, job } = context;
  const unit = placeOf(kind, tool.id);
  const parameters = kind === 'missing_value' ? neededParameters(tool) : [];
  const calls = kind === 'missing_value' ? callsOf(context, tool.id, all) : [];
  // A query that lacks a value may be like one that has it; nothing is like a near miss but what it must not be.
  const others = kind === 'near_miss' ? all : all.filter((one) => kindOf(one) !== 'call');
  const known = new KnownQueries(others.map(({ query }) => query));
  const examples = seeds.map(({ query }) => query);
  for (let attempt = steps.tries(unit).length + 1; attempt <= triesOf(kind, parameters.length); attempt++) {
    const there = examplesOf(store, tool.id);
    const missing = target - abstentionsOf(there, kind);
    if (missing <= 0) return;
    const lacks = parameters[(attempt - 1) % Math.max(1, parameters.length)] ?? null;
    const left = Math.max(1, parameters.length - attempt + 1);
    const count = Math.min(10, lacks === null ? missing : Math.ceil(missing / left));
    const before = there.filter((one) => kindOf(one) === kind).map(({ query }) => query);
    const seed = deriveSeed(job.id, unit, attempt);
    const common = { tool, examples, count, before };
    const request =
      lacks === null
        ? nearMissRequest({ ...common, siblings }, seed)
        : missingValueRequest({ ...common, parameter: lacks }, seed);
    const imagined = readImagined(await asking.ask(request), kind).slice(0, count);
    const turnedDown: TurnedDown[] = [];
    let added = 0;
    for (const one of imagined) {
      const found = await judged(one, lacks, seed);
      if ('why' in found) turnedDown.push({ text: one.query.slice(0, 300), why: found.why });
      else added += store.addExamples([found]);
    }
    const { job: id, place, body } = steps.step(unit, attempt, { added, turnedDown });
    store.putJobStep(id, place, body);
  }

  async function judged(
    one: Imagined,
    lacks: Needed | null,
    seed: number,
  ): Promise<Example | { why: string }> {
    const values = lacks === null ? [] : valuesOf(lacks, calls);
    const problem = abstentionProblem(one, {
      tool,
      known,
      ...(lacks === null ? {} : { lacks: { parameter: lacks, values } }),
    });
    if (problem !== null) return { why: problem };
    const judgeSeed = deriveSeed(job.id, unit, one.query);
    const verdict = readVerdict(await asking.ask(abstentionJudgeRequest(tool, one, lacks, judgeSeed)));
    if (verdict === null) return { why: 'The judge could not be understood.' };
    if (!verdict.holds) return { why: `The judge says no: ${verdict.why}` };
    known.add(one.query);
    return abstentionExample(tool, kind, one, { model: asking.modelId, seed, why: verdict.why, lacks });
  }
}

/** Arguments that calls of the tool had, whatever came of them. */
function callsOf({ store }: JobContext, tool: string, examples: readonly Example[]): JsonObject[] {
  const tried = store.trialsForMemory(tool, everything).flatMap(({ steps }) => steps.map(({ call }) => call));
  return [...examples.flatMap(({ calls }) => calls), ...tried].flatMap((call) =>
    call?.tool === tool ? [call.arguments] : [],
  );
}
