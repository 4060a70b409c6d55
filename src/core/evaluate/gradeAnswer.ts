import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Tool } from '../tool.ts';
import type { Grade, ReadAnswer } from './answer.ts';
import { readGold } from './goldText.ts';
import { type AcceptedCall, type Gold, type PredictedCall, type Prediction, predictedCall } from './grade.ts';
import type { AskedQuestion, Plan } from './plan.ts';
import { parsePythonJson } from './python/json.ts';
import { isDict, type PythonDict, toJson } from './python/values.ts';
import { compareArguments } from './ste/grade.ts';
import { gradeStrict } from './strict/grade.ts';

/**
 * What a grader says of an answer: the paper's, or the strict one with two allowances that an evaluation of ours makes. An optional argument that is
 * given its default says what leaving it out says. And of a path of several calls the model makes only the first before it
 * hears of a result: it is compared with as many of them as it makes.
 *
 * @param tools those that were offered
 */
export function gradeAnswer(
  question: AskedQuestion,
  read: ReadAnswer,
  tools: readonly Tool[],
  grader: Plan['grader'] = 'strict',
): Grade {
  const whole = readGold(question.gold);
  if (grader === 'ste') return gradedAsInPaper(whole, read, tools);
  // Accepted values of other data say themselves what may be left out.
  const ours = whole.kind === 'calls' && whole.calls.every(({ exact }) => exact === true);
  const prediction = predictionOf(read, tools, ours);
  const { id, query, tool, language, path, docs = tools } = question;
  const made = prediction.kind === 'calls' ? prediction.calls.length : 0;
  const asked = path && whole.kind === 'calls' ? firstCalls(whole, made) : whole;
  const gold = ours ? withoutDefaults(asked, tools) : asked;
  const verdict = gradeStrict(
    { id, query, tool, gold, ...(language === undefined ? {} : { language }) },
    prediction,
    docs,
  );
  return {
    wellFormed: verdict.wellFormed,
    matched: verdict.apiMatch,
    right: verdict.correct,
    failure: verdict.failure,
  };
}

/**
 * The paper's verdict on what our own reader has read: of several calls the first counts, arguments are compared as texts over
 * the keys of the right call, and more are no fault.
 */
function gradedAsInPaper(gold: Gold, read: ReadAnswer, tools: readonly Tool[]): Grade {
  const prediction = predictionOf(read, tools, false);
  const [call] = prediction.kind === 'calls' ? prediction.calls : [];
  const [right] = gold.kind === 'calls' ? gold.calls : [];
  const wrong = { wellFormed: true, matched: false, right: false };
  if (call === undefined || right === undefined) return { ...wrong, wellFormed: false, failure: 'malformed' };
  if (call.tool !== right.tool) {
    const known = tools.some(({ name }) => name === call.tool);
    return { ...wrong, failure: known ? 'wrong_tool' : 'unknown_tool' };
  }
  const values = new Map([...right.arguments].map(([name, [value = null]]) => [name, value]));
  const failure = compareArguments(call.arguments, values)?.failure ?? null;
  return { wellFormed: true, matched: true, right: failure === null, failure };
}

function predictionOf(read: ReadAnswer, tools: readonly Tool[], ours: boolean): Prediction {
  if (read.kind === 'text') return { kind: 'text', text: '' };
  if (read.kind === 'unreadable') {
    const { type, name } = read;
    if (type !== 'unknown_tool' || name === undefined)
      return { kind: 'unreadable', why: 'It cannot be read.' };
    return { kind: 'calls', calls: [predictedCall(name, {})] };
  }
  const calls = read.calls.flatMap(({ name, arguments: args, text }): PredictedCall[] => {
    const known = tools.some((tool) => tool.name === name);
    // What a tool is sent that does not exist is of no interest.
    if (args === null) return known ? [] : [predictedCall(name, {})];
    if (ours) return [predictedCall(name, explicit(args, schemaOf(name, tools)))];
    const exact = text === undefined ? null : asWritten(text);
    return [exact === null ? predictedCall(name, args) : { tool: name, arguments: exact }];
  });
  // One that cannot be read makes the whole answer one that cannot be carried out.
  if (calls.length < read.calls.length) return { kind: 'unreadable', why: 'Its arguments cannot be read.' };
  return { kind: 'calls', calls };
}

/** Arguments with their numbers as they are written; null for a text that our reader had to mend. */
function asWritten(text: string): PythonDict | null {
  try {
    const read = parsePythonJson(text);
    return isDict(read) ? read : null;
  } catch {
    return null;
  }
}

function firstCalls(gold: Gold & { kind: 'calls' }, made: number): Gold {
  return { kind: 'calls', calls: gold.calls.slice(0, Math.max(1, made)) };
}

/** Right calls without what only repeats a default: what was called is read in the same way. */
function withoutDefaults(gold: Gold, tools: readonly Tool[]): Gold {
  if (gold.kind !== 'calls') return gold;
  const calls = gold.calls.map((call): AcceptedCall => {
    if (!call.exact) return call;
    const defaults = defaultsOf(schemaOf(call.tool, tools));
    const kept = [...call.arguments].filter(([name, [value]]) => {
      const usual = defaults.get(name);
      return usual === undefined || value === undefined || canonicalJson(toJson(value)) !== usual;
    });
    return { ...call, arguments: new Map(kept) };
  });
  return { kind: 'calls', calls };
}

function explicit(args: JsonObject, schema: JsonObject): JsonObject {
  const defaults = defaultsOf(schema);
  return Object.fromEntries(
    Object.entries(args).filter(([name, value]) => defaults.get(name) !== canonicalJson(value)),
  );
}

/** The defaults of the arguments that may be left out, as canonical JSON. */
function defaultsOf({ properties, required }: JsonObject): Map<string, string> {
  const needed = new Set<Json>(Array.isArray(required) ? required : []);
  const found = new Map<string, string>();
  if (!isJsonObject(properties)) return found;
  for (const [name, schema] of Object.entries(properties)) {
    if (!isJsonObject(schema) || schema.default === undefined || needed.has(name)) continue;
    found.set(name, canonicalJson(schema.default));
  }
  return found;
}

function schemaOf(name: string, tools: readonly Tool[]): JsonObject {
  return tools.find((tool) => tool.name === name)?.parameters ?? {};
}
