/** From the texts of files to verdicts: what kind each file is, which grader reads it, and what a judge is asked. */
import { readReact } from '../explore/readReact.ts';
import type { JsonObject } from '../json.ts';
import {
  type GradedQuestion,
  isBfclAnswers,
  isBfclQuestions,
  needsAnswers,
  readBfclQuestions,
} from './data/bfcl.ts';
import { type DataText, WrongData } from './data/dataText.ts';
import { isExamples, readExampleQuestions } from './data/examples.ts';
import { type PredictedAnswer, readAnswers } from './data/predictions.ts';
import { isSteData, isStePredictions, readSteFile, type SteFile } from './data/ste.ts';
import { exactly, type Prediction, predictedCall, type ToolDoc, type Verdict } from './grade.ts';
import type { Difference } from './judge.ts';
import { str } from './python/text.ts';
import { type PythonDict, toJson } from './python/values.ts';
import { gradeSte, type StePrediction } from './ste/grade.ts';
import { readParsedAnswer } from './ste/readAnswer.ts';
import { examine } from './strict/grade.ts';

export const graderNames = ['ste', 'strict'] as const;
export type GraderName = (typeof graderNames)[number];

/** One answer with its verdict, and what a judge may change of it. */
export interface GradedAnswer {
  verdict: Verdict;
  /** What a judge is asked, where words differ and nothing else does; null otherwise. */
  open: { query: string; tool: ToolDoc; differences: Difference[] } | null;
}

export interface GradedFile {
  grader: GraderName;
  answers: GradedAnswer[];
  /** What a person should know of how it was graded. */
  notes: string[];
}

export interface GradeOptions {
  /** Absent: by the data. */
  grader?: GraderName | undefined;
  verdicts: 'recorded' | 'fresh';
  /** Whether a judge will be asked. */
  judged: boolean;
}

/** Whether a file of questions needs one of answers beside it. */
export function lacksAnswers(data: readonly DataText[]): DataText | null {
  if (data.some(isBfclAnswers)) return null;
  return data.find((file) => isBfclQuestions(file) && needsAnswers(file)) ?? null;
}

/**
 * Grades the answers of a file by the data. Throws `WrongData` for files that are not what they have to be, or that do not
 * go together.
 */
export function gradeFile(file: DataText, data: readonly DataText[], options: GradeOptions): GradedFile {
  const testSet = data.find(isSteData);
  if (testSet) return gradePaper(file, testSet, options);
  const questions = questionsOf(data);
  if (options.grader === 'ste') {
    throw new WrongData(
      `The grader "ste" reads answers to the paper's test set, and ${data[0]?.file ?? 'the data'} is no such set.`,
      'Leave --grader away, or choose "strict".',
    );
  }
  if (isStePredictions(file) && !file.rows.some(({ value }) => value.has('id'))) {
    throw new WrongData(
      `${file.file} answers the paper's test set, and ${data[0]?.file ?? 'the data'} is none.`,
      'Give that set: --data tool_test.json.',
    );
  }
  const answers = readAnswers(file, questions);
  const known = new Set(questions.flatMap(({ tools }) => tools.map(({ name }) => name)));
  const answered = new Set(answers.map(({ question }) => question.id)).size;
  const missing = questions.length - answered;
  const twice = answers.length - answered;
  return {
    grader: 'strict',
    answers: answers.map((answer) => gradeAnswer(answer, known)),
    notes: [
      ...(missing > 0
        ? [`${missing} of ${questions.length} questions have no answer: they are not counted.`]
        : []),
      ...(twice > 0
        ? [`The ${answers.length} answers are to ${answered} questions: each answer counts by itself.`]
        : []),
    ],
  };
}

function questionsOf(data: readonly DataText[]): GradedQuestion[] {
  const answers = data.find((file) => isBfclAnswers(file) && !isBfclQuestions(file)) ?? null;
  const questions = data.flatMap((file) => {
    if (isBfclQuestions(file)) return readBfclQuestions(file, answers);
    return isExamples(file) ? readExampleQuestions(file) : [];
  });
  if (questions.length > 0) return questions;
  const names = data.map(({ file }) => file).join(' and ');
  throw new WrongData(
    answers
      ? `${names} holds right answers and no questions.`
      : `${names} holds no questions that can be graded.`,
    'Give the paper\'s tool_test.json, questions of the Berkeley Function-Calling Leaderboard (lines with "function" and "question"), or examples of Imaginarium (lines).',
  );
}

function gradeAnswer(
  { question, tools, prediction }: PredictedAnswer,
  known: ReadonlySet<string>,
): GradedAnswer {
  const { verdict, problems } = examine(question, prediction, tools, known);
  const differences = problems.flatMap(({ freeText }) => (freeText ? [freeText] : []));
  const onlyWords = differences.length > 0 && differences.length === problems.length;
  const tool = tools.find(({ name }) => name === question.tool) ?? { name: question.tool, parameters: {} };
  return { verdict, open: onlyWords ? { query: question.query, tool, differences } : null };
}

function gradePaper(file: DataText, testSet: DataText, options: GradeOptions): GradedFile {
  if (!isStePredictions(file)) {
    throw new WrongData(
      `${file.file} holds no answers to ${testSet.file}.`,
      'Answers to the paper\'s test set are lists, API by API, of objects with "model_output".',
    );
  }
  const read = readSteFile(file, testSet);
  if (options.grader === 'strict') return gradeStrictly(read);
  const verdicts = options.judged ? 'judged' : options.verdicts;
  const answers = read.predictions.map((prediction): GradedAnswer => {
    const { verdict, undecided } = gradeSte(prediction, read.tools, verdicts);
    return { verdict, open: undecided && openQuestion(prediction, undecided) };
  });
  const undecided = options.judged ? 0 : answers.filter(({ open }) => open !== null).length;
  const none = verdicts === 'recorded' && read.recorded === 0;
  return {
    grader: 'ste',
    answers,
    notes: [
      ...(none ? ['The file has no recorded verdicts: the arguments are compared anew.'] : []),
      ...(undecided > 0
        ? [
            `${undecided} answers say in other words what is right, or something else: no judge ruled on them, and they count as wrong. --model asks one.`,
          ]
        : []),
    ],
  };
}

function openQuestion(
  { query, tool, gold }: StePrediction,
  given: PythonDict,
): NonNullable<GradedAnswer['open']> {
  const differences = [...gold].map(([key, value]) => ({
    argument: str(key),
    given: given.has(key) ? str(given.get(key) ?? null) : '(missing)',
    accepted: [str(value)],
  }));
  return { query, tool: { name: tool, parameters: {} }, differences };
}

/** Answers to the paper's test set as the engine reads them, by the strict rules. Nothing is known of types. */
function gradeStrictly({ tools, predictions }: SteFile): GradedFile {
  const docs = tools.map((name) => ({ name, parameters: {} }));
  const answers = predictions.map(({ id, tool, query, gold, output }) => {
    const right = exactly(tool, toJson(gold) as JsonObject);
    const question = { id, tool, query, gold: { kind: 'calls' as const, calls: [right] } };
    return gradeAnswer({ question, tools: docs, prediction: reactPrediction(output, tools) }, new Set(tools));
  });
  return { grader: 'strict', answers, notes: [] };
}

function reactPrediction(output: string | PythonDict, tools: readonly string[]): Prediction {
  if (typeof output !== 'string') {
    const parsed = readParsedAnswer(output);
    if (parsed.kind === 'call') {
      return { kind: 'calls', calls: [{ tool: parsed.name, arguments: parsed.arguments }] };
    }
    return parsed.kind === 'noCall' ? { kind: 'text', text: '' } : { kind: 'unreadable', why: parsed.why };
  }
  // The reference's training data write a tool's name as a token of its own.
  const read = readReact(output.replace(/<tool_([^>\n]*)>/g, '$1'), tools);
  if (read.kind === 'call') return { kind: 'calls', calls: [predictedCall(read.name, read.arguments)] };
  if (read.kind === 'final') return { kind: 'text', text: read.answer };
  if (read.why === 'unknown-tool') return { kind: 'calls', calls: [predictedCall(read.name ?? '', {})] };
  return { kind: 'unreadable', why: 'It is neither a call nor a final answer.' };
}
