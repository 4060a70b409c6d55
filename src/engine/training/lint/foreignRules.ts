/** What other tools' data is held against. */
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { isNoText, kindOfValue, type Report } from './report.ts';
import { checkCall, declaredTools } from './tools.ts';

const pythonTypes = new Set([
  'dict',
  'float',
  'array',
  'string',
  'integer',
  'boolean',
  'tuple',
  'any',
  'object',
  'number',
]);

/** A question of the leaderboard. Its function names may have dots: it is read by a parser of Python. */
export function lintBfcl(row: JsonObject, report: Report): void {
  isNoText(row.id, 'id', 'an id', report);
  const { question, function: functions } = row;
  const turns = Array.isArray(question) ? question : [];
  if (turns.length === 0 || !turns.every(Array.isArray))
    report.error(
      'question',
      'write a list of turns, each a list of messages: [[{"role": "user", "content": …}]]',
    );
  for (const [turn, messages] of turns.entries()) {
    for (const [index, message] of (Array.isArray(messages) ? messages : []).entries()) {
      const at = `question[${turn}][${index}]`;
      if (isJsonObject(message)) isNoText(message.content, `${at}.content`, 'what is said', report);
      else report.error(at, `it is ${kindOfValue(message)}, write a message`);
    }
  }
  if (!Array.isArray(functions) || functions.length === 0) {
    report.error(
      'function',
      `it is ${Array.isArray(functions) ? 'empty' : kindOfValue(functions)}, write a list of functions`,
    );
    return;
  }
  for (const [index, one] of functions.entries()) {
    const at = `function[${index}]`;
    if (!isJsonObject(one)) report.error(at, `it is ${kindOfValue(one)}, write a function`);
    else {
      isNoText(one.name, `${at}.name`, 'the name of the function', report);
      lintPythonTypes(one.parameters, `${at}.parameters`, report);
    }
  }
}

function lintPythonTypes(schema: Json | undefined, at: string, report: Report): void {
  if (!isJsonObject(schema)) {
    report.error(at, `it is ${kindOfValue(schema)}, write a schema`);
    return;
  }
  if (typeof schema.type !== 'string' || !pythonTypes.has(schema.type))
    report.error(
      `${at}.type`,
      `${JSON.stringify(schema.type ?? null)} is no type here, write one of ${[...pythonTypes].join(', ')}`,
    );
  if (!isJsonObject(schema.properties)) return;
  for (const [name, part] of Object.entries(schema.properties))
    lintPythonTypes(part, `${at}.properties.${name}`, report);
}

/** Accepted answers: for each argument the list of the values that count. */
export function lintBfclAnswer(row: JsonObject, report: Report): void {
  isNoText(row.id, 'id', 'the id of its question', report);
  const { ground_truth: truth } = row;
  if (!Array.isArray(truth) || truth.length === 0) {
    report.error(
      'ground_truth',
      `it is ${Array.isArray(truth) ? 'empty' : kindOfValue(truth)}, write a list of calls`,
    );
    return;
  }
  for (const [index, call] of truth.entries()) {
    const at = `ground_truth[${index}]`;
    const given = isJsonObject(call) ? Object.entries(call) : [];
    if (given.length !== 1) report.error(at, 'write an object with one member, the name of the function');
    for (const [name, values] of given) {
      if (!isJsonObject(values))
        report.error(`${at}.${name}`, `it is ${kindOfValue(values)}, write the arguments`);
      else
        for (const [argument, accepted] of Object.entries(values))
          if (!Array.isArray(accepted) || accepted.length === 0)
            report.error(`${at}.${name}.${argument}`, 'write the list of the values that count as right');
    }
  }
}

export function lintDspy(row: JsonObject, report: Report): void {
  isNoText(row.question, 'question', 'the query', report);
  const declared = declaredTools(
    row.tools,
    'tools',
    { form: 'either', text: 'never', described: false },
    report,
  );
  const calls = isJsonObject(row.tool_calls) ? row.tool_calls.tool_calls : undefined;
  if (!Array.isArray(calls)) {
    report.error('tool_calls', 'write {"tool_calls": [{"name": …, "args": {…}}]}, an empty list for no call');
    return;
  }
  if (calls.length === 0) isNoText(row.answer, 'answer', 'what is said instead of a call', report);
  for (const [index, call] of calls.entries()) {
    const at = `tool_calls.tool_calls[${index}]`;
    if (!isJsonObject(call) || !isJsonObject(call.args)) report.error(at, 'write {"name": …, "args": {…}}');
    else
      checkCall(
        { name: call.name, arguments: call.args },
        { name: `${at}.name`, arguments: `${at}.args` },
        declared,
        report,
      );
  }
}
