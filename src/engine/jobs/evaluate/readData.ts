/** Reads a file of questions. Its form is told from its content. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { isBfclQuestions } from '../../../core/evaluate/data/bfcl.ts';
import { type DataText, readDataText } from '../../../core/evaluate/data/dataText.ts';
import { isExamples } from '../../../core/evaluate/data/examples.ts';
import { isSteData } from '../../../core/evaluate/data/ste.ts';
import type { OfferedTools } from '../../../core/evaluate/offered.ts';
import type { AskedQuestion, Plan } from '../../../core/evaluate/plan.ts';
import { familyOf } from '../../../core/exploit/usable.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Tool } from '../../../core/tool.ts';
import type { Example } from '../../../core/trial.ts';
import { readLines } from '../../../store/fileLines.ts';
import { checkExample } from '../../../store/lineCheck.ts';
import { asWrongRequest, WrongRequest } from '../../errors.ts';
import { bfclData } from './bfclData.ts';
import { goneNote, questionsOf, withKnownTools } from './material.ts';
import { steData } from './steData.ts';

/** What a file asks. */
export interface ReadData {
  /** Its name, for people. */
  data: string;
  grader: Plan['grader'];
  questions: AskedQuestion[];
  /** By id: those that the questions offer. */
  tools: Map<string, Tool>;
  /** Queries, and families where they are known, that must not be shown. */
  families: { query: string; family?: string }[];
  notes: string[];
}

/** What questions may be asked of, and how many tools are offered with each. */
export interface Catalogue {
  tools: readonly Tool[];
  offered: OfferedTools;
  /** See `OfferedTools`. */
  limit: number;
}

/** Larger files are no questions, bytes. */
const largest = 64 * 1024 * 1024;

/**
 * Reads questions: the paper's test set, questions of the leaderboard with their answers beside them, or examples of ours, a
 * line each. Rejects with `WrongRequest` for a file that cannot be read or is none, and for questions of which no tool is
 * there.
 */
export async function readData(path: string, catalogue: Catalogue): Promise<ReadData> {
  const text = await dataText(path);
  const file = parsedData(text, path);
  if (isExamples(file)) return ofExamples(path, text, catalogue);
  if (isBfclQuestions(file)) return bfclData(path, file);
  if (isSteData(file)) return steData(path, file, catalogue);
  throw new WrongRequest(
    `${path} holds no questions that are known here.`,
    'Questions are tool_test.json of STE, a file of the Berkeley Function-Calling Leaderboard, or lines of examples as in .imaginarium/examples.',
  );
}

/** The text of a file. Rejects with `WrongRequest` where it cannot be read. */
export async function dataText(path: string): Promise<string> {
  let size: number;
  try {
    ({ size } = await stat(path));
    if (size <= largest) return await readFile(path, 'utf8');
  } catch (error) {
    throw new WrongRequest(
      `The file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      'Name a file of questions.',
    );
  }
  throw new WrongRequest(`The file ${path} is too large to be one of questions.`, 'Name another.');
}

/** A text as data. Throws `WrongRequest` where it is none. */
export function parsedData(text: string, path: string): DataText {
  return asWrongRequest(() => readDataText(text, path));
}

function ofExamples(path: string, text: string, { tools: known, offered }: Catalogue): ReadData {
  const examples: Example[] = [];
  const { broken } = readLines(text, (object: JsonObject) => {
    const checked = checkExample(object);
    if ('problem' in checked) return checked;
    examples.push(withKnownTools(checked.value, known));
    return { id: checked.value.id };
  });
  const [first] = broken;
  if (first !== undefined) {
    throw new WrongRequest(
      `${path}:${first.line}: ${first.problem}.`,
      'Questions are lines of examples, as in .imaginarium/examples.',
    );
  }
  const { questions, tools, gone } = questionsOf(examples, offered);
  if (questions.length === 0) {
    throw new WrongRequest(
      `None of the tools that ${path} asks for is in this workspace.`,
      'Name the workspace that holds its tools: --workspace.',
    );
  }
  return {
    data: basename(path),
    grader: 'strict',
    questions,
    tools,
    families: examples.map((example) => ({ query: example.query, family: familyOf(example) })),
    notes: goneNote(gone),
  };
}
