/** Acting: think, call, observe, again, until a final answer or the limit of turns (section 3.1 of the paper). */
import type { Step } from '../trial.ts';
import type { ExploreEvent } from './events.ts';
import { lessonsForActing } from './memoryList.ts';
import type { Reading } from './protocol.ts';
import { runCall, unrun } from './runCall.ts';
import { coverageHints, promptText, purposeOf, type TrialContext } from './trialContext.ts';

export interface Acted {
  steps: Step[];
  /** The final answer; null when the turns ran out. */
  answer: string | null;
}

/** Answers the query with the tools. After the last observation the model answers once more; a call there is never run. */
export async function* act(context: TrialContext, query: string): AsyncGenerator<ExploreEvent, Acted> {
  const { talk, protocol, place } = context;
  const [first, next] = protocol.act;
  const prompt = promptText(context, context.opening ? first : next, query);
  talk.say({ role: 'user', content: prompt + (context.opening ? lessonsForActing(context) : '') });

  const steps: Step[] = [];
  for (let turn = 1; ; turn++) {
    const answer = await talk.ask(
      {
        kind: 'act',
        ...purposeOf(context, 'act', turn),
        siblings: context.offered.filter((one) => one.id !== context.tool.id),
        query,
        uncovered: coverageHints(context),
        steps: [...steps],
      },
      { stop: protocol.actStop, offer: protocol.offer(context.offered, true) },
    );
    talk.say(protocol.answerMessage(answer));
    yield* noteMismatch(context, answer);
    const reading = protocol.read(answer, context.offered, context.prompts);
    if (reading.kind === 'final') {
      yield { type: 'answered', ...place, answer: reading.answer };
      return { steps, answer: reading.answer };
    }
    const last = turn > context.settings.turns;
    const texts = yield* observe(context, reading, steps, last);
    // The limit is reached: nothing more is said, save that native calls must each have their result.
    if (!last || (protocol.name === 'tools' && reading.kind === 'calls')) {
      talk.say(...protocol.observationMessages(answer, texts));
    }
    if (last) return { steps, answer: null };
  }
}

/** Runs what was read (or, after the last turn, records it only), adds the steps, and returns what the model is told. */
export async function* observe(
  context: TrialContext,
  reading: Exclude<Reading, { kind: 'final' }>,
  steps: Step[],
  last: boolean,
): AsyncGenerator<ExploreEvent, string[]> {
  if (reading.kind === 'unreadable') {
    const failure = { type: reading.type, message: reading.text };
    const call =
      reading.name === undefined || reading.type !== 'unknown_tool'
        ? null
        : { tool: reading.name, arguments: {} };
    steps.push({
      thought: reading.thought,
      call,
      observation: unrun(reading.text),
      failure,
      failures: [failure],
    });
    yield observed(context, steps);
    return [reading.text];
  }

  const texts: string[] = [];
  for (const [i, call] of reading.calls.entries()) {
    const thought = i === 0 ? reading.thought : '';
    if (last) {
      const text = 'Not run: the limit of turns was reached.';
      const failure = call.problem ? { type: call.problem.type, message: call.problem.text } : null;
      const tool = context.offered.find((one) => one.name === call.name);
      steps.push({
        thought,
        call: call.arguments === null ? null : { tool: tool?.id ?? call.name, arguments: call.arguments },
        observation: unrun(text),
        failure,
        failures: failure ? [failure] : [],
      });
      texts.push(text);
    } else {
      if (call.arguments !== null)
        yield called(context, thought, call.name, call.arguments, steps.length + 1);
      const ran = await runCall(context, thought, call, steps.length + 1);
      steps.push(ran.step);
      texts.push(ran.text);
    }
    yield observed(context, steps);
  }
  if (reading.leftOut > 0)
    texts[texts.length - 1] += `\n${reading.leftOut} more calls of this answer were not run.`;
  return texts;
}

/** Tells, once for each answer, that the model should be asked over the other protocol. */
export function* noteMismatch(
  context: TrialContext,
  answer: Parameters<TrialContext['protocol']['mismatch']>[0],
): Generator<ExploreEvent, void> {
  const mismatch = context.protocol.mismatch(answer);
  if (mismatch) yield { type: 'protocolMismatch', ...context.place, ...mismatch };
}

function called(
  context: TrialContext,
  thought: string,
  name: string,
  args: NonNullable<Step['call']>['arguments'],
  step: number,
): ExploreEvent {
  const tool = context.offered.find((one) => one.name === name)?.id ?? name;
  return { type: 'called', ...context.place, step, thought, call: { tool, arguments: args } };
}

function observed(context: TrialContext, steps: readonly Step[]): ExploreEvent {
  const { observation, failure } = steps.at(-1) as Step;
  return { type: 'observed', ...context.place, step: steps.length, observation, failure };
}
