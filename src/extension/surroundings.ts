/** What commands need of the editor, as ports: they know no `vscode`, and are tested without one. */
import type { Outcome } from '../core/trial.ts';
import type { EngineSettings, host, ToolFilter } from '../protocol/engine.ts';
import type { ToolAddress } from './compare/toolAddress.ts';
import type { EngineLink } from './link/engineLink.ts';
import type { Approvals } from './state/approvals.ts';
import type { Recovery } from './state/recovery.ts';
import type { Memento } from './state/snapshot.ts';
import type { Workbench } from './state/workbench.ts';
import type { Target } from './target.ts';
import type { TrialAddress } from './trial/trialAddress.ts';

export type Severity = 'info' | 'warning' | 'error';

/** One line of a list to choose from. */
export interface Choice<T> {
  label: string;
  description?: string;
  detail?: string;
  icon?: string;
  /** Stands as a heading above the first of those that have the same. */
  group?: string;
  /** Ticked at first, in a list where several can be. */
  proposed?: boolean;
  value: T;
}

export interface Question {
  title: string;
  prompt: string;
  value?: string;
  placeholder?: string;
  /** Not shown while it is typed. */
  secret?: boolean;
  /** What is wrong with an answer; null when nothing is. */
  check?: (answer: string) => string | null;
}

/** A button of a list. */
export interface ListButton {
  icon: string;
  tooltip: string;
  /** For one that is switched on and off. */
  checked?: boolean;
  /** The list may be covered while this goes on. */
  press(): Promise<void>;
}

/** A list that is searched as the person types. */
export interface Search<T> {
  title: string;
  placeholder: string;
  /** What is in the field at first. */
  value?: string;
  /**
   * What fits the text, best first; the editor leaves nothing out and hardly changes the order. `gone` is aborted when
   * another text was typed meanwhile, and the answer is thrown away.
   */
  find: (text: string, gone: AbortSignal) => Promise<Choice<T>[]>;
  /** Said in the list when nothing fits. */
  nothing: (text: string) => string;
  /** The line that the person is at now: for a preview. */
  active?: (value: T) => void;
  /** Said behind the title; like the buttons asked for again after each press. */
  subtitle?: () => string;
  /** Beside the title. After a press the list is searched anew. */
  buttons?: () => ListButton[];
  /** In each line. */
  lineButton?: { icon: string; tooltip: string; press(value: T): Promise<void> };
}

export type ApprovalQuestion = Parameters<NonNullable<(typeof host.approve)['_types']>>[0];

/** The person in front of the window. `undefined` is no answer. */
export interface Person {
  /** A message that waits for nobody; resolves with the answer that was clicked. */
  tell(severity: Severity, text: string, ...answers: string[]): Promise<string | undefined>;
  confirm(question: string, detail: string, yes: string): Promise<boolean>;
  /** Like `confirm`, with several answers beside Cancel; the first is the one that Enter gives. */
  decide(question: string, detail: string, answers: readonly string[]): Promise<string | undefined>;
  pick<T>(title: string, placeholder: string, choices: Choice<T>[]): Promise<T | undefined>;
  search<T>(search: Search<T>): Promise<T | undefined>;
  /**
   * The same with a box to tick at each line; what was ticked stays ticked while the text changes. Where nothing is ticked,
   * the line that the person is at is the answer. Ids as values.
   */
  searchMany<T extends string>(search: Search<T>): Promise<T[] | undefined>;
  /** Like `pick`, with a list that is on the screen while it is made: each that comes is the whole list. */
  pickGrowing<T>(
    title: string,
    placeholder: string,
    lists: AsyncIterable<Choice<T>[]>,
  ): Promise<T | undefined>;
  type(question: Question): Promise<string | undefined>;
  /** Whether a call may be made; undefined when the question was put away unanswered. */
  approve(question: ApprovalQuestion): Promise<boolean | undefined>;
  /** Shows progress until `work` ends; `cancelled` is aborted when the person has had enough. */
  follow(
    work: (report: (message: string, fraction: number) => void, cancelled: AbortSignal) => Promise<void>,
  ): Promise<void>;
}

export interface Settings {
  read(): EngineSettings;
  /** For this workspace. */
  write(values: Pick<EngineSettings, 'model' | 'baseUrl'>): Promise<void>;
}

export interface EditorModels {
  list(): Promise<{ id: string; label: string; maxInputTokens: number }[]>;
  /**
   * Has the editor ask the person, where it must, whether we may use this model; resolves with the model's name. Throws
   * `UserError` when we may not.
   */
  allow(id: string): Promise<string>;
}

export interface Secrets {
  get(name: string): Promise<string | undefined>;
  store(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
}

/** What the editor does at our request. */
export interface Editor {
  openFolder(): Promise<void>;
  manageTrust(): Promise<void>;
  showLog(): void;
  showTools(): Promise<void>;
  /** The notifications that the editor has put away, too. */
  showNotifications(): Promise<void>;
  showRuns(): Promise<void>;
  /** The dashboard of a tool, or of everything. */
  openDashboard(target: Target): Promise<void>;
  /** Shows a file at a place: absolute path, line and column from 1. */
  openAt(place: { path: string; line: number; column: number }): Promise<void>;
  /** A file of the first workspace folder, by its path in there; undefined when there is none. */
  readFile(path: string): Promise<{ path: string; text: string } | undefined>;
  /** A new unsaved manifest with this text, in the first workspace folder. */
  newManifest(text: string): Promise<void>;
  /** Shows a document of a trial in a tab that the next one takes over; `beside` in a column of its own. */
  showTrial(address: TrialAddress, where?: 'beside'): Promise<void>;
  compareTrials(left: TrialAddress, right: TrialAddress, title: string): Promise<void>;
  /** A tool as its source has it, or as models see it. */
  showTool(address: ToolAddress): Promise<void>;
  compareTools(left: ToolAddress, right: ToolAddress, title: string): Promise<void>;
  /** Parts of the URI of the document that the active editor shows. */
  activeDocument(): { scheme: string; query: string } | undefined;
}

/** Which trials the view Runs shows; what is left out lets everything through. */
export interface TrialsFilter {
  outcome?: Outcome;
  /** With a failed call, or without one. */
  failed?: boolean;
  /** Words of the query. */
  text?: string;
}

/** The rows of what was learned, below a tool. */
export type LearnedGroup = 'examples' | 'failures' | 'lessons';

/** Our views, as far as commands change what they show. */
export interface Views {
  readonly toolsFilter: ToolFilter | null;
  readonly trialsFilter: TrialsFilter | null;
  /** Null shows everything. */
  filterTools(filter: ToolFilter | null): void;
  filterTrials(filter: TrialsFilter | null): void;
  /** `row` is what the command was called with. */
  showMore(row: unknown): Promise<void>;
  /** Moves the focus to a tool, or to what was learned of it; false when the view Tools has no such row. */
  revealTool(tool: { id: string; name: string; folder: string }, group?: LearnedGroup): Promise<boolean>;
  /** The same for what waits for the person's word; false when nothing does. */
  revealReview(): Promise<boolean>;
  /** The same for a source. */
  revealSource(source: { folder: string; path: string }): Promise<boolean>;
}

export interface Surroundings {
  link: EngineLink;
  workbench: Workbench;
  recovery: Recovery;
  person: Person;
  settings: Settings;
  editorModels: EditorModels;
  secrets: Secrets;
  editor: Editor;
  views: Views;
  approvals: Approvals;
  /** The editor's storage of this workspace. */
  workspaceState: Memento;
  log: (error: unknown) => void;
}
