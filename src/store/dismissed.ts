import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contradiction } from '../core/contradictions/index.ts';
import type { JsonObject } from '../core/json.ts';
import type { StoreNotice } from './api.ts';
import { type FileLine, linesText, readLines, withAdded } from './fileLines.ts';
import { insideOf, makeFolder, storeFolder } from './folder.ts';
import { lineHash } from './lines.ts';
import { fileProblem, systemCode } from './problems.ts';
import { replaceFile } from './replaceFile.ts';

const fileName = 'dismissed.jsonl';

/**
 * Learned problems that nobody wants to see again: `.imaginarium/dismissed.jsonl`, one a line, sorted, meant for git, where a
 * line that is taken out brings its problem back. What cannot be read in it is kept and told of.
 */
export class DismissedProblems {
  readonly #workspace: string;
  readonly #notice: (notice: StoreNotice) => void;
  #turn: Promise<unknown> = Promise.resolve();
  /** What was told last of broken lines. */
  #told = '';

  /** `workspace`: absolute path of the folder in which everything is kept. */
  constructor(workspace: string, notice: (notice: StoreNotice) => void) {
    this.#workspace = workspace;
    this.#notice = notice;
  }

  /** Ids of what was dismissed. Rejects with `UserError`. */
  read(): Promise<ReadonlySet<string>> {
    return this.#inTurn(async () => {
      const { lines } = await this.#lines();
      return new Set(lines.flatMap(({ entry }) => (entry === null ? [] : [entry.id])));
    });
  }

  /** Dismisses a problem for good. Rejects with `UserError`. */
  add(problem: Contradiction): Promise<void> {
    return this.#inTurn(async () => {
      await makeFolder(await storeFolder(this.#workspace));
      const { lines, lineEnd } = await this.#lines();
      if (lines.some(({ entry }) => entry?.id === problem.id)) return;
      await this.#replace(linesText(withAdded(lines, [lineOf(problem)]), lineEnd));
    });
  }

  get #path(): string {
    return join(this.#workspace, '.imaginarium', fileName);
  }

  async #lines(): Promise<{ lines: FileLine[]; lineEnd: string }> {
    const path = this.#path;
    await insideOf(this.#workspace, path);
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return '';
      throw fileProblem(error, path);
    });
    const { lines, broken, lineEnd } = readLines(text, idOf);
    const told = broken.map(({ line, problem }) => `line ${line}: ${problem}`).join('; ');
    if (told !== '' && told !== this.#told) {
      const message = `${path} has lines that cannot be read; they are left as they are (${told}).`;
      const advice = 'Mend them, or take them out.';
      this.#notice({ severity: 'warning', message, advice });
    }
    this.#told = told;
    return { lines, lineEnd };
  }

  async #replace(text: string): Promise<void> {
    try {
      await replaceFile(this.#path, text);
    } catch (error) {
      throw fileProblem(error, this.#path);
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

/** The sentence stands in it for people who read the file in a review. */
function lineOf({ id, tool, kind, argument, about, message }: Contradiction): FileLine {
  const raw = JSON.stringify({ id, tool, kind, argument, ...(about === '' ? {} : { about }), message });
  return { raw, entry: { id, object: {}, hash: lineHash(raw) } };
}

function idOf(object: JsonObject): { id: string } | { problem: string } {
  const { id } = object;
  return typeof id === 'string' && id !== '' ? { id } : { problem: 'it has no "id"' };
}
