import type { Wire } from './client.ts';
import { modelNames } from './modelList.ts';
import { withTimeLimit } from './timeLimit.ts';

/** It only makes a message more helpful, so it may not take long, milliseconds. */
const timeLimit = 2_000;

/** The names under `/models`; null when they cannot be had at once. Never throws, but for `Cancelled` on a later wait. */
export async function listModels(wire: Wire, signal: AbortSignal): Promise<string[] | null> {
  try {
    const text = await withTimeLimit(timeLimit, signal, async (limited) =>
      (await wire.get('/models', limited)).text(),
    );
    return modelNames(text);
  } catch {
    return null;
  }
}
