import type { ChatModel } from '../core/chat.ts';
import type { JsonObject } from '../core/json.ts';
import type { Risk } from '../core/tool.ts';
import type { ObservationStatus } from '../core/trial.ts';
import type { EditorTool, EngineEvent, EngineSettings, FolderExcludes } from '../protocol/engine.ts';

/** A call that needs a person's word. `run`: the answer counts for this tool until the run ends. */
export interface ApprovalRequest {
  runId: string;
  /** Id of the tool. */
  tool: string;
  /** Name of the tool, as people know it. */
  name: string;
  risk: Risk;
  arguments: JsonObject;
  scope: 'run' | 'call';
}

/** Somebody, or a rule, that says whether a call may be made. */
export interface ApprovalPort {
  /**
   * May stay unanswered for ever: only the tool that asks waits. When `signal` is aborted nobody listens any more, and
   * the question can be taken off the screen.
   */
  ask(request: ApprovalRequest, signal: AbortSignal): Promise<boolean>;
}

/** The language models of the editor, reached through the extension host. */
export interface HostModels {
  /** `id` without the prefix. Throws `UserError` when the editor has no such model. */
  open(id: string): Promise<ChatModel>;
}

/** The tools of the editor, reached through the extension host. */
export interface HostTools {
  list(): Promise<EditorTool[]>;
  /** Never rejects for what the tool does. Aborting the signal cancels the tool. */
  invoke(
    name: string,
    args: JsonObject,
    signal: AbortSignal,
  ): Promise<{ status: ObservationStatus; content: string }>;
}

/** What the engine needs of the process it lives in: an editor's language server, or a terminal. */
export interface EngineOptions {
  /** Absolute paths of the workspace folders; `.imaginarium` lives in the first. None is allowed. */
  folders: string[];
  /** Globs that are not searched for specs, by folder; a folder that is missing has the usual ones. */
  excludes?: FolderExcludes;
  /** Without trust specs are read and shown, and nothing is run. */
  trusted: boolean;
  /** Never writes to the workspace and takes no lock: for commands that show what is there. Default false. */
  onlyRead?: boolean;
  /** Limit of the database in pages of 4 KiB; for tests of a full disk. */
  maxPages?: number;
  /** The person's settings. */
  settings: EngineSettings;
  /** The model when neither a request nor a setting names one; null: say that one has to be chosen. */
  defaultModel: string | null;
  /** The unsaved text of a file, by its absolute path; null when what is on disk counts. */
  readText?: (absolutePath: string) => string | null;
  approvals: ApprovalPort;
  /** Value of `${secret:NAME}`; null when there is none. */
  secret: (name: string) => Promise<string | null>;
  /**
   * The key of the model server at this address (null: the model's usual place); null when there is none. Asked once a
   * run, never kept.
   */
  apiKey: (baseUrl: string | null) => Promise<string | null>;
  /** Absent where there is no editor. */
  hostModels?: HostModels;
  /** Absent where there is no editor. Nothing is asked without trust. */
  hostTools?: HostTools;
  /** One line for the log channel. Never holds a key, a secret or a tool's output. */
  log: (line: string) => void;
  /** Version of the package, as `state()` tells it. */
  version: string;
}

/** Gets events in batches, at most ten a second. */
export type EngineListener = (events: EngineEvent[]) => void;
