/** Reads a file of questions. Its form is told from its content. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { OfferedTools } from '../../../core/evaluate/offered.ts';
import type { AskedQuestion, Plan } from '../../../core/evaluate/plan.ts';
import { familyOf } from '../../../core/exploit/usable.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Tool } from '../../../core/tool.ts';
import type { Example } from '../../../core/trial.ts';
import { readLines } from '../../../store/fileLines.ts';
import { checkExample } from '../../../store/lineCheck.ts';
import { WrongRequest } from '../../errors.ts';
import { goneNote, questionsOf, withKnownTools } from './material.ts';

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

/** Larger files are no questions, bytes. */
const largest = 64 * 1024 * 1024;

/**
 * Reads questions: examples of ours, a line each. Rejects with `WrongRequest` for a file that cannot be read or is none, and
 * for questions of which no tool is there.
 */
export async function readData(
  path: string,
  catalogue: readonly Tool[],
  offered: OfferedTools,
): Promise<ReadData> {
  const text = await textOf(path);
  return ofExamples(path, text, catalogue, offered);
}

async function textOf(path: string): Promise<string> {
  try {
    const text = await readFile(path, 'utf8');
    if (text.length <= largest) return text;
  } catch (error) {
    throw new WrongRequest(
      `The file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      'Name a file of questions.',
    );
  }
  throw new WrongRequest(`The file ${path} is too large to be one of questions.`, 'Name another.');
}

function ofExamples(path: string, text: string, catalogue: readonly Tool[], offered: OfferedTools): ReadData {
  const examples: Example[] = [];
  const { broken } = readLines(text, (object: JsonObject) => {
    const checked = checkExample(object);
    if ('problem' in checked) return checked;
    examples.push(withKnownTools(checked.value, catalogue));
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
      examples.length === 0
        ? `${path} holds no questions.`
        : `None of the tools that ${path} asks for is in this workspace.`,
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
