import type { SpecProblem } from '../core/tool.ts';
import { defaultTimeoutMs, type SourceResult } from './boundTool.ts';
import { parseSpec, type SpecDocument } from './formats/document.ts';
import type { ReadDefaults, SpecFile, SpecFormat } from './formats/format.ts';
import { formats as allFormats } from './formats/index.ts';

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
  return readSpec(folder, path, text, defaults) ?? problemSource(path, folder, noFormat);
}

/** Said of a file that somebody named. */
const noFormat = 'This file is in no format that tools are read from.';

/** Like `readSource`; null for a file that is no spec, as most are. */
export function readSpec(
  folder: string,
  path: string,
  text: string,
  defaults: ReadDefaults,
  formats: readonly SpecFormat[] = allFormats,
): SourceResult | null {
  const file = specFile(folder, path, text.replace(/^\uFEFF/, ''));
  try {
    return formatOf(file, formats)?.read(file, defaults) ?? null;
  } catch (error) {
    // A fault of ours, or a text that exhausts the stack: the other files are read all the same.
    return problemSource(path, folder, `The file cannot be read: ${faultText(error)}.`);
  }
}

/** Whether the beginning of a file shows that it is a spec. */
export function looksLikeSpec(
  folder: string,
  path: string,
  head: string,
  formats: readonly SpecFormat[] = allFormats,
): boolean {
  try {
    return formatOf(specFile(folder, path, head.replace(/^\uFEFF/, '')), formats) !== undefined;
  } catch {
    return false;
  }
}

function formatOf(file: SpecFile, formats: readonly SpecFormat[]): SpecFormat | undefined {
  return formats.find((one) => one.mayBe(file.path, file.text) && one.recognises(file));
}

function faultText(error: unknown): string {
  if (error instanceof RangeError && /call stack/i.test(error.message)) return 'it is nested too deeply';
  return error instanceof Error ? error.message : String(error);
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
