import type { ChatModel } from '../../core/chat.ts';
import type { PromptSet } from '../../core/explore/index.ts';
import type { Run } from '../../core/run.ts';
import type { Tool } from '../../core/tool.ts';
import type { EngineEvent } from '../../protocol/engine.ts';
import type { Store } from '../../store/index.ts';
import type { EventBatches } from '../events.ts';
import type { FileFlusher } from './fileFlusher.ts';
import type { ToolCalls } from './toolCalls.ts';

/** What the tools of one run share while they are explored. */
export interface RunContext {
  run: Run;
  store: Store;
  /** Within the budget of the run. */
  model: ChatModel;
  prompts: PromptSet;
  /** All tools of the catalogue: siblings are chosen among them. */
  catalogue: readonly Tool[];
  /** Whether calls of a tool can really be made: something runs it, and it is not a model that plays it. */
  real: (tool: Tool) => boolean;
  calls: ToolCalls;
  files: FileFlusher;
  events: EventBatches;
  /** Aborted when the run shall stop. */
  signal: AbortSignal;
  /** No new trial is to begin: a limit of the budget was reached, and what is under way may end. */
  closing: () => boolean;
  /** The model does not answer in the protocol it is asked over; said once a run. */
  mismatch: (notice: EngineEvent) => void;
}
