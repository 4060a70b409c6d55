import { isDemonstration, isSimulated } from '../../core/exploit/demonstration.ts';
import type { TrainingTool } from '../../core/exploit/training/candidates.ts';
import { kindOf } from '../../core/exploit/usable.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Example } from '../../core/trial.ts';

/** Why an example is in a file. */
export type Why = 'new' | 'replay' | 'general';

/** Where a row is from: what stands in it, where its format takes such a thing, and in the manifest in any case. */
export interface Origin {
  example: string;
  family: string;
  kind: string;
  tool: string;
  why: Why;
  /** Name of the batch; empty without batches. */
  batch: string;
  verification: string;
  /** Of the spec as the catalogue has it, which is the one in the row. */
  specHash: string;
  /** Of the spec that the example was learned from. */
  learnedFrom: string;
  model: string;
  runId: string;
  trialId: string;
  seed: number;
  judge: string;
  edited: boolean;
  demonstration: boolean;
  simulated: boolean;
}

/** The members are always the same and of one type each: columns of `datasets` want it so. */
export function originOf(
  example: Example,
  place: { family: string; why: Why; batch: string | null },
  tool: TrainingTool,
): Origin {
  const { provenance } = example;
  return {
    example: example.id,
    family: place.family,
    kind: kindOf(example),
    tool: tool.name,
    why: place.why,
    batch: place.batch ?? '',
    verification: example.verification,
    specHash: tool.specHash,
    learnedFrom: provenance.specHash,
    model: provenance.model,
    runId: provenance.runId,
    trialId: provenance.trialId,
    seed: provenance.seed,
    judge: provenance.judge ?? example.checks?.judge?.model ?? '',
    edited: provenance.edited,
    demonstration: isDemonstration(example),
    simulated: isSimulated(example),
  };
}

/** A row as the manifest has it. */
export interface ManifestRow {
  /** Name of the file, and the number of the row in it, from 1. */
  file: string;
  row: number;
  origin: Origin | { why: 'general'; line: number };
}

/** What went into the files, and why: one line a row, so that it can be read and compared. */
export function* manifestText(head: JsonObject, rows: readonly ManifestRow[]): Generator<string> {
  const inside = JSON.stringify(head, null, 2).slice(0, -2);
  yield `${inside},\n  "rows": [`;
  for (const [index, { file, row, origin }] of rows.entries())
    yield `${index === 0 ? '' : ','}\n    ${JSON.stringify({ file, row, ...origin })}`;
  yield '\n  ]\n}\n';
}
