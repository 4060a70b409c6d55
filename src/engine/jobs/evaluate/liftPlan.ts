import { setImmediate as breathe } from 'node:timers/promises';
import { type LiftPair, type LiftPlan, orderedPairs } from '../../../core/evaluate/lift.ts';
import { familyOf } from '../../../core/exploit/usable.ts';
import type { Example } from '../../../core/trial.ts';
import { DemonstrationChooser } from './demonstrationChooser.ts';
import { type Material, type PlanSettings, sampledQuestions } from './makePlan.ts';

/** Chooses examples for each question, and again without each of them. */
export async function liftPlanOf(material: Material, settings: PlanSettings): Promise<LiftPlan> {
  const { k, seed, protocol } = settings;
  const questions = sampledQuestions(material, settings);
  const chooser = await DemonstrationChooser.of(material, questions);
  const pairs: LiftPair[] = [];
  const plan: LiftPlan = {
    questions: [],
    pairs: [],
    tools: {},
    examples: {},
    seed,
    grader: material.grader,
    protocol,
    demonstrations: material.demonstrations.length,
    notes: [...material.notes],
  };
  const keep = (examples: readonly Example[]): string[] => {
    for (const example of examples) plan.examples[example.id] = example;
    return examples.map(({ id }) => id);
  };
  try {
    for (const question of questions) {
      const chosen = chooser.choose(question, k);
      // What nothing is chosen for tells nothing of any example.
      if (chosen.length === 0) continue;
      const index = plan.questions.push({ ...question, examples: keep(chosen), lessons: [] }) - 1;
      for (const id of question.offered) {
        const tool = material.tools.get(id);
        if (tool !== undefined) plan.tools[id] = tool;
      }
      for (const left of chosen) {
        const without = chooser.choose(question, chosen.length, (one) => familyOf(one) === familyOf(left));
        pairs.push({ question: index, example: left.id, without: keep(without) });
      }
      await breathe();
    }
  } finally {
    chooser.close();
  }
  return { ...plan, pairs: orderedPairs(pairs) };
}
