/** A workspace as a large team has it: 16,000 tools, and 100,000 trials of fifty of them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { openStore } from '../../src/store/index.ts';
import { cached } from './cached.ts';
import { madeRecord, madeRun } from './storeFixtures.ts';

export const largeWorkbench = { tools: 16_000, sources: 40, trials: 100_000, explored: 50, runs: 20 };

/** The workspace, made when it is not there yet: its trials go in by the front door. */
export function workbenchStore(): Promise<string> {
  return cached('workbench', async (folder) => {
    writeManifests(folder);
    const store = await openStore({ folder });
    const perRun = largeWorkbench.trials / largeWorkbench.runs;
    for (let run = 0; run < largeWorkbench.runs; run++) {
      const id = `run-${run}`;
      const tools = Array.from(
        { length: largeWorkbench.explored },
        (_, index) => `imaginarium.yaml#tool_${index}`,
      );
      store.createRun(madeRun(id, { tools, startedAt: 1_700_000_000_000 + run * 3_600_000 }));
      for (let index = 0; index < perRun; index++) {
        const record = madeRecord(id, index, largeWorkbench.explored);
        // As if a language model had imagined them: others are offered only when asked for.
        if (record.example) record.example.provenance.languageModel = true;
        store.recordTrial(record);
      }
      store.updateRun(id, { status: 'finished', endedAt: 1_700_000_000_000 + run * 3_600_000 + 60_000 });
    }
    await store.close();
  });
}

function writeManifests(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const each = largeWorkbench.tools / largeWorkbench.sources;
  for (let source = 0; source < largeWorkbench.sources; source++) {
    const name = source === 0 ? 'imaginarium.yaml' : `service_${String(source).padStart(2, '0')}.tools.yaml`;
    const tools = Array.from({ length: each }, (_, index) =>
      manifestTool(source === 0 ? `tool_${index}` : `s${source}_${index}`),
    );
    writeFileSync(join(folder, name), stringify({ tools }));
  }
  writeFileSync(join(folder, 'notes.md'), '# Notes\n\nPlease find the train near Berlin.\n\n');
}

function manifestTool(name: string): object {
  return {
    name,
    description: `Finds what ${name} knows of a place on a day.`,
    risk: 'read',
    parameters: {
      type: 'object',
      properties: { place: { type: 'string' }, day: { type: 'integer', minimum: 0, maximum: 365 } },
      required: ['place', 'day'],
    },
    run: { command: ['echo', '${place}', '${day}'] },
  };
}
