import { isJsonObject, type Json } from '../../core/json.ts';

/** One entry of a chain: an answer of the model and what came of it. */
export interface LogStep {
  thought: string;
  /** Null where no call could be read from the answer. */
  call: { action: string; input: string } | null;
  /** What the model was told. Null: nothing, since the turns had run out, or it was the final answer. */
  observation: string | null;
  /** Why no call could be read, in the words that the model was told. */
  parseError: string | null;
  /** Null where it is not final. */
  answer: string | null;
  /** What the log says of the tool; empty where it says nothing. */
  description: string;
}

/** One query and what was done for it. */
export interface LogItem {
  query: string;
  steps: LogStep[];
  /** What a judge said of it, in a log that was postprocessed. */
  judgement: string | null;
}

/** An entry that cannot be taken over: where it is broken, below the entry (`.chains[2]`), and what is wrong with it. */
export interface Broken {
  at: string;
  problem: string;
}

/** Reads one entry of an `item_list`. What is broken in one part makes the whole useless: half a trial says what was not. */
export function readItem(value: Json): LogItem | Broken {
  if (!isJsonObject(value)) return broken('', 'this has to be an object');
  const { query, chains, judgment } = value;
  if (typeof query !== 'string') return broken('.query', 'this has to be a text');
  if (!Array.isArray(chains)) return broken('.chains', 'this has to be a list');
  const steps: LogStep[] = [];
  for (const [index, entry] of chains.entries()) {
    const step = readStep(entry);
    if ('problem' in step) return broken(`.chains[${index}]${step.at}`, step.problem);
    steps.push(step);
  }
  return { query, steps, judgement: typeof judgment === 'string' ? judgment : null };
}

function readStep(value: Json): LogStep | Broken {
  if (!isJsonObject(value)) return broken('', 'this has to be an object');
  for (const key of ['thought', 'action', 'observation', 'final_ans', 'parse_error_msg'] as const) {
    const text = value[key];
    if (text !== undefined && text !== null && typeof text !== 'string') {
      return broken(`.${key}`, 'this has to be a text');
    }
  }
  const { action, action_input: given, final_ans: answer } = value;
  const input = typeof given === 'string' ? given : written(given ?? {});
  if (input === null) return broken('.action_input', 'this is nested too deeply');
  const text = (key: string): string | null => (typeof value[key] === 'string' ? value[key] : null);
  const parsed = value.parse_successful !== false && typeof action === 'string';
  if (!parsed && typeof answer !== 'string' && value.parse_successful !== false) {
    return broken('', 'this has neither an action, nor a final answer, nor what kept them from being read');
  }
  return {
    thought: text('thought') ?? '',
    call: parsed ? { action, input } : null,
    observation: text('observation'),
    parseError: value.parse_successful === false ? (text('parse_error_msg') ?? '') : null,
    answer: typeof answer === 'string' ? answer : null,
    description: text('api_descriptions') ?? '',
  };
}

/** Null for what is too deep for that. */
function written(value: Json): string | null {
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

function broken(at: string, problem: string): Broken {
  return { at, problem };
}
