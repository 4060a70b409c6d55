/** The rows of the views over an engine that the test plays. */

import type { Example, Lesson } from '../../../../../src/core/trial.ts';
import type { EngineLink, LinkState } from '../../../../../src/extension/link/engineLink.ts';
import { Workbench } from '../../../../../src/extension/state/workbench.ts';
import { openLevels } from '../../../../../src/extension/view/levels.ts';
import { Asking } from '../../../../../src/extension/view/model/asking.ts';
import { Changes } from '../../../../../src/extension/view/model/changes.ts';
import { RunsModel } from '../../../../../src/extension/view/model/runsModel.ts';
import { ToolsModel } from '../../../../../src/extension/view/model/toolsModel.ts';
import type { TreeNode } from '../../../../../src/extension/view/model/treeNode.ts';
import type {
  FailedCall,
  Page,
  RequestType,
  RunSummary,
  ShownExample,
  ShownExamplesFilter,
} from '../../../../../src/protocol/engine.ts';
import { engine } from '../../../../../src/protocol/engine.ts';
import { type FakeClient, sources } from '../../fakes.ts';

export interface PlayedLink extends Pick<EngineLink, 'request' | 'state'> {
  state: LinkState;
  answers: FakeClient['answers'];
  asked: { method: string; params: unknown }[];
}

/** A link whose engine says what stands in `answers`, by method. */
export function playedLink(answers: FakeClient['answers'] = {}): PlayedLink {
  const asked: PlayedLink['asked'] = [];
  return {
    state: 'ready',
    answers,
    asked,
    async request<P, R>(type: RequestType<P, R>, params: P): Promise<R> {
      asked.push({ method: type.method, params });
      const answer = this.answers[type.method];
      if (!answer) throw new Error(`Nobody plays ${type.method}.`);
      return (await answer(params)) as R;
    },
  };
}

/** Which rows were to be drawn anew; null stands for the whole view. */
export type Told = (readonly TreeNode[] | null)[];

export function asking(link: PlayedLink): { asking: Asking; told: Told } {
  const told: Told = [];
  const one = new Asking(link, () => {}, new Changes(0));
  one.changes.onChange.listen((nodes) => void told.push(nodes));
  return { asking: one, told };
}

/** Lets what is told at a pace be told. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

/** A workbench with an engine that has spoken. */
export function workbench(): Workbench {
  const one = new Workbench();
  one.set({ link: 'ready', trusted: true, folders: 1 });
  return one;
}

export const engineState = { version: '1', trusted: true, readOnly: false, storeProblem: null, runs: [] };

export function toolsModel(link: PlayedLink, bench: Workbench): { model: ToolsModel; told: Told } {
  const { asking: one, told } = asking(link);
  return { model: new ToolsModel(one, bench, async () => openLevels()), told };
}

export function runsModel(
  link: PlayedLink,
  bench: Workbench,
  more: { isUnderWay?: (id: string) => boolean; now?: () => number } = {},
): { model: RunsModel; told: Told } {
  const { asking: one, told } = asking(link);
  const recovery = { isUnderWay: more.isUnderWay ?? (() => true) };
  const model = new RunsModel({ asking: one, workbench: bench, recovery, now: more.now ?? (() => 121_000) });
  return { model, told };
}

/** The runs stand in the engine's account and on its page. */
export function withRuns(link: PlayedLink, bench: Workbench, ...runs: RunSummary[]): void {
  link.answers[engine.runs.method] = () => ({ rows: runs, next: null });
  bench.setEngine({ ...engineState, runs }, sources());
}

/** Labels of rows, each with its description where it has one. */
export function drawn(nodes: readonly TreeNode[]): string[] {
  return nodes.map(({ row }) => [row.label, row.description].filter(Boolean).join(' | '));
}

/** The row that is opened by these labels, one after the other. */
export async function opened(from: readonly TreeNode[], ...labels: string[]): Promise<TreeNode[]> {
  let nodes = from;
  for (const label of labels) {
    const node = nodes.find(({ row }) => row.label === label);
    if (!node) throw new Error(`No row ${label} among ${drawn(nodes).join('; ')}`);
    nodes = await node.children();
  }
  return [...nodes];
}

export function example(id: string, changes: Partial<Example> = {}): Example {
  return {
    id,
    tool: 'imaginarium.yaml#add_date',
    query: `Query ${id}`,
    calls: [{ tool: 'imaginarium.yaml#add_date', arguments: { date: '2026-03-01' }, observation: 'fine' }],
    answer: 'Done.',
    verification: 'unverified',
    provenance: {
      model: 'Model M',
      languageModel: true,
      runId: 'r1',
      trialId: `t-${id}`,
      seed: 1,
      specHash: 'h',
      judge: null,
      edited: false,
    },
    ...changes,
  };
}

/** What the engine says of these examples: each stands for itself, and nobody has turned one down. */
export function examples(...all: Example[]): (params: unknown) => Page<ShownExample> {
  return (params) => {
    const { rejected, family } = params as ShownExamplesFilter;
    const rows = rejected || family !== undefined ? [] : all;
    return {
      rows: rows.map((one) => ({ example: one, stale: false, lift: null, paraphrases: 0 })),
      next: null,
    };
  };
}

export function failedCall(changes: Partial<FailedCall> = {}): FailedCall {
  const failure = { type: 'rejected' as const, message: 'date must be YYYY-MM-DD', argument: '/date' };
  return {
    trialId: 't1',
    tool: 'imaginarium.yaml#add_date',
    step: 0,
    query: 'What day is tomorrow?',
    details: {
      thought: 'I try.',
      call: { tool: 'imaginarium.yaml#add_date', arguments: { date: 'tomorrow' } },
      observation: { status: 'rejected', content: 'date must be YYYY-MM-DD', ms: 3, truncated: false },
      failure,
      failures: [failure],
    },
    fix: null,
    lesson: null,
    ...changes,
  };
}

export function lesson(id: string, changes: Partial<Lesson> = {}): Lesson {
  return {
    id,
    tool: 'imaginarium.yaml#add_date',
    text: '`date` wants YYYY-MM-DD.',
    trials: ['t1', 't2'],
    origin: 'evidence',
    specHash: 'h',
    ...changes,
  };
}
