import { APIError } from 'openai';
import { wire } from './client.ts';
import { readBaseUrl } from './endpoint.ts';
import { readKey } from './key.ts';
import { modelNames } from './modelList.ts';
import { withTimeLimit } from './timeLimit.ts';

/**
 * What a server says when it is asked for its models. `refused`: it does not take the key, or wants one; `unreachable`:
 * nobody answers; `unlisted`: it answers, and not with a list, as some do that work well.
 */
export type ServerModels = { models: string[] } | { problem: 'refused' | 'unreachable' | 'unlisted' };

/** A person waits for it, and can go on without it; milliseconds. */
const timeLimit = 5000;

/** Asks a server for its models. Rejects with `ModelError` for an address or a key that cannot be meant, and with nothing else. */
export async function serverModels(options: {
  baseUrl: string | null;
  apiKey: string | null;
}): Promise<ServerModels> {
  const server = wire({ baseUrl: readBaseUrl(options.baseUrl), apiKey: readKey(options.apiKey) });
  try {
    const { signal } = new AbortController();
    const models = await withTimeLimit(timeLimit, signal, async (limited) =>
      modelNames(await (await server.get('/models', limited)).text()),
    );
    return models ? { models } : { problem: 'unlisted' };
  } catch (error) {
    const status: unknown = error instanceof APIError ? error.status : undefined;
    if (status === 401 || status === 403) return { problem: 'refused' };
    return { problem: typeof status === 'number' ? 'unlisted' : 'unreachable' };
  }
}
