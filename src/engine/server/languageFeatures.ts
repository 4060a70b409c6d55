/** CodeLens, hover, outline and learned problems of spec files, behind the protocol. */
import type { Connection, InitializeResult } from 'vscode-languageserver/node';
import { CodeActionKind, CodeLensRefreshRequest } from 'vscode-languageserver/node';
import type { Engine } from '../engine.ts';
import { specHover } from '../language/hover.ts';
import { learnedDiagnostics } from '../language/learnedDiagnostics.ts';
import { type DataLens, DrawnLenses, lensesOf } from '../language/lenses.ts';
import { outlineOf } from '../language/outline.ts';
import { problemActions } from '../language/problemActions.ts';
import type { SpecFiles } from '../language/specFiles.ts';
import { Throttled } from '../throttled.ts';
import type { OpenDocuments } from './openDocuments.ts';
import type { ProblemPublisher } from './problems.ts';

/** Lenses follow what is learned at this pace, milliseconds. */
const lensPace = 500;

/** What the server says of itself at the start. */
export const languageCapabilities: InitializeResult['capabilities'] = {
  hoverProvider: true,
  codeLensProvider: { resolveProvider: false },
  documentSymbolProvider: { label: 'Imaginarium' },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
};

type FeatureConnection = Pick<
  Connection,
  'onHover' | 'onCodeLens' | 'onDocumentSymbol' | 'onCodeAction' | 'sendRequest' | 'console'
>;

export class LanguageFeatures {
  readonly #connection: FeatureConnection;
  readonly #documents: OpenDocuments;
  readonly #problems: ProblemPublisher;
  readonly #lenses = new DrawnLenses();
  readonly #redraw: Throttled;
  #engine: Engine | null = null;
  /** The editor can be asked to draw lenses anew. */
  #canRedraw = false;
  /** What stands in Problems, or is on its way there: of which reading of the specs, and which problems. */
  #shown: { all: SpecFiles['all']; text: string } | null = null;

  /** Answers wait until `opened`. */
  constructor(
    connection: FeatureConnection,
    documents: OpenDocuments,
    problems: ProblemPublisher,
    opened: Promise<Engine>,
  ) {
    this.#connection = connection;
    this.#documents = documents;
    this.#problems = problems;
    this.#redraw = new Throttled(lensPace, () => this.#redrawOld());
    connection.onHover(async ({ textDocument: { uri }, position }) => {
      const engine = await opened;
      return specHover(engine, engine.specs.files, uri, position);
    });
    connection.onCodeLens(async ({ textDocument: { uri } }) => {
      await opened;
      const lenses = this.#lensesOf(uri);
      this.#lenses.drawn(uri, lenses);
      return lenses;
    });
    connection.onDocumentSymbol(async ({ textDocument: { uri } }) => {
      const file = (await opened).specs.files.at(uri);
      const document = documents.get(uri);
      return file && document ? outlineOf(file, document.getText()) : [];
    });
    connection.onCodeAction(({ context }) => problemActions(context.diagnostics));
  }

  /** The engine is there; what is learned from now on is shown. */
  follow(engine: Engine, canRedraw: boolean): void {
    this.#engine = engine;
    this.#canRedraw = canRedraw;
    engine.specs.problems.followOpen(() => this.#documents.paths());
    engine.specs.onProblems(() => this.#publish());
    engine.onEvent((events) => {
      if (!events.some(({ type }) => type === 'catalogue')) return;
      this.#redraw.call();
      // The places of what is learned are others where the text is another.
      this.#publish();
    });
  }

  /** A document was opened, edited or closed. */
  documentChanged(uri: string): void {
    if (this.#documents.get(uri) === undefined) this.#lenses.forget(uri);
    else this.#engine?.specs.problems.look();
  }

  dispose(): void {
    this.#redraw.dispose();
  }

  /** None without trust: what was learned is not read there, and nothing can be explored. */
  #lensesOf(uri: string): DataLens[] {
    const engine = this.#engine;
    const file = engine?.trusted ? engine.specs.files.at(uri) : null;
    return engine && file ? lensesOf(file, engine.countsOf) : [];
  }

  #redrawOld(): void {
    if (!this.#canRedraw || !this.#lenses.areOld((uri) => this.#lensesOf(uri))) return;
    this.#connection.sendRequest(CodeLensRefreshRequest.type).catch((error: unknown) => {
      this.#connection.console.error(`CodeLens: ${String(error)}`);
    });
  }

  /**
   * Asked at every change of the catalogue, which during a run is every second: looked into where another spec was read, or
   * something else was learned. What is there when the last call has its answer counts.
   */
  #publish(): void {
    const engine = this.#engine;
    if (engine === null) return;
    const problems = engine.specs.problems.list();
    const shown = problems.map(({ id, message, trials }) => [id, message, ...trials].join(' ')).join('\n');
    const { all } = engine.specs.files;
    if (this.#shown?.all === all && this.#shown.text === shown) return;
    const mine = { all, text: shown };
    this.#shown = mine;
    learnedDiagnostics(problems, (path) => this.#documents.text(path)).then(
      (diagnostics) => {
        if (mine === this.#shown) this.#problems.publishLearned(diagnostics);
      },
      (error: unknown) => this.#connection.console.error(`Learned problems: ${String(error)}`),
    );
  }
}
