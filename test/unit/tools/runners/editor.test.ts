import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/core/trial.ts';
import type { BoundTool, EditorRunner } from '../../../../src/tools/boundTool.ts';
import { type EditorCaller, EditorCalls } from '../../../../src/tools/runners/editor.ts';
import { CallRefused, type RunCall } from '../../../../src/tools/runners/runner.ts';

const spec: EditorRunner = { kind: 'editor', name: 'say' };

function call(signal = new AbortController().signal, outputLimit = 100): RunCall<EditorRunner> {
  const tool = {
    id: 'editor#say',
    name: 'say',
    description: '',
    parameters: { type: 'object' },
    source: { path: 'editor', line: 1, column: 1 },
    risk: 'unknown' as const,
    runnable: true,
    specHash: 'h',
  };
  const bound: BoundTool = {
    tool,
    folder: '/w',
    runner: spec,
    notRunnable: null,
    timeoutMs: 1000,
    outputLimit,
    services: [],
  };
  return { bound, spec, args: { word: 'hi' }, filling: { texts: new Map() } as never, signal };
}

const fits = async (): Promise<Failure[]> => [];

describe('A call of a tool of the editor', () => {
  it('is handed on with its arguments, and what comes back is kept up to the limit', async () => {
    const calls: unknown[] = [];
    const editor: EditorCaller = {
      async invoke(name, args) {
        calls.push([name, args]);
        return { status: 'ok', content: 'a'.repeat(20) };
      },
    };
    const result = await new EditorCalls(editor, fits).run(call(undefined, 8));
    assert.deepEqual(calls, [['say', { word: 'hi' }]]);
    assert.deepEqual(result, { status: 'ok', content: 'aaaaaaaa', truncated: true });
  });

  it('is not made with arguments that do not fit: the editor would not look', async () => {
    const editor: EditorCaller = { invoke: async () => assert.fail('it was called') };
    const misfit = async (): Promise<Failure[]> => [
      { type: 'missing_argument', message: 'There is no "word".' },
    ];
    await assert.rejects(new EditorCalls(editor, misfit).run(call()), (error: CallRefused) => {
      assert.equal(error.status, 'not_run');
      assert.match(error.message, /There is no "word"\./);
      return true;
    });
  });

  it('ends when it is stopped, although the tool does not', async () => {
    const stop = new AbortController();
    let told: AbortSignal | undefined;
    const editor: EditorCaller = {
      invoke: (_name, _args, signal) => {
        told = signal;
        return new Promise(() => {});
      },
    };
    const running = new EditorCalls(editor, fits).run(call(stop.signal));
    setImmediate(() => stop.abort());
    assert.equal((await running).status, 'cancelled');
    assert.equal(told?.aborted, true);
  });

  it('cannot be made where there is no editor, and says so where the editor is gone', async () => {
    await assert.rejects(new EditorCalls(null, fits).run(call()), CallRefused);
    const gone: EditorCaller = { invoke: async () => Promise.reject(new Error('Connection got disposed.')) };
    const { status, content } = await new EditorCalls(gone, fits).run(call());
    assert.equal(status, 'unreachable');
    assert.match(content, /disposed/);
  });
});
