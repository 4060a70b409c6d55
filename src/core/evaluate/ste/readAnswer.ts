import { strip } from '../../text.ts';
import { closestMatch } from '../python/difflib.ts';
import { parsePythonJson } from '../python/json.ts';
import { stripOf } from '../python/text.ts';
import { isDict, type PythonDict } from '../python/values.ts';

/** An answer as the paper's evaluation reads it. */
export type SteAnswer =
  | {
      kind: 'call';
      /** The tool that the name counts as; null where no tool has anything in common with it. */
      tool: string | null;
      /** The name as it was written. */
      name: string;
      arguments: PythonDict;
    }
  | { kind: 'noCall' | 'malformed'; why: string };

/** Below this a name counts as no tool. So nearly every name counts as some tool. */
const cutoff = 0.001;

const input = 'Action Input:';
const action = 'Action:';
const final = 'Final Answer:';

/**
 * Reads what a model answered as the reference does, its faults included: its figures contain them. Our own reader is
 * `explore/readReact.ts`, and it is the better one.
 */
export function readSteAnswer(output: string, tools: readonly string[]): SteAnswer {
  const end = output.indexOf(final);
  const text = end < 0 ? output : output.slice(0, end);
  if (end >= 0 && !text.includes(input)) {
    return { kind: 'noCall', why: 'It answers without a call.' };
  }
  const inputs = text.split(input);
  if (inputs.length !== 2) {
    const why = inputs.length < 2 ? `There is no "${input}".` : `There is more than one "${input}".`;
    return { kind: 'malformed', why };
  }
  const [before = '', after = ''] = inputs;
  const actions = before.split(action);
  if (actions.length !== 2) {
    const why = actions.length < 2 ? `There is no "${action}".` : `There is more than one "${action}".`;
    return { kind: 'malformed', why };
  }
  const given = readArguments(withoutLineMarks(after));
  if (given === null) return { kind: 'malformed', why: `After "${input}" there is no JSON object.` };
  const name = stripOf(withoutLineMarks(actions[1] as string).replaceAll('<tool_', ''), '<>');
  const tool = tools.includes(name) ? name : closestMatch(name, tools, cutoff);
  return { kind: 'call', tool, name, arguments: given };
}

/** An answer that the reference had read already: its `parsed_result`. */
export function readParsedAnswer(parsed: PythonDict): SteAnswer {
  if (parsed.get('finish') === true) return { kind: 'noCall', why: 'It answers without a call.' };
  const name = parsed.get('action');
  const given = parsed.get('action_input');
  const read =
    typeof given === 'string' ? asObject(given) : isDict(given ?? null) ? (given as PythonDict) : null;
  if (parsed.get('parse_successful') === false || typeof name !== 'string' || read === null) {
    return { kind: 'malformed', why: 'The recorded reading of it holds no call.' };
  }
  return { kind: 'call', tool: name, name, arguments: read };
}

/** From the first brace to the last one, every brace at the ends off and one pair put back. */
function readArguments(text: string): PythonDict | null {
  const from = text.indexOf('{');
  const to = text.lastIndexOf('}');
  if (from < 0 || to < from) return null;
  return asObject(`{${stripOf(text.slice(from, to + 1), '{}')}}`);
}

function asObject(text: string): PythonDict | null {
  try {
    const value = parsePythonJson(text);
    return isDict(value) ? value : null;
  } catch {
    return null;
  }
}

/** Without white space at both ends and without written-out `\n` at the end, which models copy from the prompt. */
function withoutLineMarks(text: string): string {
  let rest = strip(text);
  while (rest.endsWith('\\n')) rest = rest.slice(0, -2);
  return strip(rest);
}
