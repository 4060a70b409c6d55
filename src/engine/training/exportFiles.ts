/** The files of an export: rows for training and for validation in the form that is asked for, and the manifest. */
import { basename } from 'node:path';
import type { JsonObject } from '../../core/json.ts';
import type { ExportParams } from '../../protocol/exploit.ts';
import type { DataFormat, FileOut } from './formats/index.ts';
import { inPieces, jsonLinesFile, pathBeside } from './formats/jsonLines.ts';
import { type ManifestRow, manifestText } from './manifest.ts';
import type { OfferedTool, Placed } from './placedRows.ts';
import type { Selection } from './selection.ts';
import { readIfThere } from './writeFiles.ts';

export interface Sides {
  train: Placed[];
  validation: Placed[];
}

/** The files with rows, and what belongs to them; and where each row is from. No file for a side without rows. */
export async function filesOf(
  params: Pick<ExportParams, 'format' | 'path'>,
  format: DataFormat,
  sides: Sides,
  tools: readonly OfferedTool[],
): Promise<{ files: FileOut[]; rows: ManifestRow[] }> {
  const files = new Map<string, FileOut>();
  const rows: ManifestRow[] = [];
  const around = {
    trainPath: params.path,
    tools: tools.map(({ name, description, parameters }) => ({ name, description, parameters })),
    read: async (path: string): Promise<string | null> => {
      const written = files.get(path);
      return written === undefined ? readIfThere(path) : [...written.text].join('');
    },
  };
  for (const side of ['train', 'validation'] as const) {
    const placed = sides[side];
    if (placed.length === 0) continue;
    const path = side === 'train' ? params.path : validationPath(params.path);
    const own = placed.map(({ row }) => row);
    const made = (await format.files?.(own, path, { ...around, side })) ?? [
      jsonLinesFile(own, path, params.format),
    ];
    for (const file of made) files.set(file.path, file);
    for (const [index, { origin }] of placed.entries())
      rows.push({ file: basename(path), row: index + 1, origin });
  }
  return { files: [...files.values()], rows };
}

/** The manifest of an export, beside its file. */
export function manifestFile(
  params: ExportParams,
  made: {
    version: string;
    selection: Selection;
    files: readonly FileOut[];
    rows: readonly ManifestRow[];
    tools: readonly OfferedTool[];
    notes: readonly string[];
  },
): FileOut {
  const { demonstrations = false, simulated = false, stale = false, verified = false } = params;
  const head = {
    manifest: 1,
    imaginarium: made.version,
    format: params.format,
    seed: params.seed ?? 0,
    loss: params.loss ?? 'all',
    validation: params.validation ?? 0,
    siblings: params.siblings ?? 0,
    taken: { demonstrations, simulated, stale, onlyVerified: verified },
    continual: continualOf(params, made.selection),
    counts: countsOf(made.rows),
    files: made.files.map(({ path, rows }) => ({ name: basename(path), rows })),
    tools: made.tools.map(({ name, specHash }) => ({ name, specHash })),
    notes: [...made.notes],
  };
  return {
    path: `${params.path}.manifest.json`,
    text: { [Symbol.iterator]: () => inPieces(manifestText(head, made.rows)) },
    rows: 0,
    lint: null,
  };
}

/** `data/train.jsonl` → `data/train.validation.jsonl`. */
function validationPath(path: string): string {
  const ending = /\.[^./\\]+$/.exec(path)?.[0] ?? '';
  return pathBeside(path, `.validation${ending}`);
}

function continualOf({ batches }: ExportParams, selection: Selection): JsonObject | null {
  if (batches === undefined) return null;
  return {
    by: batches.by,
    replay: selection.replay,
    batches: selection.batches.map((batch) => ({ ...batch })),
  };
}

function countsOf(rows: readonly ManifestRow[]): JsonObject {
  const counts = { rows: rows.length, new: 0, replay: 0, general: 0 };
  const examples = new Set<string>();
  const families = new Set<string>();
  const verification: Record<string, number> = {};
  for (const { origin } of rows) {
    counts[origin.why] += 1;
    if (!('example' in origin)) continue;
    if (!examples.has(origin.example))
      verification[origin.verification] = (verification[origin.verification] ?? 0) + 1;
    examples.add(origin.example);
    families.add(origin.family);
  }
  return { ...counts, examples: examples.size, families: families.size, verification };
}
