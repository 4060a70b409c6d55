/** Files of models' answers to questions with ids: one a line, or a list. */
import type { Prediction } from '../grade.ts';
import { isDict, type PythonDict, type PythonValue } from '../python/values.ts';
import { readPrediction } from '../strict/readPrediction.ts';
import type { GradedQuestion } from './bfcl.ts';
import { type DataText, type Row, WrongData } from './dataText.ts';
import { nameOf } from './examples.ts';

/** Where an answer stands in its row; the first that is there. */
const answerKeys = [
  'result',
  'prediction',
  'calls',
  'answer',
  'model_output',
  'output',
  'response',
  'message',
  'completion',
  'text',
];
/** A row that is a message or an answer of a server itself. */
const messageKeys = ['tool_calls', 'choices', 'content'];

/** An answer with the question that it is to. */
export interface PredictedAnswer extends GradedQuestion {
  prediction: Prediction;
}

/**
 * Brings answers together with their questions: by id, or by their order where no answer has one. Throws `WrongData`.
 */
export function readAnswers(file: DataText, questions: readonly GradedQuestion[]): PredictedAnswer[] {
  const byId = new Map(questions.map((one) => [one.question.id, one]));
  const rows = rowsOf(file, byId);
  if (rows.length === 0) throw new WrongData(`${file.file} holds no answers.`, 'Name a file of answers.');
  const inOrder = rows.every(({ value }) => idOf(value) === null);
  if (inOrder && rows.length !== questions.length) {
    throw new WrongData(
      `${file.file}: Its ${rows.length} answers have no "id", and there are ${questions.length} questions.`,
      'Give each answer the id of its question.',
    );
  }
  return rows.map(({ value, line }, i) => {
    const at = `${file.file}:${line}`;
    const id = idOf(value);
    const asked = inOrder ? questions[i] : byId.get(String(id));
    if (!asked) {
      throw new WrongData(
        `${at}: "id" is ${id === null ? 'missing' : `"${String(id)}", and there is no such question`}.`,
        'Answers have to have the ids of the questions: are these answers to other data?',
      );
    }
    const context = {
      toolNames: asked.tools.map(({ name }) => name),
      language: asked.question.language,
    };
    return { ...asked, prediction: withNames(readPrediction(answerOf(value, at), context)) };
  });
}

/** The rows of a file; of one object with the ids of questions for its keys, a row each. */
function rowsOf(file: DataText, questions: ReadonlyMap<string, GradedQuestion>): readonly Row[] {
  const { whole } = file;
  const isById = isDict(whole) && [...whole.keys()].some((key) => questions.has(String(key)));
  if (!isById) return file.rows;
  const line = file.lineOf(whole);
  return [...whole].map(([id, result]) => {
    const value: PythonDict = new Map<string, PythonValue>([
      ['id', String(id)],
      ['result', result],
    ]);
    return { value, line: Array.isArray(result) || isDict(result) ? file.lineOf(result) : line };
  });
}

/** `custom_id`: what a batch of requests called the question; its `id` is the answer's own. */
function idOf(row: PythonDict): PythonValue {
  return row.get('custom_id') ?? row.get('id') ?? null;
}

function answerOf(row: PythonDict, at: string): PythonValue {
  const key = answerKeys.find((one) => row.has(one));
  if (key !== undefined) return row.get(key) ?? null;
  if (messageKeys.some((one) => row.has(one))) return row;
  throw new WrongData(
    `${at}: "result" is missing.`,
    'It has to be what the model answered: calls as JSON, calls as Python writes them, or its words.',
  );
}

/** Tools of ours may be called by their ids. */
function withNames(prediction: Prediction): Prediction {
  if (prediction.kind !== 'calls') return prediction;
  const calls = prediction.calls.map((call) => ({ ...call, tool: nameOf(call.tool) }));
  return { kind: 'calls', calls };
}
