/** Paraphrases of the examples of one tool, up to a number of examples. */
import {
  KnownQueries,
  mostAtOnce,
  paraphraseExample,
  paraphraseProblem,
  paraphraseRequest,
  readTexts,
  tidied,
  triesPerSeed,
} from '../../../core/exploit/expand/index.ts';
import { deriveSeed } from '../../../core/random.ts';
import type { Example } from '../../../core/trial.ts';
import type { JobContext } from '../jobs.ts';
import type { Asking } from './asking.ts';
import { countOf, examplesOf, type ToolPlan } from './plan.ts';
import { placeOf, type Steps, type TurnedDown } from './steps.ts';

/**
 * Each seed gets its share of what is missing, and at most six tries. `each` is called when a seed is done. Seeds that this
 * job has done already are passed over.
 */
export async function expandFamilies(
  { tool, seeds, all }: ToolPlan,
  target: number,
  { asking, context, steps }: { asking: Asking; context: JobContext; steps: Steps },
  each: () => void,
): Promise<void> {
  const { store, job } = context;
  const known = new KnownQueries(all.map(({ query }) => query));
  const open = seeds.filter(({ id }) => !steps.isDone(placeOf('paraphrase', id)));
  for (const [index, seed] of open.entries()) {
    const missing = target - countOf(examplesOf(store, tool.id));
    const share = Math.min(Math.ceil(missing / (open.length - index)), missing);
    await expandSeed(seed, share);
    steps.done(placeOf('paraphrase', seed.id));
    each();
  }

  async function expandSeed(seed: Example, share: number): Promise<void> {
    const tries = steps.tries(placeOf('paraphrase', seed.id));
    let added = 0;
    let wrong = tries.flatMap((one) => one.turnedDown);
    for (let attempt = tries.length + 1; attempt <= triesPerSeed && added < share; attempt++) {
      // Somebody may have turned it down, or deleted it, meanwhile.
      if (store.example(seed.id)?.verification !== seed.verification) return;
      const modelSeed = deriveSeed(job.id, seed.id, attempt);
      const family = store.examples({ family: seed.id, limit: 100, order: 'oldest' }).rows;
      const request = paraphraseRequest(
        {
          tool,
          seed,
          count: Math.min(share - added, mostAtOnce),
          before: family.filter(({ id }) => id !== seed.id).map(({ query }) => query),
          wrong,
        },
        modelSeed,
      );
      const said = readTexts(await asking.ask(request), 'queries').map(tidied);
      const [found, turnedDown] = sorted(seed, said, share - added, modelSeed);
      const step = { added: found.length, turnedDown };
      const kept = store.addExamples(found, steps.step(placeOf('paraphrase', seed.id), attempt, step));
      added += kept;
      wrong = [...wrong, ...turnedDown];
    }
  }

  /** What of the answer is a paraphrase, and what is not and why. More than was asked for is left. */
  function sorted(
    seed: Example,
    said: readonly string[],
    most: number,
    modelSeed: number,
  ): [found: Example[], turnedDown: TurnedDown[]] {
    const found: Example[] = [];
    const turnedDown: TurnedDown[] = [];
    for (const text of said) {
      if (found.length === most) break;
      const why = paraphraseProblem(seed, text, { tool, known });
      if (why !== null) {
        turnedDown.push({ text: text.slice(0, 300), why });
        continue;
      }
      known.add(text);
      found.push(paraphraseExample(seed, text, { model: asking.modelId, seed: modelSeed }));
    }
    return [found, turnedDown];
  }
}
