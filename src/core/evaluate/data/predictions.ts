/** Files of models' answers to questions with ids: one a line, or a list. */
import type { Prediction } from '../grade.ts';
import type { PythonDict, PythonValue } from '../python/values.ts';
import { readPrediction } from '../strict/readPrediction.ts';
import type { GradedQuestion } from './bfcl.ts';
import { type DataText, WrongData } from './dataText.ts';
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
  if (file.rows.length === 0)
    throw new WrongData(`${file.file} holds no answers.`, 'Name a file of answers.');
  const byId = new Map(questions.map((one) => [one.question.id, one]));
  const inOrder = file.rows.every(({ value }) => !value.has('id'));
  if (inOrder && file.rows.length !== questions.length) {
    throw new WrongData(
      `${file.file}: Its ${file.rows.length} answers have no "id", and there are ${questions.length} questions.`,
      'Give each answer the id of its question.',
    );
  }
  return file.rows.map(({ value, line }, i) => {
    const at = `${file.file}:${line}`;
    const id = value.get('id') ?? null;
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
