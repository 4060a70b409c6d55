import { isJsonObject, type Json } from '../../core/json.ts';
import type { ChatMessage } from '../../core/message.ts';
import { conversations } from './conversation.ts';
import { type LogItem, readItem } from './logItem.ts';
import { type FoundSession, readSessions } from './sessions.ts';

/** One entry of a log that can be taken over. */
export interface LogEntry {
  /** The tool as the log names it. */
  tool: string;
  /** Both count from 1, as the log has them. */
  episode: number;
  trial: number;
  item: LogItem;
  /** Its part of the conversation; null when that is not there, or says something else than the items. */
  messages: ChatMessage[] | null;
}

/** One that cannot. */
export interface LogProblem {
  /** Where it stands, as a JSON path: `$["tool"][0].item_list[2].chains[1].action`. */
  path: string;
  problem: string;
}

/** Yields what a log holds, entry by entry. Throws `UserError` for what is no log at all. */
export async function* readLog(path: string): AsyncGenerator<LogEntry | LogProblem> {
  for await (const found of readSessions(path)) {
    const at = `$[${JSON.stringify(found.tool)}]`;
    if ('problem' in found) yield { path: at, problem: found.problem };
    else yield* entriesOf(found, `${at}[${found.index}]`);
  }
}

function* entriesOf({ tool, index, value }: FoundSession, at: string): Generator<LogEntry | LogProblem> {
  if (!isJsonObject(value) || !Array.isArray(value.item_list)) {
    yield { path: `${at}.item_list`, problem: 'this has to be a list' };
    return;
  }
  const read = value.item_list.map(readItem);
  const whole = read.every((one): one is LogItem => !('problem' in one));
  const talks = whole ? conversations(value.messages as Json | undefined, read) : null;
  for (const [number, item] of read.entries()) {
    if ('problem' in item) {
      yield { path: `${at}.item_list[${number}]${item.at}`, problem: item.problem };
    } else {
      yield { tool, episode: index + 1, trial: number + 1, item, messages: talks?.[number] ?? null };
    }
  }
}
