/**
 * An exploration log of the reference implementation (`data_dict.json`): one JSON object, tool → sessions. It is read in
 * slices, session by session, so that a log of hundreds of megabytes neither fills the memory nor holds up the engine.
 */
import { createReadStream } from 'node:fs';
import { JSONParser } from '@streamparser/json';
import { UserError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';

/** One session as it stands in the log, unchecked. */
export interface FoundSession {
  /** The tool as the log names it. */
  tool: string;
  /** Its place among the sessions of the tool, from 0. */
  index: number;
  value: Json;
}

/** What stands where the sessions of a tool should. */
export interface NoSessions {
  tool: string;
  problem: string;
}

/** Bytes that are parsed at a time: a slice takes a few milliseconds. */
const slice = 64 * 1024;

/** Yields the sessions in their order. Throws `UserError` for what is no log. */
export async function* readSessions(path: string): AsyncGenerator<FoundSession | NoSessions> {
  const found: (FoundSession | NoSessions)[] = [];
  const parser = new JSONParser({ paths: ['$', '$.*', '$.*.*'], keepStack: false });
  parser.onValue = ({ value, key, stack, parent }) => {
    if (stack.length === 0) checkTop(path, value as Json);
    else if (stack.length === 2 && Array.isArray(parent)) {
      found.push({ tool: String(stack[1]?.key), index: Number(key), value: value as Json });
    } else if (stack.length === 1 && !Array.isArray(value)) {
      found.push({ tool: String(key), problem: 'this has to be a list of sessions' });
    }
  };
  let read = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: slice }) as AsyncIterable<Buffer>) {
      // Some editors put a mark before the first byte.
      const bom = read === 0 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
      parser.write(bom ? chunk.subarray(3) : chunk);
      read += chunk.length;
      yield* found.splice(0);
    }
    if (!parser.isEnded) throw new UserError(`${path} ends in the middle.`, 'Copy the file again.');
  } catch (error) {
    throw unreadable(path, read, error);
  }
}

function checkTop(path: string, value: Json): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new UserError(
    `${path} is no exploration log: it has to be one object, tool → sessions.`,
    'Choose the data_dict.json that the reference implementation wrote.',
  );
}

function unreadable(path: string, read: number, error: unknown): UserError {
  if (error instanceof UserError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new UserError(`There is no file ${path}.`, 'Look at the path.');
  if (code !== undefined) return new UserError(`${path} cannot be read: ${message}`, 'Look at the file.');
  return new UserError(
    `${path} is no valid JSON, somewhere after byte ${read}: ${message}`,
    'Nothing was imported. Mend the file, or copy it again.',
  );
}
