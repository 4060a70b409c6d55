/** What the extension talks to, played: an engine's client, a catalogue, a person. */

import { adaptivePreset } from '../../../src/core/settings.ts';
import type { ClientHooks, EngineClient, OpenClient } from '../../../src/extension/link/engineClient.ts';
import type {
  FoundTool,
  RunEstimate,
  RunSummary,
  SourceRow,
  Sources,
  TrialRow,
} from '../../../src/protocol/engine.ts';

export function tool(name: string, changes: Partial<FoundTool> = {}): FoundTool {
  return {
    id: `imaginarium.yaml#${name}`,
    folder: '/home/me/trains',
    name,
    description: `What ${name} does.`,
    parameters: { type: 'object' },
    source: { path: 'imaginarium.yaml', line: 3, column: 5 },
    risk: 'read',
    runnable: true,
    specHash: 'h',
    notRunnable: null,
    problems: [],
    counts: { examples: 0, failures: 0, lessons: 0, trials: 0 },
    written: null,
    format: 'manifest',
    simulated: false,
    ...changes,
  };
}

/** A source of `tool()`s. */
export function source(tools: number, changes: Partial<SourceRow> = {}): SourceRow {
  return {
    path: 'imaginarium.yaml',
    file: changes.path ?? 'imaginarium.yaml',
    format: 'manifest',
    server: null,
    folder: '/home/me/trains',
    problems: [],
    tools,
    shown: tools,
    ...changes,
  };
}

export function sources(...rows: SourceRow[]): Sources {
  const tools = rows.reduce((sum, row) => sum + row.tools, 0);
  return { version: 1, tools, runnable: tools, sources: rows };
}

export function trialRow(id: string, changes: Partial<TrialRow> = {}): TrialRow {
  return {
    id,
    runId: 'r1',
    tool: 'imaginarium.yaml#add_date',
    episode: 1,
    trial: 1,
    query: `What is ${id}?`,
    outcome: 'fulfilled',
    toolCalls: 2,
    failures: [],
    example: true,
    startedAt: 1000,
    ms: 1500,
    ...changes,
  };
}

export function run(id: string, changes: Partial<RunSummary> = {}): RunSummary {
  return {
    id,
    status: 'running',
    tools: ['imaginarium.yaml#add_date'],
    settings: adaptivePreset,
    budget: { modelCalls: null, tokens: null, usd: null },
    estimate: { tools: 1, trials: 60, modelCalls: 400, tokens: 1000, usd: null },
    model: { id: 'm', label: 'Model M', baseUrl: null, isLanguageModel: true },
    seed: 1,
    concurrency: 4,
    promptsDir: null,
    allowWrites: false,
    memoryUpTo: 0,
    startedAt: 1000,
    endedAt: null,
    usage: { modelCalls: 0, inputTokens: 0, cachedTokens: 0, outputTokens: 0, usd: 0 },
    error: null,
    counts: { trials: 0, examples: 0, failures: 0, lessons: 0 },
    planned: 60,
    ...changes,
  };
}

/** What a run of one tool would take. */
export function estimate(changes: Partial<RunEstimate> = {}): RunEstimate {
  return {
    ...run('r').estimate,
    asksFor: [],
    leftOut: [],
    editorTools: 0,
    settings: { episodes: 15, trials: 4, stopRule: true },
    budget: { modelCalls: null, tokens: null, usd: null },
    ...changes,
  };
}

/** An engine's client whose life the test decides. */
export class FakeClient implements EngineClient {
  readonly hooks: ClientHooks;
  readonly asked: { method: string; params: unknown }[] = [];
  readonly told: string[] = [];
  stopped = 0;
  pid = 1;
  /** What `start` does; by default the engine is there at once. */
  starting: () => Promise<void> = async () => void this.hooks.onState('running');
  /** By method; a request without an answer stays open. */
  answers: Record<string, (params: unknown) => unknown> = {};

  constructor(hooks: ClientHooks) {
    this.hooks = hooks;
  }

  start(): Promise<void> {
    return this.starting();
  }

  async request<P, R>(type: { method: string }, params: P): Promise<R> {
    this.asked.push({ method: type.method, params });
    const answer = this.answers[type.method];
    if (!answer) return new Promise<never>(() => {});
    return answer(params) as R;
  }

  async notify(type: { method: string }): Promise<void> {
    this.told.push(type.method);
  }

  async stop(): Promise<void> {
    this.stopped += 1;
  }

  /** Dies, and comes back if it may. */
  die(): 'restart' | 'give up' {
    const next = this.hooks.onDied();
    if (next === 'give up') this.hooks.onState('ended');
    return next;
  }
}

/** Opens fake clients, and keeps them. */
export function fakeClients(prepare: (client: FakeClient) => void = () => {}): {
  open: OpenClient;
  clients: FakeClient[];
} {
  const clients: FakeClient[] = [];
  const open: OpenClient = async (hooks) => {
    const client = new FakeClient(hooks);
    prepare(client);
    clients.push(client);
    return client;
  };
  return { open, clients };
}

/** Lets everything that is ready happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
