import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { type DataText, readDataText } from '../../core/evaluate/data/dataText.ts';
import { lacksAnswers } from '../../core/evaluate/gradeFiles.ts';
import { asWrongRequest, WrongRequest } from '../../engine/errors.ts';

/** A larger file is nothing that can be graded, bytes. */
const largest = 400 * 1024 * 1024;

/** Reads a file of JSON or JSON lines. Throws `WrongRequest` for what is none. */
export function readDataFile(cwd: string, path: string): DataText {
  const text = textOf(resolve(cwd, path), path);
  return asWrongRequest(() => readDataText(text, path));
}

/** Adds the file of right answers that lies beside questions, where they need one and none was named. */
export function withAnswers(cwd: string, data: readonly DataText[]): DataText[] {
  const questions = lacksAnswers(data);
  if (!questions) return [...data];
  const folder = dirname(questions.file);
  const name = basename(questions.file);
  const stem = basename(name, extname(name));
  const candidates = [
    join(folder, `${stem}.answers.jsonl`),
    join(folder, `${stem}.answers.json`),
    join(folder, 'possible_answer', name),
  ];
  const found = candidates.find((path) => existsSync(resolve(cwd, path)));
  return found === undefined ? [...data] : [...data, readDataFile(cwd, found)];
}

function textOf(path: string, shown: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile())
    throw new WrongRequest(`There is no file ${shown}.`, 'Name a file of JSON or JSON lines.');
  if (stat.size > largest) throw new WrongRequest(`${shown} is too large.`, 'Divide it and grade the parts.');
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new WrongRequest(`${shown} cannot be read: ${reason}`, 'Name a file that you may read.');
  }
}
