import { isAbsolute } from 'node:path';
import type { ExportParams } from '../../protocol/exploit.ts';
import { WrongRequest } from '../errors.ts';
import { dataFormats } from './formats/index.ts';

/** Forms that have no place for rows of other data. */
const closed = new Set(['promptfoo', 'bfcl', 'dspy', 'anthropic']);

/** Throws `WrongRequest` for a request that cannot be met as it stands. */
export function checkExportParams({ format, path, validation = 0, batches, general }: ExportParams): void {
  if (!Object.hasOwn(dataFormats, format))
    throw new WrongRequest(
      `There is no format "${format}".`,
      `Formats: ${Object.keys(dataFormats).join(', ')}.`,
    );
  if (!isAbsolute(path)) throw new WrongRequest(`"${path}" is no absolute path.`, 'Name the file whole.');
  checkShare('validation', validation);
  checkShare('replay', batches?.replay ?? 0);
  if (batches?.by === 'list' && batches.file === undefined)
    throw new WrongRequest('Which tools are in which batch is not said.', 'Name a file with the batches.');
  if (general === undefined) return;
  if (closed.has(format))
    throw new WrongRequest(`Other data cannot be mixed into ${format}.`, 'Leave the general data out.');
  if (general.share !== undefined && !(general.share >= 0 && general.share < 1))
    throw new WrongRequest(
      'The share of general data has to be at least 0 and less than 1.',
      'For instance 0.2.',
    );
}

function checkShare(what: string, value: number): void {
  if (value >= 0 && value <= 1) return;
  throw new WrongRequest(`The share for ${what} has to be from 0 to 1.`, 'For instance 0.1.');
}
