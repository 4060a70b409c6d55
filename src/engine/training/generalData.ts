/** Data of another kind that is mixed into training data, so that a model does not unlearn the rest. */
import type { JsonObject } from '../../core/json.ts';
import { seededRandom } from '../../core/random.ts';
import { recordsOf } from './lint/records.ts';
import type { Finding } from './lint/report.ts';
import { type CheckArguments, RowLinter } from './lint/rowLinter.ts';

export interface General {
  rows: { row: JsonObject; line: number }[];
  /** Legal rows in the file, of which these were drawn. */
  of: number;
  /** Rows that were left out, since there is something wrong with them. */
  wrong: number;
}

/**
 * Draws rows of a file of the same format: `wanted` of those that the linter finds nothing wrong with, or all of them. Which
 * ones is a matter of the seed (a reservoir, so that the file may be of any length). In the order of the file.
 */
export async function generalRows(
  path: string,
  format: string,
  wanted: number | null,
  seed: number,
  checkArguments: CheckArguments,
  found: (finding: Finding) => void,
): Promise<General> {
  const linter = new RowLinter(format, checkArguments);
  const random = seededRandom(seed);
  const drawn: General['rows'] = [];
  const counts = { of: 0, wrong: 0 };
  for await (const record of recordsOf(path)) {
    const { row, findings } = await linter.add(record);
    findings.forEach(found);
    if (row === null || findings.some(({ severity }) => severity === 'error')) {
      counts.wrong += 1;
      continue;
    }
    counts.of += 1;
    if (wanted === null || drawn.length < wanted) drawn.push({ row, line: record.line });
    else {
      const place = random.below(counts.of);
      if (place < wanted) drawn[place] = { row, line: record.line };
    }
  }
  return { rows: drawn.sort((a, b) => a.line - b.line), ...counts };
}
