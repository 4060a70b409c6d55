/** How examples are put into batches: by the day of their trial, by the source of their tool, or by a list. */
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { TrainingTool } from '../../core/exploit/training/candidates.ts';
import { isJsonObject, type Json } from '../../core/json.ts';
import { toolName } from '../../core/toolName.ts';
import type { Example } from '../../core/trial.ts';
import { WrongRequest } from '../errors.ts';
import type { SelectionParams } from './selection.ts';

export type BatchNames = Pick<NonNullable<SelectionParams['batches']>, 'nameOf' | 'order'>;

/** Of an example of a tool that no trial is known of: nobody knows when, so before all others. */
const undated = 'undated';

/**
 * By the day (UTC) on which its trial began. What no trial has left, as an abstention, belongs to the day of its tool's first.
 *
 * @param startedAt milliseconds since 1970; null for a trial that is not kept
 * @param firstOf the same of the first trial of a tool; null for none
 */
export function batchesByDate(
  startedAt: (trialId: string) => number | null,
  firstOf: (tool: string) => number | null,
): BatchNames {
  const first = new Map<string, number | null>();
  return {
    order: [undated],
    nameOf({ tool, provenance }) {
      let at = provenance.trialId === '' ? null : startedAt(provenance.trialId);
      if (at === null) {
        if (!first.has(tool)) first.set(tool, firstOf(tool));
        at = first.get(tool) ?? null;
      }
      return at === null ? undated : new Date(at).toISOString().slice(0, 10);
    },
  };
}

/** By the source of its tool, in the order of the catalogue. */
export function batchesBySource(
  tool: (id: string) => TrainingTool | null,
  sources: readonly string[],
): BatchNames {
  return { order: sources, nameOf: (example) => tool(example.tool)?.source.path ?? null };
}

/**
 * By a file: a list of lists of tools (as the paper's own), or an object of lists by name. A tool is named by its id, or by its
 * name. Throws `WrongRequest` for another file.
 */
export async function batchesByList(
  path: string,
  tool: (id: string) => TrainingTool | null,
): Promise<BatchNames> {
  const batches = readBatches(await readText(path), path);
  const batchOf = new Map<string, string>();
  for (const { name, tools } of batches) {
    for (const one of tools) {
      const other = batchOf.get(one);
      if (other !== undefined)
        throw new WrongRequest(
          `${path} names "${one}" in two batches, ${other} and ${name}.`,
          'Name it in one.',
        );
      batchOf.set(one, name);
    }
  }
  return {
    order: batches.map(({ name }) => name),
    nameOf: ({ tool: id }: Example) =>
      batchOf.get(id) ?? batchOf.get(tool(id)?.name ?? '') ?? batchOf.get(toolName(id)) ?? null,
  };
}

function readBatches(text: string, path: string): { name: string; tools: string[] }[] {
  const advice =
    'Write a list of lists of tools, or lists of tools by the names of their batches, as JSON or YAML.';
  let read: Json;
  try {
    read = parse(text) as Json;
  } catch (error) {
    throw new WrongRequest(
      `${path} cannot be read: ${error instanceof Error ? error.message : error}`,
      advice,
    );
  }
  const named: [string, Json][] = Array.isArray(read)
    ? read.map((tools, index) => [String(index + 1), tools])
    : isJsonObject(read)
      ? Object.entries(read)
      : [];
  return named.map(([name, tools]) => {
    if (!Array.isArray(tools) || !tools.every((tool) => typeof tool === 'string'))
      throw new WrongRequest(`${path}: batch ${name} is no list of tools.`, advice);
    return { name, tools };
  });
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new WrongRequest(
      `${path} cannot be read: ${error instanceof Error ? error.message : error}`,
      'Name a file with the batches.',
    );
  }
}
