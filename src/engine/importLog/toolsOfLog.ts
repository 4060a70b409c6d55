import { toolName } from '../../core/toolName.ts';
import type { BoundTool } from '../../tools/boundTool.ts';

/** The tools that a log names, found in the catalogue by their names as their sources write them. */
export class ToolsOfLog {
  readonly #byName = new Map<string, BoundTool[]>();
  readonly #found = new Map<string, BoundTool | null>();
  readonly #taken = new Set<string>();
  /** What a person should know of them, a sentence each. */
  readonly notes: string[] = [];

  constructor(catalogue: readonly BoundTool[]) {
    for (const bound of catalogue) {
      const { tool, written } = bound;
      for (const name of new Set([tool.name, written?.name ?? tool.name, toolName(tool.id)])) {
        this.#byName.set(name, [...(this.#byName.get(name) ?? []), bound]);
      }
    }
  }

  /** The tool of this name; null when there is none, or more than one. */
  find(name: string): BoundTool | null {
    const known = this.#found.get(name);
    if (known !== undefined) return known;
    const bound = this.#look(name);
    this.#found.set(name, bound);
    if (bound) this.#taken.add(bound.tool.id);
    return bound;
  }

  #look(name: string): BoundTool | null {
    const [bound, ...others] = this.#byName.get(name) ?? [];
    if (!bound) this.#note(name, 'is not among the tools of this workspace');
    else if (others.length > 0) this.#note(name, 'is the name of several tools of this workspace');
    else if (this.#taken.has(bound.tool.id)) this.#note(name, 'is another name of a tool of this log');
    else return bound;
    return null;
  }

  #note(name: string, why: string): void {
    this.notes.push(`"${name}" ${why}: its trials are kept under this name.`);
  }
}
