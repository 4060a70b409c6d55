/** The files of the Berkeley Function-Calling Leaderboard: questions, and the answers that count as right. */
import { isJsonObject, type JsonObject } from '../../json.ts';
import type { AcceptedCall, Gold, Question, ToolDoc } from '../grade.ts';
import { readPythonCalls } from '../python/calls.ts';
import { isDict, type PythonDict, type PythonValue, toJson } from '../python/values.ts';
import { type DataText, type Row, WrongData } from './dataText.ts';

/** A question with the tools that a model may choose from. */
export interface GradedQuestion {
  question: Question;
  tools: ToolDoc[];
}

export function isBfclQuestions({ rows }: DataText): boolean {
  return rows.some(({ value }) => value.has('function') && value.has('question'));
}

export function isBfclAnswers({ rows }: DataText): boolean {
  return rows.some(({ value }) => value.has('ground_truth'));
}

/** Whether the questions have accepted answers somewhere; those of (ir)relevance have none. */
export function needsAnswers({ rows }: DataText): boolean {
  return rows.some(
    ({ value }) => !value.has('ground_truth') && relevanceOf(String(value.get('id'))) === null,
  );
}

/** Reads questions with what is right for each. Throws `WrongData`. */
export function readBfclQuestions(file: DataText, answers: DataText | null): GradedQuestion[] {
  const byId = new Map<PythonValue, Row>();
  for (const row of answers?.rows ?? []) byId.set(row.value.get('id') ?? null, row);
  return file.rows.map((row, i) => {
    const { value, line } = row;
    const id = value.get('id') ?? null;
    const at = `${file.file}:${line}`;
    if (typeof id !== 'string') {
      throw new WrongData(`${at}: "id" is no text.`, 'Each question has to have an id of its own.');
    }
    const tools = toolsOf(value, at);
    const answer = value.has('ground_truth') ? row : (byId.get(id) ?? withoutId(answers, i));
    const where = answer === row ? at : `${answers?.file ?? ''}:${answer?.line ?? 0}`;
    const gold = goldOf(answer?.value ?? null, id, where, at);
    const language = languageOf(id, file.file, tools);
    const first = gold.kind === 'calls' ? gold.calls[0]?.tool : undefined;
    const question: Question = {
      id,
      query: queryOf(value.get('question') ?? null),
      tool: first ?? tools[0]?.name ?? '',
      gold,
      ...(language === undefined ? {} : { language }),
    };
    return { question, tools };
  });
}

/** Answers without ids belong to the questions in their order. */
function withoutId(answers: DataText | null, i: number): Row | undefined {
  const row = answers?.rows[i];
  return row?.value.has('id') ? undefined : row;
}

function toolsOf(row: PythonDict, at: string): ToolDoc[] {
  const given = row.get('function') ?? null;
  const list = Array.isArray(given) ? given : [given];
  return list.map((one) => {
    const inner = isDict(one) ? (one.get('function') ?? null) : null;
    const doc = isDict(inner) ? inner : one;
    const name = isDict(doc) ? doc.get('name') : null;
    if (!isDict(doc) || typeof name !== 'string') {
      throw new WrongData(`${at}: "function" is no list of functions.`, 'Each has to have a "name".');
    }
    const parameters = toJson(doc.get('parameters') ?? null);
    return { name, parameters: isJsonObject(parameters) ? parameters : {} };
  });
}

function relevanceOf(id: string): Gold | null {
  if (id.includes('irrelevance')) return { kind: 'abstention' };
  return id.includes('relevance') ? { kind: 'anyCall' } : null;
}

/** What is right. `where`: the place of the answer; `at`: that of the question. */
function goldOf(answer: PythonDict | null, id: string, where: string, at: string): Gold {
  const given = answer?.get('ground_truth') ?? null;
  if (given === null) {
    const gold = relevanceOf(id);
    if (gold) return gold;
    throw new WrongData(
      `${at}: There is no accepted answer to "${id}".`,
      'Give the file of answers as well: a second --data, or beside the questions as NAME.answers.jsonl or possible_answer/NAME.',
    );
  }
  const list = Array.isArray(given) ? given : [given];
  if (list.length === 0) return { kind: 'abstention' };
  return { kind: 'calls', calls: list.flatMap((one) => acceptedCalls(one, where)) };
}

function acceptedCalls(one: PythonValue, where: string): AcceptedCall[] {
  if (typeof one === 'string') return writtenCalls(one, where);
  if (!isDict(one)) {
    throw new WrongData(
      `${where}: "ground_truth" is no list of calls.`,
      'Each has to be an object: tool, argument, list of the values that are right. Talks of several turns cannot be graded.',
    );
  }
  return [...one].map(([tool, given]) => {
    if (!isDict(given)) {
      throw new WrongData(
        `${where}: "ground_truth" has no arguments for "${String(tool)}".`,
        'Write {} for none.',
      );
    }
    const values = [...given].map(([name, accepted]): [string, PythonValue[]] => {
      if (Array.isArray(accepted)) return [String(name), accepted];
      throw new WrongData(
        `${where}: "ground_truth" has no list of right values for "${String(name)}" of "${String(tool)}".`,
        'Write a list, of one value if only one is right.',
      );
    });
    return { tool: String(tool), arguments: new Map(values) };
  });
}

/** The one right call, written in Python. */
function writtenCalls(text: string, where: string): AcceptedCall[] {
  try {
    return readPythonCalls(text).map(({ tool, arguments: given }) => ({
      tool,
      arguments: new Map([...given].map(([name, value]) => [String(name), [value]])),
      exact: true,
    }));
  } catch {
    throw new WrongData(
      `${where}: "ground_truth" has a call that cannot be read.`,
      'Write it as Python does.',
    );
  }
}

/** The last thing that a person says. */
function queryOf(question: PythonValue): string {
  if (typeof question === 'string') return question;
  const turns = Array.isArray(question) ? question.flat(2) : [];
  const said = turns.filter(isDict).filter((message) => message.get('role') === 'user');
  const content = said.at(-1)?.get('content');
  return typeof content === 'string' ? content : '';
}

const javascriptTypes = new Set(['Bigint', 'Boolean']);
const javaTypes = new Set(
  'byte short long double char String Array ArrayList HashMap Hashtable Queue Stack Set'.split(' '),
);

/** By the category, which stands in the id or in the name of the file; else by the names of types. */
function languageOf(id: string, file: string, tools: readonly ToolDoc[]): Question['language'] {
  for (const named of [id, file.replace(/^.*[\\/]/, '')]) {
    if (named.includes('javascript')) return 'javascript';
    if (named.includes('java')) return 'java';
    if (named.includes('python')) return undefined;
  }
  const types = tools.flatMap(({ parameters }) => typeNames(parameters));
  if (types.some((type) => javascriptTypes.has(type))) return 'javascript';
  return types.some((type) => javaTypes.has(type)) ? 'java' : undefined;
}

function typeNames({ properties }: JsonObject): string[] {
  const schemas = isJsonObject(properties) ? Object.values(properties) : [];
  return schemas.flatMap((schema) =>
    isJsonObject(schema) && typeof schema.type === 'string' ? [schema.type] : [],
  );
}
