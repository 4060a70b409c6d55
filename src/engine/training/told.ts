import type { DataProblem, ExportResult } from '../../protocol/exploit.ts';
import type { Finding } from './lint/report.ts';

/** Problems that a result tells of; the counts are whole. */
const mostTold = 200;

/** What the linter has found in the files of an export. */
export class Told {
  readonly #problems: DataProblem[] = [];
  #errors = 0;
  #warnings = 0;

  add(path: string, finding: Finding): void {
    if (finding.severity === 'error') this.#errors += 1;
    else this.#warnings += 1;
    if (this.#problems.length < mostTold) this.#problems.push({ path, ...finding });
  }

  result(): Pick<ExportResult, 'problems' | 'errors' | 'warnings'> {
    return { problems: this.#problems, errors: this.#errors, warnings: this.#warnings };
  }
}
