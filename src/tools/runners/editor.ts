/** Calls tools of the running editor, through the extension host. */
import type { JsonObject } from '../../core/json.ts';
import type { Tool } from '../../core/tool.ts';
import type { Failure } from '../../core/trial.ts';
import type { EditorRunner } from '../boundTool.ts';
import { Output } from './output.ts';
import { CallRefused, type RunCall, type RunResult } from './runner.ts';

/** The editor behind the extension host. */
export interface EditorCaller {
  /** Rejects when the host is gone, or with whatever the signal was aborted for. */
  invoke(
    name: string,
    args: JsonObject,
    signal: AbortSignal,
  ): Promise<{ status: RunResult['status']; content: string }>;
}

export class EditorCalls {
  readonly #editor: EditorCaller | null;
  readonly #check: (tool: Tool, args: JsonObject) => Promise<Failure[]>;

  /** `editor` is null where there is none, in a terminal. */
  constructor(editor: EditorCaller | null, check: (tool: Tool, args: JsonObject) => Promise<Failure[]>) {
    this.#editor = editor;
    this.#check = check;
  }

  async run({ bound, spec, args, signal }: RunCall<EditorRunner>): Promise<RunResult> {
    const editor = this.#editor;
    if (!editor)
      throw new CallRefused('not_run', 'Not run: only the editor runs it, and there is none here.');
    // The editor hands on whatever it gets.
    const failures = await this.#check(bound.tool, args);
    if (failures.length > 0) {
      const why = failures.map(({ message }) => message).join(' ');
      throw new CallRefused('not_run', `Not run: the arguments do not fit the parameters. ${why}`);
    }
    if (signal.aborted) return cancelled;
    const { status, content } = await this.#invoke(editor, spec.name, args, signal);
    const output = new Output(bound.outputLimit);
    output.add(Buffer.from(content));
    return { status, content: output.text(), truncated: output.truncated };
  }

  /** A tool need not care that it is cancelled: nobody waits for it then. */
  async #invoke(
    editor: EditorCaller,
    name: string,
    args: JsonObject,
    signal: AbortSignal,
  ): Promise<Pick<RunResult, 'status' | 'content'>> {
    const { promise: aborted, resolve } = Promise.withResolvers<typeof cancelled>();
    const abort = (): void => resolve(cancelled);
    signal.addEventListener('abort', abort, { once: true });
    try {
      const call = editor.invoke(name, args, signal);
      call.catch(() => undefined);
      return await Promise.race([call, aborted]);
    } catch (error) {
      if (signal.aborted) return cancelled;
      const said = error instanceof Error ? error.message : String(error);
      return { status: 'unreachable', content: `The editor did not answer. ${said}` };
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }
}

const cancelled: RunResult = { status: 'cancelled', content: '', truncated: false };
