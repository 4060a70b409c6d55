/** The whole loop under one variant: explore (twice, since memory may reach back), verify, evaluate. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../src/build/install.mjs';
import { addUsage, noUsage, type Usage } from '../../../src/core/chat.ts';
import type { EvaluationReport } from '../../../src/core/evaluate/report.ts';
import type { Job } from '../../../src/core/job.ts';
import { Engine } from '../../../src/engine/engine.ts';
import { nothingSet } from '../../../src/protocol/engine.ts';
import { type Measures, measured } from './measures.ts';
import { questionFile } from './questions.ts';
import type { Variant } from './variants.ts';

export interface Learner {
  model: string;
  baseUrl: string;
  /** Null: the server wants none. */
  apiKey: string | null;
}

export interface Extent {
  /** Runs, one after the other. */
  runs: number;
  /** Per tool and run. */
  episodes: number;
  trials: number;
  /** Examples that a tool is to have, paraphrases included; and abstentions of each kind. */
  paraphrases: number;
  abstentions: number;
  /** Questions that are asked; null for all. */
  questions: number | null;
  /** How often each is asked under each condition. */
  repeat: number;
}

/** What a variant has brought at one seed. */
export interface Outcome {
  variant: string;
  seed: number;
  trials: number;
  /** Steps with a failure. */
  failures: number;
  examples: number;
  /** Examples that wait for a person. */
  doubted: number;
  lessons: number;
  measures: Measures;
  /** What exploring and verifying took. */
  learning: Usage;
  report: EvaluationReport;
  seconds: number;
}

/** Runs one variant on a copy of the sample workspace. Rejects when a part of it ends otherwise than finished. */
export async function runVariant(
  { name, settings, judge }: Variant,
  seed: number,
  learner: Learner,
  extent: Extent,
): Promise<Outcome> {
  const started = performance.now();
  const { model, baseUrl, apiKey } = learner;
  const folder = mkdtempSync(join(tmpdir(), 'imaginarium-experiment-'));
  cpSync(join(root, 'examples'), folder, {
    recursive: true,
    filter: (path) => !path.endsWith('.imaginarium'),
  });
  const engine = new Engine({
    folders: [folder],
    trusted: true,
    settings: nothingSet,
    defaultModel: null,
    approvals: { ask: async () => false },
    secret: async () => null,
    apiKey: async () => apiKey,
    log: () => {},
    version: '0.0.0',
  });
  try {
    await engine.open();
    let learning = noUsage();
    const runIds: string[] = [];
    const counts = { trials: 0, failures: 0 };
    for (let run = 0; run < extent.runs; run++) {
      const { runId } = await engine.explore({
        tools: [],
        model,
        baseUrl,
        seed: seed * 1000 + run,
        allowWrites: true,
        settings: { ...settings, episodes: extent.episodes, trials: extent.trials },
      });
      runIds.push(runId);
      const done = await engine.finished(runId);
      if (done.status !== 'finished') throw new Error(done.error?.message ?? done.status);
      learning = addUsage(learning, done.usage);
      counts.trials += done.counts.trials;
      counts.failures += done.counts.failures;
    }
    if (judge) {
      const verified = await ended(engine, await engine.verifications.verify({ tools: [], model, baseUrl }));
      learning = addUsage(learning, verified.usage);
    }
    if (extent.paraphrases + extent.abstentions > 0) {
      const wanted = { tools: [], paraphrases: extent.paraphrases, abstentions: extent.abstentions };
      const expanded = await ended(engine, await engine.expansions.expand({ ...wanted, model, baseUrl }));
      learning = addUsage(learning, expanded.usage);
    }
    const evaluation = await engine.evaluations.start({
      data: questionFile,
      model,
      baseUrl,
      seed,
      repeat: extent.repeat,
      ...(extent.questions === null ? {} : { limit: extent.questions }),
    });
    const { result } = await ended(engine, evaluation);
    const { examples, lessons } = await engine.learned.dashboard({});
    const { total } = await engine.verifications.reviewQueue({ limit: 1 });
    return {
      variant: name,
      seed,
      ...counts,
      examples,
      doubted: total,
      lessons,
      measures: await measured(engine, runIds),
      learning,
      report: result as unknown as EvaluationReport,
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ended(engine: Engine, job: Job): Promise<Job> {
  const done = await engine.jobs.finished(job.id);
  if (done.status === 'finished') return done;
  throw new Error(`${done.kind}: ${done.error?.message ?? done.status}`);
}
