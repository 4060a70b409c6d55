/** Specs in many formats, read as the engine reads them, for tests of what the editor shows in them. */
import { ToolIndex } from '../../../../src/engine/catalogue/toolIndex.ts';
import { SpecFiles, type SpecFileTools } from '../../../../src/engine/language/specFiles.ts';
import type { SourceResult } from '../../../../src/tools/boundTool.ts';
import { readSource } from '../../../../src/tools/source.ts';

export const folder = '/w ä';

/** The files of one reading. */
export function filesOf(...sources: SourceResult[]): { files: SpecFiles; index: ToolIndex } {
  const index = new ToolIndex(sources);
  return { files: new SpecFiles(() => index), index };
}

/** What stands in one text. */
export function read(
  path: string,
  text: string,
): { files: SpecFiles; index: ToolIndex; file: SpecFileTools } {
  const read = filesOf(readSource(folder, path, text));
  const file = read.files.all.get(`${folder}/${path}`);
  if (file === undefined) throw new Error(`Nothing was read of ${path}.`);
  return { ...read, file };
}

/** The place of a text in a text, from 0, some characters into it. */
export function placeIn(text: string, sought: string, into = 1): { line: number; character: number } {
  const at = text.indexOf(sought);
  if (at < 0) throw new Error(`${sought} is not there.`);
  const before = text.slice(0, at + into).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
