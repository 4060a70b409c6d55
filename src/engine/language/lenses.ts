/** CodeLenses of a spec file: one a tool or server, with what the extension needs to write what a person reads. */
import type { CodeLens } from 'vscode-languageserver/node';
import type { LensData } from '../../protocol/language.ts';
import type { CountsOf } from '../catalogue/toolIndex.ts';
import type { SpecFileTools } from './specFiles.ts';
import { rangeFrom } from './textRange.ts';

export type DataLens = CodeLens & { data: LensData };

/** In the order in which the tools stand in the file, the counts as they are now. */
export function lensesOf(file: SpecFileTools, countsOf: CountsOf): DataLens[] {
  const counts = countsOf(file.tools.map(({ bound }) => bound.tool.id));
  const ofTools = file.tools.map(({ bound }): DataLens => {
    const { id, source, runnable } = bound.tool;
    const { examples = 0, failures = 0, simulated } = counts.get(id) ?? {};
    return {
      range: rangeFrom({ line: source.line, column: source.column }),
      data: { kind: 'tool', tool: id, runnable, examples, failures, ...(simulated ? { simulated } : {}) },
    };
  });
  const ofServers = file.servers.map(({ spec, source, folder, path }): DataLens => {
    const { line, column } = spec.source;
    const status = source?.server?.status ?? 'unlisted';
    return {
      range: rangeFrom({ line, column }),
      data: { kind: 'server', folder, path, status, tools: source?.tools.length ?? 0 },
    };
  });
  return [...ofTools, ...ofServers];
}

/** Remembers what lenses said, so that the editor is asked to draw them anew only where they would say something else. */
export class DrawnLenses {
  readonly #said = new Map<string, string>();

  /** What is drawn in this document from now on. */
  drawn(uri: string, lenses: readonly DataLens[]): void {
    this.#said.set(uri, textOf(lenses));
  }

  forget(uri: string): void {
    this.#said.delete(uri);
  }

  /** Whether any drawn document would show something else now. */
  areOld(now: (uri: string) => readonly DataLens[]): boolean {
    return [...this.#said].some(([uri, said]) => textOf(now(uri)) !== said);
  }
}

function textOf(lenses: readonly DataLens[]): string {
  return JSON.stringify(lenses);
}
