import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { parseShallow } from '../../../core/nesting.ts';
import { readArguments } from './messages.ts';
import { isNoText, kindOfValue, type Report } from './report.ts';
import { checkCall, type Declared, declaredTools } from './tools.ts';

const odd = ['human', 'observation'];
const even = ['gpt', 'function_call'];

/** LLaMA-Factory skips a row whose turns are out of order, with a line in its log that is easily missed. */
export function lintLlamaFactory(row: JsonObject, report: Report): void {
  const declared = declaredTools(
    row.tools,
    'tools',
    { form: 'either', text: 'always', described: false },
    report,
  );
  if (declared !== null) lintTemplate(declared, report);
  const { conversations } = row;
  if (!Array.isArray(conversations) || conversations.length === 0) {
    report.error(
      'conversations',
      `it is ${Array.isArray(conversations) ? 'empty' : kindOfValue(conversations)}, write a list of turns`,
    );
    return;
  }
  const first = conversations[0];
  const begin = isJsonObject(first) && first.from === 'system' ? 1 : 0;
  const paired = isJsonObject(row.chosen);
  if (((conversations.length - begin) % 2 !== 0) !== paired)
    report.error(
      'conversations',
      `there are ${conversations.length - begin} turns, write an ${paired ? 'odd' : 'even'} number: it ends with what ${paired ? 'is answered' : 'the model says'}`,
    );
  let calls = false;
  for (const [index, turn] of conversations.entries()) {
    const at = `conversations[${index}]`;
    if (!isJsonObject(turn)) report.error(at, `it is ${kindOfValue(turn)}, write {"from": …, "value": …}`);
    else if (index >= begin) calls = lintTurn(turn, at, index - begin, declared, report) || calls;
  }
  if (calls && declared === null)
    report.error('tools', 'it is missing, declare the tools that are called as a JSON text');
  if (paired) lintSides(row, declared, report);
}

/** What the default template makes of schemas: it joins the values of `enum` as texts, and stops at any other. */
function lintTemplate(declared: Declared, report: Report): void {
  for (const [tool, { properties }] of declared) {
    for (const [name, schema] of Object.entries(isJsonObject(properties) ? properties : {})) {
      const values = isJsonObject(schema) ? schema.enum : undefined;
      if (Array.isArray(values) && !values.every((value) => typeof value === 'string'))
        report.warn(
          'tools',
          `the enum of "${name}" of ${tool} is not of texts alone, at which the default template stops: train with another, or write texts`,
        );
    }
  }
}

function lintTurn(
  turn: JsonObject,
  at: string,
  place: number,
  declared: Declared | null,
  report: Report,
): boolean {
  const wanted = place % 2 === 0 ? odd : even;
  const { from, value } = turn;
  if (typeof from !== 'string' || !wanted.includes(from))
    report.error(
      `${at}.from`,
      `${JSON.stringify(from ?? null)} cannot stand at this place, write ${wanted.join(' or ')}`,
    );
  if (from === 'function_call') {
    lintCalls(value, `${at}.value`, declared, report);
    return true;
  }
  if (
    from === 'observation'
      ? typeof value !== 'string'
      : isNoText(value, `${at}.value`, 'what is said', report)
  ) {
    if (from === 'observation')
      report.error(`${at}.value`, `it is ${kindOfValue(value)}, write what the tool said as a text`);
  }
  return false;
}

function lintCalls(value: Json | undefined, field: string, declared: Declared | null, report: Report): void {
  const form = 'write the JSON text of {"name": …, "arguments": {…}}';
  let read: Json = null;
  try {
    if (typeof value === 'string') read = parseShallow(value);
  } catch {
    read = null;
  }
  for (const call of Array.isArray(read) ? read : [read]) {
    if (!isJsonObject(call)) {
      report.error(field, `it is no call, ${form}`);
      continue;
    }
    const given = readArguments(call.arguments, field, 'object', report);
    checkCall({ name: call.name, arguments: given }, { name: field, arguments: field }, declared, report);
  }
}

function lintSides(row: JsonObject, declared: Declared | null, report: Report): void {
  for (const name of ['chosen', 'rejected']) {
    const side = row[name];
    if (!isJsonObject(side) || typeof side.from !== 'string' || !even.includes(side.from))
      report.error(name, `write {"from": "${even.join('" or "')}", "value": …}`);
    else if (side.from === 'function_call' && name === 'chosen')
      lintCalls(side.value, `${name}.value`, declared, report);
  }
  if (JSON.stringify(row.chosen) === JSON.stringify(row.rejected))
    report.error('rejected', 'it is the same as chosen, write what is worse or leave the row out');
}
