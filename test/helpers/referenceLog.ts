/** Exploration logs in the shape in which the reference implementation writes them. */
import { writeFileSync } from 'node:fs';

/** An answer of the model: a call with what came back, one that cannot be read, or the last. */
export type LoggedTurn =
  | { action: string; input: string; observation?: string }
  | { unreadable: string; said: string }
  | { answer: string };

export interface LoggedItem {
  query: string;
  turns: LoggedTurn[];
  /** What the model said at the end. */
  verdict: string;
}

interface Message {
  role: string;
  content: string;
}

/** The session of these items, with its conversation. */
export function loggedSession(tool: string, items: readonly LoggedItem[]): object {
  const messages: Message[] = [{ role: 'system', content: 'You are a helpful assistant.' }];
  const say = (user: string, assistant: string): void => {
    messages.push({ role: 'user', content: user }, { role: 'assistant', content: assistant });
  };
  const item_list = items.map(({ query, turns, verdict }) => {
    say('Imagine.\n\nUser Query:', query);
    let told = `Answer: ${query}`;
    const chains = turns.map((turn) => {
      say(told, spoken(turn));
      const observation = observed(turn);
      told = `Observation: ${observation ?? ''}`;
      return entry(tool, turn, observation);
    });
    say('Do you think you fulfilled it?', verdict);
    return { query, chains };
  });
  return { item_list, messages };
}

/** Writes a log; returns its path. */
export function writeLog(path: string, log: Readonly<Record<string, unknown>>): string {
  writeFileSync(path, JSON.stringify(log));
  return path;
}

function spoken(turn: LoggedTurn): string {
  if ('answer' in turn) return `Thought: I know it.\nFinal Answer: ${turn.answer}`;
  if ('unreadable' in turn) return turn.said;
  return `Thought: I call ${turn.action}.\nAction: ${turn.action}\nAction Input: ${turn.input}`;
}

function observed(turn: LoggedTurn): string | undefined {
  if ('answer' in turn) return undefined;
  return 'unreadable' in turn ? turn.unreadable : turn.observation;
}

function entry(tool: string, turn: LoggedTurn, observation: string | undefined): object {
  const common = { API_name_list: [tool], api_descriptions: `API_name: ${tool}\nDescription: It is there.` };
  const seen = observation === undefined ? {} : { observation };
  if ('answer' in turn) return { ...common, parse_successful: true, final_ans: turn.answer, finish: true };
  if ('unreadable' in turn) {
    const { unreadable } = turn;
    return { ...common, parse_successful: false, finish: false, parse_error_msg: unreadable, ...seen };
  }
  const { action, input } = turn;
  return { ...common, parse_successful: true, finish: false, action, action_input: input, ...seen };
}
