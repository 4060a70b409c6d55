/** A run of the real engine on tools over HTTP, with the scripted model on a server that takes its time. */
import { fileURLToPath } from 'node:url';
import type { Trial } from '../../src/core/trial.ts';
import type { ExploreParams } from '../../src/protocol/engine.ts';
import { type FakeOpenAIProcess, startFakeOpenAIProcess } from '../helpers/fakeOpenAIProcess.ts';
import { type EngineProcess, startEngine } from './engineProcess.ts';
import { makeToolWorkspace, type ToolWorkspace } from './toolWorkspace.ts';

export interface Bench {
  engine: EngineProcess;
  workspace: ToolWorkspace;
  server: FakeOpenAIProcess;
  /** Names the model; the rest is the row's. */
  model: Pick<ExploreParams, 'model' | 'baseUrl' | 'tools'>;
}

/** Starts tools, model server and engine, each a process of its own; ends them all when the work is done. */
export async function withBench<T>(
  options: { tools: number; latencyMs: number; functions?: number },
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  await using things = new AsyncDisposableStack();
  const workspace = things.adopt(await makeToolWorkspace(options.tools, options.functions), (one) =>
    one.dispose(),
  );
  const script = fileURLToPath(new URL('./modelScript.ts', import.meta.url));
  const server = things.adopt(await startFakeOpenAIProcess({ latencyMs: options.latencyMs, script }), (one) =>
    one.close(),
  );
  const engine = things.adopt(await startEngine(workspace.folder), (one) => one.dispose());
  const model = { model: 'fake-model', baseUrl: server.baseUrl, tools: [] };
  return await work({ engine, workspace, server, model });
}

/** What trials asked of a model and of a tool, by tool. */
export function workOf(trials: readonly Trial[]): { modelCalls: number; toolMs: number }[] {
  const byTool = Object.values(Object.groupBy(trials, ({ tool }) => tool));
  return byTool.map((own = []) => ({
    modelCalls: own.reduce((sum, { exchanges }) => sum + exchanges.length, 0),
    toolMs: own.flatMap(({ steps }) => steps).reduce((sum, { observation }) => sum + observation.ms, 0),
  }));
}
