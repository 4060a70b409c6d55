/** Finds the line by which a service says that it can be used. */
import { createContext, Script } from 'node:vm';

/** Characters of a line that are looked at; what tells a port is short. */
const longestLine = 1024;
/** An expression that needs longer for one line would hang the engine, milliseconds; on a busy machine 50 are not much. */
const timeLimit = 400;

const match = new Script('expression.exec(line)');

/** Takes output apart into lines, and looks for the ready line among them. */
export class ReadyLine {
  readonly #expression: RegExp;
  #rest = '';

  constructor(expression: string) {
    this.#expression = new RegExp(expression);
  }

  /** The named groups, once the line has come. Throws when the expression takes too long. */
  add(text: string): Record<string, string> | null {
    const lines = (this.#rest + text).split(/\r?\n/);
    this.#rest = (lines.pop() ?? '').slice(0, longestLine);
    for (const line of lines) {
      const groups = this.#match(line.slice(0, longestLine));
      if (groups) return groups;
    }
    return null;
  }

  #match(line: string): Record<string, string> | null {
    const context = createContext({ expression: this.#expression, line });
    const found = match.runInContext(context, { timeout: timeLimit }) as RegExpExecArray | null;
    if (!found) return null;
    const groups = Object.entries(found.groups ?? {}).filter(([, value]) => value !== undefined);
    return Object.fromEntries(groups);
  }
}
