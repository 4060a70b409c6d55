import { Engine } from '../../src/engine/engine.ts';
import type { EngineOptions } from '../../src/engine/ports.ts';
import { type EngineEvent, nothingSet } from '../../src/protocol/engine.ts';

export interface TestEngine {
  engine: Engine;
  /** Everything that was pushed so far. */
  events: EngineEvent[];
}

/** An engine over one folder, open, which refuses every approval unless told otherwise. */
export async function testEngine(folder: string, options: Partial<EngineOptions> = {}): Promise<TestEngine> {
  const engine = new Engine({
    folders: [folder],
    trusted: true,
    settings: nothingSet,
    defaultModel: null,
    approvals: { ask: async () => false },
    secret: async () => null,
    apiKey: async () => 'test-key',
    log: () => {},
    version: '0.0.0',
    ...options,
  });
  const events: EngineEvent[] = [];
  engine.onEvent((batch) => events.push(...batch));
  await engine.open();
  return { engine, events };
}
