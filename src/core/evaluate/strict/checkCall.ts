import { isJsonObject, type JsonObject } from '../../json.ts';
import type { FailureType } from '../../trial.ts';
import type { AcceptedCall, PredictedCall, ToolDoc } from '../grade.ts';
import { shown } from '../python/text.ts';
import type { PythonKey, PythonValue } from '../python/values.ts';
import { checkExactly, checkValue, type ValueProblem } from './checkValue.ts';
import { javaValue } from './java.ts';
import { javascriptValue } from './javascript.ts';
import { elementName, expectedType, type Language } from './types.ts';

/** One thing that is wrong with a call. */
export interface CallProblem {
  type: FailureType;
  message: string;
  /** Two texts that differ, where the schema wants just any text: what can be said in other words. */
  freeText?: { argument: string; given: string; accepted: readonly string[] };
}

/** Whether a tool's name was meant: dots are written as underscores where a model's names may have none. */
export function isNamed(given: string, name: string): boolean {
  return given === name || given === name.replaceAll('.', '_');
}

/**
 * Everything that is wrong with a call of the right tool, in the order of the leaderboard's checks: what is required, then
 * each argument as it was given, then what may not be left out. The first one names the failure.
 *
 * @param doc Null where nothing is known of the tool: then only the accepted call counts.
 */
export function checkCall(
  call: PredictedCall,
  accepted: AcceptedCall,
  doc: ToolDoc | null,
  language: Language,
): CallProblem[] {
  const properties = doc && isJsonObject(doc.parameters.properties) ? doc.parameters.properties : null;
  const required = doc && Array.isArray(doc.parameters.required) ? doc.parameters.required : [];
  const problems: CallProblem[] = [];
  const missing = new Set<PythonKey>();
  for (const name of required) {
    if (typeof name === 'string' && !call.arguments.has(name)) {
      missing.add(name);
      problems.push({ type: 'missing_argument', message: `"${name}" is required and missing.` });
    }
  }
  for (const [name, value] of call.arguments) {
    const values = typeof name === 'string' ? accepted.arguments.get(name) : undefined;
    const isKnown = properties === null || (typeof name === 'string' && Object.hasOwn(properties, name));
    if (typeof name !== 'string' || values === undefined || !isKnown) {
      problems.push({ type: 'unexpected_argument', message: `${shown(name)} is not expected.` });
      continue;
    }
    const schema = properties?.[name];
    const problem = checkArgument(
      value,
      values,
      isJsonObject(schema) ? schema : {},
      language,
      accepted.exact === true,
    );
    if (problem) {
      const freeText = freeTextOf(name, value, values, schema, problem);
      problems.push({
        ...problem,
        message: `"${name}": ${problem.message}`,
        ...(freeText ? { freeText } : {}),
      });
    }
  }
  for (const [name, values] of accepted.arguments) {
    const mayLack = !accepted.exact && values.includes('');
    if (!call.arguments.has(name) && !missing.has(name) && !mayLack) {
      problems.push({ type: 'missing_argument', message: `"${name}" is missing.` });
    }
  }
  return problems;
}

function checkArgument(
  value: PythonValue,
  values: readonly PythonValue[],
  schema: JsonObject,
  language: Language,
  exact: boolean,
): ValueProblem {
  const expected = expectedType(schema, language);
  if (exact) return checkExactly(value, values[0] as PythonValue, expected);
  if (language === 'python') return checkValue(tupleAsList(value, expected.name), values, expected);
  if (typeof value !== 'string') {
    return { type: 'wrong_type', message: `${shown(value)} is not written as a text of ${language}.` };
  }
  const convert = language === 'java' ? javaValue : javascriptValue;
  return checkValue(convert(value, expected.name, elementName(schema)), values, expected);
}

/** JSON has no tuples, so that what is right is a list, and a tuple as good as one where the schema wants a tuple. */
function tupleAsList(value: PythonValue, type: string): PythonValue {
  const isTuple = typeof value === 'object' && value !== null && 'tuple' in value;
  return isTuple && type === 'tuple' ? [...value.tuple] : value;
}

/** What a schema says to have a text of its own choosing apart. */
const closedKeywords = ['enum', 'const', 'format', 'pattern'];

function freeTextOf(
  argument: string,
  value: PythonValue,
  values: readonly PythonValue[],
  schema: unknown,
  problem: NonNullable<ValueProblem>,
): CallProblem['freeText'] {
  if (problem.type !== 'invalid_value' || typeof value !== 'string') return undefined;
  const accepted = values.filter((one): one is string => typeof one === 'string' && one !== '');
  const isClosed = isJsonObject(schema) && closedKeywords.some((keyword) => Object.hasOwn(schema, keyword));
  return accepted.length > 0 && !isClosed ? { argument, given: value, accepted } : undefined;
}
