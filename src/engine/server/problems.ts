import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Connection, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import type { SpecProblem } from '../../core/tool.ts';
import type { SourceRow } from '../../protocol/engine.ts';

/** What of a catalogue has problems. */
export type WithProblems = readonly Pick<SourceRow, 'folder' | 'problems'>[];

/** Shows the problems of every spec where they are, and takes them away when they are gone. */
export class ProblemPublisher {
  readonly #connection: Pick<Connection, 'sendDiagnostics'>;
  /** What stands in Problems now, as text, by file. */
  #shown = new Map<string, string>();
  #last: WithProblems = [];
  #ofSpecs: ReadonlyMap<string, Diagnostic[]> = new Map();
  #learned: ReadonlyMap<string, Diagnostic[]> = new Map();

  constructor(connection: Pick<Connection, 'sendDiagnostics'>) {
    this.#connection = connection;
  }

  /** Sends what differs from what was sent before: during a run the catalogue changes often, and its problems do not. */
  publish(sources: WithProblems): void {
    // The very same lists as before: nothing was read since.
    const same =
      sources.length === this.#last.length &&
      sources.every(({ problems }, index) => problems === this.#last[index]?.problems);
    if (same) return;
    this.#last = sources;
    this.#ofSpecs = diagnosticsOf(sources);
    this.#sendChanged();
  }

  /** Beside them, what trials have shown: all of it, by the URI of the file. */
  publishLearned(byFile: ReadonlyMap<string, Diagnostic[]>): void {
    this.#learned = byFile;
    this.#sendChanged();
  }

  #sendChanged(): void {
    const byFile = new Map(this.#ofSpecs);
    for (const [uri, learned] of this.#learned) byFile.set(uri, [...(byFile.get(uri) ?? []), ...learned]);
    for (const uri of this.#shown.keys()) if (!byFile.has(uri)) this.#send(uri, []);
    const shown = new Map<string, string>();
    for (const [uri, diagnostics] of byFile) {
      const text = JSON.stringify(diagnostics);
      if (this.#shown.get(uri) !== text) this.#send(uri, diagnostics);
      shown.set(uri, text);
    }
    this.#shown = shown;
  }

  #send(uri: string, diagnostics: Diagnostic[]): void {
    void this.#connection.sendDiagnostics({ uri, diagnostics });
  }
}

/** A source's problems hold those of its tools. */
function diagnosticsOf(sources: WithProblems): Map<string, Diagnostic[]> {
  const byFile = new Map<string, Diagnostic[]>();
  for (const source of sources) {
    for (const problem of source.problems) {
      const uri = pathToFileURL(join(source.folder, problem.path)).href;
      const diagnostics = byFile.get(uri) ?? [];
      diagnostics.push(diagnosticOf(problem));
      byFile.set(uri, diagnostics);
    }
  }
  return byFile;
}

function diagnosticOf(problem: SpecProblem): Diagnostic {
  const start = { line: problem.line - 1, character: problem.column - 1 };
  const end =
    problem.endLine === undefined || problem.endColumn === undefined
      ? { line: start.line, character: start.character + 1 }
      : { line: problem.endLine - 1, character: problem.endColumn - 1 };
  return {
    range: { start, end },
    severity: problem.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: 'Imaginarium',
    message: problem.message,
  };
}
