/** The job `verify`: examples are verified one by one, each durable as it is done. */
import { agrees, isRuled, sameText } from '../../../core/exploit/usable.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Store } from '../../../store/index.ts';
import type { BoundTool } from '../../../tools/boundTool.ts';
import type { ApprovalPort } from '../../ports.ts';
import { RiskLadder } from '../../runs/approvals.ts';
import { reallyCallable } from '../../runs/chooseTools.ts';
import { Slots } from '../../runs/slots.ts';
import { type ToolCaller, ToolCalls } from '../../runs/toolCalls.ts';
import { inLanes } from '../inLanes.ts';
import type { JobContext, JobWork } from '../jobs.ts';
import { candidate, type Item, itemsOf, placeOf } from './items.ts';
import { resultOf, type Step } from './result.ts';
import { type Stages, verifyExample } from './stages.ts';

/** Examples that are verified at once. */
const lanes = 4;

/** What the work needs of the engine. */
export interface VerifyAround {
  /** All tools of the catalogue, once the search for them has ended. */
  tools(): Promise<readonly BoundTool[]>;
  caller: ToolCaller;
}

/** `params` are those of `VerifyParams`, with the ids of the tools. */
export function verifyWork(around: VerifyAround): JobWork {
  return async (context) => {
    const { job, store } = context;
    const { tools, stale, again } = selectionOf(job.params);
    const model = context.model?.isLanguageModel ? context.model : null;
    const calling = callingOf(await around.tools(), around.caller, tools, context);
    const items = await itemsOf(store, { tools, stale, again, judging: model !== null }, calling);
    const done = new Map(store.jobSteps(job.id).map(({ place, body }) => [place, body as unknown as Step]));
    const left = items.filter((item) => !done.has(placeOf(item)));
    const of = done.size + left.length;
    context.progress(done.size, of);
    try {
      await inLanes(lanes, left, async (item) => {
        const step = await verifyItem(item, { ...calling, model, again: again || stale }, context);
        done.set(placeOf(item), step);
        context.progress(done.size, of, calling.bound.get(item.tool)?.tool.name);
      });
    } catch (error) {
      store.updateJob(job.id, { result: { ...resultOf(done.values(), store) } });
      throw error;
    }
    return { ...resultOf(done.values(), store) };
  };
}

function selectionOf(params: JsonObject): { tools: string[]; stale: boolean; again: boolean } {
  const { tools, stale, again } = params;
  return {
    tools: Array.isArray(tools) ? tools.map(String) : [],
    stale: stale === true,
    again: again === true,
  };
}

/** Nobody is asked: a job makes no call that would need it. */
const nobody: ApprovalPort = { ask: async () => false };

/** What may be called: of MCP servers only those of tools that were asked for by name, since a call would start them. */
export function callableBy(
  asked: readonly string[],
  tools: readonly BoundTool[],
): Pick<Stages, 'bound' | 'real'> {
  const bound = new Map(tools.map((one) => [one.tool.id, one]));
  return { bound, real: reallyCallable(asked, bound) };
}

function callingOf(
  tools: readonly BoundTool[],
  caller: ToolCaller,
  asked: readonly string[],
  { job, store, signal }: JobContext,
): Omit<Stages, 'model' | 'again'> {
  const { bound, real } = callableBy(asked, tools);
  const ladder = new RiskLadder({
    runId: job.id,
    allowWrites: false,
    port: nobody,
    slots: new Slots(lanes),
    signal,
  });
  return { bound, real, calls: new ToolCalls(caller, bound, ladder, store), jobId: job.id, signal };
}

async function verifyItem(item: Item, stages: Stages, { job, store }: JobContext): Promise<Step> {
  const place = placeOf(item);
  const open = item.kind === 'candidate' ? candidate(store, item.id, stages.bound) : null;
  const example = open?.example ?? store.example(item.id);
  const tool = stages.bound.get(item.tool)?.tool;
  if (example === null || tool === undefined) return note(store, job.id, place, { verdict: 'changed' });
  const trial = open?.trial ?? store.trial(example.provenance.trialId);
  const verified = await verifyExample(example, tool, trial, stages);
  const { unjudged, madeAgain } = verified;

  if (item.kind === 'candidate') {
    const judge = verified.example.checks?.judge ?? null;
    if (judge === null) return note(store, job.id, place, { verdict: 'unjudged' });
    if (!agrees(judge)) return note(store, job.id, place, { verdict: 'denied' });
    const step: Step = { verdict: 'found', madeAgain };
    store.addExamples([verified.example], { job: job.id, place, body: { ...step } });
    return step;
  }
  // From here on nothing is waited for: a person's word that came meanwhile stays.
  const now = store.example(example.id);
  if (now === null || !sameText(now, example)) return note(store, job.id, place, { verdict: 'changed' });
  const verification = isRuled(now) ? now.verification : verified.example.verification;
  const step: Step = { verdict: verification, madeAgain, ...(unjudged ? { unjudged } : {}) };
  const { withheld: _, ...found } = verified.example;
  // Other words of what was turned down meanwhile stay withheld.
  const kept = { ...found, verification, ...(now.withheld === undefined ? {} : { withheld: now.withheld }) };
  store.changeExamples([kept], { job: job.id, place, body: { ...step } });
  return step;
}

function note(store: Store, job: string, place: string, step: Step): Step {
  store.putJobStep(job, place, { ...step });
  return step;
}
