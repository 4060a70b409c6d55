import { isJsonObject, type Json } from '../core/json.ts';
import type { Wire } from './client.ts';
import { withTimeLimit } from './timeLimit.ts';

/** It only makes a message more helpful, so it may not take long, milliseconds. */
const timeLimit = 2_000;

/** The names under `/models`; null when they cannot be had at once. Never throws, but for `Cancelled` on a later wait. */
export async function listModels(wire: Wire, signal: AbortSignal): Promise<string[] | null> {
  try {
    const text = await withTimeLimit(timeLimit, signal, async (limited) =>
      (await wire.get('/models', limited)).text(),
    );
    const whole = JSON.parse(text) as Json;
    const data = isJsonObject(whole) ? whole.data : whole;
    if (!Array.isArray(data)) return null;
    return data.flatMap((entry) => (isJsonObject(entry) && typeof entry.id === 'string' ? [entry.id] : []));
  } catch {
    return null;
  }
}
