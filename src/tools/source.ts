import type { SpecProblem } from '../core/tool.ts';
import { defaultTimeoutMs, type SourceResult } from './boundTool.ts';
import { parseSpec, type SpecDocument } from './formats/document.ts';
import type { ReadDefaults, SpecFile } from './formats/format.ts';
import { formats } from './formats/index.ts';

/**
 * Reads the text of one source. Never throws for what it says.
 * @param path relative to the folder, with `/`
 */
export function readSource(
  folder: string,
  path: string,
  text: string,
  defaults: ReadDefaults = { timeoutMs: defaultTimeoutMs },
): SourceResult {
  const file = specFile(folder, path, text.replace(/^\uFEFF/, ''));
  const format = formats.find((one) => one.mayBe(path, file.text) && one.recognises(file));
  if (!format) return problemSource(path, folder, 'This file is in no format that tools are read from.');
  return format.read(file, defaults);
}

function specFile(folder: string, path: string, text: string): SpecFile {
  let document: SpecDocument | null = null;
  return {
    path,
    folder,
    text,
    get document() {
      document ??= parseSpec(path, text);
      return document;
    },
  };
}

/** A source of which nothing is known but what is wrong with it. */
export function problemSource(
  path: string,
  folder: string,
  message: string,
  severity: SpecProblem['severity'] = 'error',
): SourceResult {
  return { path, folder, tools: [], problems: [{ path, line: 1, column: 1, severity, message }], budget: {} };
}
