/** A workspace in which trials are kept as a run would have left them, and a model that judges by what the test says. */
import { exampleOf } from '../../src/core/exploit/example.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { Example, Step, Trial } from '../../src/core/trial.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openStore } from '../../src/store/index.ts';
import { madeRun } from '../bench/storeFixtures.ts';
import type { FakeRequest } from './fakeOpenAI.ts';
import type { Reply } from './fakeOpenAIWire.ts';
import { sampleTrial } from './sampleTrial.ts';
import { testEngine } from './testEngine.ts';

/** Every tool of the fixture's manifest. */
export const idOf = (name: string): string => `imaginarium.yaml#${name}`;

/** A call as a trial made it. */
export interface MadeCall {
  tool: string;
  arguments: JsonObject;
  /** What came back. */
  said: string;
  /** It was refused. */
  refused?: true;
}

/** A trial that made these calls; its query names it. */
export function madeTrial(name: string, calls: MadeCall[], parts: Partial<Trial> = {}): Trial {
  const steps = calls.map(({ tool, arguments: args, said, refused }): Step => {
    const failure = refused ? { type: 'rejected' as const, message: said } : null;
    return {
      thought: '',
      call: { tool: idOf(tool), arguments: args },
      observation: { status: refused ? 'rejected' : 'ok', content: said, ms: 2, truncated: false },
      failure,
      failures: failure === null ? [] : [failure],
    };
  });
  return sampleTrial({
    id: name,
    tool: idOf(calls.at(-1)?.tool ?? ''),
    query: `What of ${name}?`,
    answer: `So it is with ${name}.`,
    trial: Number(/\d+/.exec(name)?.[0] ?? 1),
    steps,
    ...parts,
  });
}

/** Keeps the trials in the folder, with the spec hashes of now, as a run records them. */
export async function keepTrials(
  folder: string,
  trials: readonly Trial[],
  further: readonly Example[] = [],
): Promise<void> {
  const { engine } = await testEngine(folder);
  const known = new Map(trials.map(({ tool }) => [tool, engine.tool(tool)]));
  await engine.dispose();
  const store = await openStore({ folder });
  const model = { id: 'scripted', label: 'Scripted', baseUrl: null, isLanguageModel: true };
  store.createRun(madeRun('r1', { status: 'finished', model }));
  for (const made of trials) {
    const trial = { ...made, specHash: known.get(made.tool)?.specHash ?? '' };
    const example = exampleOf(trial, { languageModel: true });
    store.recordTrial({ trial, lessons: [], fixes: [], example });
  }
  store.addExamples(further);
  await store.close();
}

export interface Ruling {
  informative?: boolean;
  faithful?: boolean;
  proper?: boolean;
  reasons?: string;
  unneeded?: number[];
}

/** Answers a judge's question: yes, save where `ruling` says otherwise of a trial by its name. */
export function judging(ruling: (name: string) => Ruling | string | Reply = () => ({})) {
  return (request: FakeRequest): Reply => {
    const said = ruling(judgedName(request));
    if (typeof said === 'string') return { text: said };
    if ('status' in said || 'text' in said) return said;
    const whole = { informative: true, faithful: true, proper: true, reasons: 'As it should be.', ...said };
    return { text: JSON.stringify(whole) };
  };
}

/** Which trial a judge is asked about. */
export function judgedName({ body }: FakeRequest): string {
  const messages = body.messages as { content: string }[];
  return /"What of ([^?]+)\?"/.exec(messages.at(-1)?.content ?? '')?.[1] ?? '';
}

/** All examples, by id. */
export async function examplesOf(engine: Engine): Promise<Map<string, Example>> {
  const { rows } = await engine.learned.examples({ limit: 1000 });
  return new Map(rows.map((example) => [example.id, example]));
}
