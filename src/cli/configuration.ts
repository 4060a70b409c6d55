import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { WrongRequest } from '../engine/errors.ts';
import { isLoopback, openaiBaseUrl, readBaseUrl, showUrl } from '../models/endpoint.ts';
import { type EngineSettings, nothingSet } from '../protocol/engine.ts';

/** A manifest beyond this size is not searched for a model, bytes. */
const largest = 1024 * 1024;
/** A longer text is not parsed for one key alone: a monstrous one takes minutes. There the key must begin a line. */
const parsedWhole = 32 * 1024;
const modelLine = /^(?:model|"model"|'model')[ \t]*:.*$/m;

/**
 * What the person has set outside the command line: the environment, then `model:` in `imaginarium.yaml`. The address of
 * the model server is taken from the environment alone: a workspace must not be able to send somebody's key elsewhere.
 */
export function configuredSettings(env: NodeJS.ProcessEnv, folder: string): EngineSettings {
  return {
    ...nothingSet,
    model: env.IMAGINARIUM_MODEL || modelInManifest(folder),
    baseUrl: env.IMAGINARIUM_BASE_URL || null,
    embeddingModel: env.IMAGINARIUM_EMBEDDING_MODEL || null,
  };
}

/** The key of the model server; it goes to that server and nowhere else. */
export function apiKey(env: NodeJS.ProcessEnv): string | null {
  return env.IMAGINARIUM_API_KEY || env.OPENAI_API_KEY || null;
}

/**
 * The key for one server. A run or job that goes on names its server in the database of the workspace, which may have come
 * with it from anybody: the key goes only where the person has said, to OpenAI, or to this machine. Throws `WrongRequest`
 * for another place.
 *
 * @param named the address on the command line
 */
export function apiKeyFor(
  baseUrl: string | null,
  env: NodeJS.ProcessEnv,
  named: string | undefined,
): string | null {
  const key = apiKey(env);
  if (key === null || baseUrl === null) return key;
  const address = readBaseUrl(baseUrl);
  const trusted = [named, env.IMAGINARIUM_BASE_URL, openaiBaseUrl].flatMap((one) =>
    one ? [readBaseUrl(one)] : [],
  );
  if (trusted.includes(address) || isLoopback(address)) return key;
  throw new WrongRequest(
    `The key is not sent to ${showUrl(address)}: only this workspace says that the model is there.`,
    'Say so yourself: --base-url, or IMAGINARIUM_BASE_URL.',
  );
}

function modelInManifest(folder: string): string | null {
  const path = join(folder, 'imaginarium.yaml');
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size > largest) return null;
  const text = readFileSync(path, 'utf8');
  const part = text.length <= parsedWhole ? text : (modelLine.exec(text)?.[0] ?? '');
  // What is wrong with the manifest is the catalogue's to say; a warning would go to standard error.
  const model: unknown = parseDocument(part, { logLevel: 'error' }).get('model');
  return typeof model === 'string' && model !== '' ? model : null;
}
