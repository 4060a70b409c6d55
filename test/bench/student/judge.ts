/** Judging an example: whether its answer tells what was asked for, says what the tool said, and the tool was used for it. */
import type { JsonObject } from '../../../src/core/json.ts';
import type { Random } from '../../../src/core/random.ts';
import { valueAt } from './evidence.ts';
import { isInEnglish } from './inEnglish.ts';
import { type Documentation, parametersOf } from './parameters.ts';
import { statementFor } from './statements.ts';
import type { WireMessage } from './wire.ts';

/** How often the judge is wrong. */
const errs = 0.04;

interface Case {
  query: string;
  tools: Documentation[];
  calls: { number: number; tool: string; arguments: JsonObject; ok: boolean; result: string }[];
  answer: string | null;
}

/** Whether this is a request for judgement. */
export function asksToJudge(messages: readonly WireMessage[]): boolean {
  return messages.at(-1)?.content?.includes('"informative": true or false') ?? false;
}

/** The judgement, as JSON. */
export function judged(messages: readonly WireMessage[], random: Random): string {
  const one = readCase(messages.at(-1)?.content ?? '');
  const wrong = random.next() < errs;
  const last = one.calls.findLast(({ ok }) => ok);
  const answers =
    last !== undefined && !/^(?:I could not|I do not know|None of|For that)/.test(one.answer ?? '');
  const [informative, faithful, proper] = [
    answers && !isInEnglish(one.query, last.result),
    answers,
    answers && isAsAsked(one.query, last, one.tools),
  ];
  const unneeded = one.calls
    .filter(({ ok, arguments: args }) => ok && String(args.sql ?? '').startsWith('SELECT *'))
    .map(({ number }) => number);
  return JSON.stringify({ reasons: 'Read.', informative: informative !== wrong, faithful, proper, unneeded });
}

/** Everything that the request names is given, and nothing that it does not name. */
function isAsAsked(query: string, call: Case['calls'][number], tools: readonly Documentation[]): boolean {
  const tool = tools.find(({ name }) => name === call.tool);
  if (!tool) return true;
  return parametersOf(tool).every(({ kind, path }) => {
    const named = kind === null ? statementFor(query) !== null : kind.find(query) !== null;
    return named === (valueAt(call.arguments, path) !== undefined);
  });
}

function readCase(text: string): Case {
  const [, tools = '', query = '""', calls = '', answer = ''] =
    /Tools:\n([\s\S]*?)\n\nQuery:\n(.*)\n\nCalls, in order:\n([\s\S]*?)\n\nFinal answer:\n(.*)\n/.exec(
      text,
    ) ?? [];
  return {
    query: JSON.parse(query) as string,
    tools: [...tools.matchAll(/^- (\S+): (.*)\n {2}parameters: (\{.*\})$/gm)].map(
      ([, name = '', description = '""', schema = '{}']) => ({
        name,
        description: JSON.parse(description) as string,
        parameters: JSON.parse(schema) as JsonObject,
      }),
    ),
    calls: [...calls.matchAll(/^(\d+)\. (\S+?)\((\{.*\})\) \[(.*?)\] → (.*)$/gm)].map(
      ([, number, tool = '', args = '{}', ended, result = '']) => ({
        number: Number(number),
        tool,
        arguments: JSON.parse(args) as JsonObject,
        ok: ended === 'ok',
        result,
      }),
    ),
    answer: answer === 'none was given' ? null : answer.replace(/^"/, ''),
  };
}
