import { open, readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { parse } from 'yaml';
import { Cancelled } from '../../../core/errors.ts';
import type { Json } from '../../../core/json.ts';
import { isNestedTooDeeply } from '../../../core/nesting.ts';
import { WrongRequest } from '../../errors.ts';
import { documentRules } from './documents.ts';
import { recognised, recognisedDocument } from './recognise.ts';
import { type FileRecord, recordsOf } from './records.ts';
import { type Finding, RowReport } from './report.ts';
import { type CheckArguments, checkSchemas, RowLinter } from './rowLinter.ts';
import { rowRules } from './rules.ts';
import { lintTexts } from './texts.ts';

/** The formats that can be named. */
export const lintFormats = [...Object.keys(rowRules), ...Object.keys(documentRules)];

export interface LintOptions {
  checkArguments: CheckArguments;
  /** Absent: told by the first rows. */
  format?: string;
  /** Tokens a row may have; absent: what the trainer takes unless it is told otherwise. */
  maxTokens?: number;
  /** Called for each thing that is wrong, in the order of the lines. */
  found: (finding: Finding) => void;
  signal?: AbortSignal;
}

export interface Linted {
  format: string;
  rows: number;
  errors: number;
  warnings: number;
}

/** Rows by which a format is told. */
const looked = 50;
/** Documents are read whole, up to this size in bytes. */
const largestDocument = 64 * 1024 * 1024;

/**
 * Holds a file of training data against its format, line by line, in bounded memory. Throws `WrongRequest` for a file that
 * cannot be read or whose format cannot be told; `Cancelled`.
 */
export async function lintFile(path: string, options: LintOptions): Promise<Linted> {
  await checkReadable(path);
  const counts = { errors: 0, warnings: 0 };
  const tell = (findings: readonly Finding[]): void => {
    for (const finding of findings) {
      counts[finding.severity === 'error' ? 'errors' : 'warnings'] += 1;
      options.found(finding);
    }
  };
  const document = await documentFormat(path, options.format);
  if (document !== null)
    return { ...(await lintDocument(document, options.checkArguments, tell)), ...counts };
  const records = recordsOf(path);
  const first: FileRecord[] = [];
  if (options.format === undefined) {
    for (let next = await records.next(); !next.done; next = await records.next()) {
      first.push(next.value);
      if (first.length === looked) break;
    }
  }
  const format = options.format ?? recognised(first.flatMap(({ text }) => jsonOf(text)));
  if (format === null) {
    if (first.length === 0) throw new WrongRequest(`${path} is empty.`, 'Name a file with rows in it.');
    throw new WrongRequest(
      `The format of ${path} cannot be told from its first rows.`,
      `Name it with --format: ${lintFormats.join(', ')}.`,
    );
  }
  // Azure's documentation asks for a mark; no other reader of JSON lines gets past one.
  if (!format.startsWith('openai') && (await hasMark(path)))
    tell([
      {
        line: 1,
        field: '',
        severity: 'error',
        message: 'the file begins with a byte order mark, save it as UTF-8 without one',
      },
    ]);
  const linter = new RowLinter(format, options.checkArguments, options.maxTokens);
  for await (const record of inOrder(first, records)) {
    if (options.signal?.aborted) throw new Cancelled();
    tell((await linter.add(record)).findings);
    if (linter.rows % 64 === 0) await breathe();
  }
  tell(linter.end());
  return { format, rows: linter.rows, ...counts };
}

async function* inOrder(
  first: readonly FileRecord[],
  rest: AsyncIterable<FileRecord>,
): AsyncGenerator<FileRecord> {
  yield* first;
  yield* rest;
}

async function lintDocument(
  { format, document }: { format: string; document: Json },
  checkArguments: CheckArguments,
  tell: (findings: readonly Finding[]) => void,
): Promise<{ format: string; rows: number }> {
  const report = new RowReport(0);
  const rows = documentRules[format]?.(document, report) ?? 0;
  lintTexts(document, report);
  await checkSchemas(report, checkArguments);
  tell(report.findings);
  return { format, rows };
}

/** The document and its format, where the file is one: it is named, its ending says so, or its content. */
async function documentFormat(
  path: string,
  named: string | undefined,
): Promise<{ format: string; document: Json } | null> {
  const isYaml = ['.yaml', '.yml'].includes(extname(path));
  if (named !== undefined && documentRules[named] === undefined) return null;
  if (named === undefined && !isYaml && extname(path) !== '.json') return null;
  if ((await stat(path)).size > largestDocument) {
    if (named === undefined && !isYaml) return null;
    throw new WrongRequest(`${path} is larger than 64 MB.`, 'Split it.');
  }
  let document: Json;
  try {
    const text = await readFile(path, 'utf8');
    if (isNestedTooDeeply(text)) throw new Error('it is nested too deeply');
    // JSON is YAML as well, and what is named may have any ending.
    document = (extname(path) === '.json' ? JSON.parse(text) : parse(text)) as Json;
  } catch (error) {
    if (named === undefined && !isYaml) return null;
    throw new WrongRequest(
      `${path} cannot be read: ${error instanceof Error ? error.message : error}`,
      'Mend it.',
    );
  }
  const format = named ?? recognisedDocument(document);
  return format === null ? null : { format, document };
}

async function checkReadable(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new WrongRequest(`There is no file ${path}.`, 'Name a file of training data.');
  if (!found.isFile()) throw new WrongRequest(`${path} is no file.`, 'Name a file of training data.');
}

async function hasMark(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(3), 0, 3, 0);
    return bytesRead === 3 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
  } finally {
    await handle.close();
  }
}

function jsonOf(text: string | null): Json[] {
  try {
    return text === null || isNestedTooDeeply(text) ? [] : [JSON.parse(text) as Json];
  } catch {
    return [];
  }
}
