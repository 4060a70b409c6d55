import { Agent, request } from 'undici';
import { modelNames } from './modelList.ts';
import { withTimeLimit } from './timeLimit.ts';

/** A server that answers on this machine, with the names of its models. */
export interface FoundServer {
  name: string;
  baseUrl: string;
  models: string[];
}

/** Where the usual servers listen unless they are told otherwise. */
const usualPorts = { Ollama: 11434, 'LM Studio': 1234, 'llama.cpp': 8080 };

/** One that is there answers at once; milliseconds. */
const timeLimit = 1000;
/** Of an answer, bytes: whatever else listens there may have much to say. */
const sizeLimit = 1024 * 1024;

/**
 * Asks the usual ports of this machine for models, all at once: without a key, without a proxy, following nothing. What does
 * not answer in time, or with a list of models, is not there. Never rejects.
 */
export async function localServers(ports: Record<string, number> = usualPorts): Promise<FoundServer[]> {
  const dispatcher = new Agent({ maxResponseSize: sizeLimit, connect: { timeout: timeLimit } });
  const found = await Promise.all(
    Object.entries(ports).map(async ([name, port]): Promise<FoundServer[]> => {
      const baseUrl = `http://127.0.0.1:${port}/v1`;
      try {
        const models = await withTimeLimit(timeLimit, new AbortController().signal, async (signal) => {
          const answer = await request(`${baseUrl}/models`, { dispatcher, signal });
          return answer.statusCode === 200 ? modelNames(await answer.body.text()) : null;
        });
        return models ? [{ name, baseUrl, models }] : [];
      } catch {
        return [];
      }
    }),
  );
  await dispatcher.destroy();
  return found.flat();
}
