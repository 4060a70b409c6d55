import { noUsage } from '../../src/core/chat.ts';
import type { Trial } from '../../src/core/trial.ts';

/** A fulfilled trial with one clean call, for tests; parts can be given. */
export function sampleTrial(parts: Partial<Trial> = {}): Trial {
  const tool = parts.tool ?? 'imaginarium.yaml#add_date';
  return {
    id: 'r1-abc-1.1',
    runId: 'r1',
    tool,
    episode: 1,
    trial: 1,
    query: 'Which day is ten days after 2024-02-20?',
    callFirst: false,
    outcome: 'fulfilled',
    steps: [
      {
        thought: 'Add them.',
        call: { tool, arguments: { date: '2024-02-20', days: 10 } },
        observation: { status: 'ok', content: '2024-03-01', ms: 4, truncated: false },
        failure: null,
        failures: [],
      },
    ],
    reflection: { text: 'Yes', claimed: true, fulfilled: true },
    answer: 'The first of March.',
    model: 'scripted',
    seed: 7,
    specHash: 'feedfacecafebeef',
    usage: noUsage(),
    startedAt: 1_700_000_000_000,
    ms: 12,
    messages: [],
    exchanges: [],
    ...parts,
  };
}
