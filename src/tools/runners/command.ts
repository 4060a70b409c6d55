/** Runs a program with an argument vector. No shell is involved, so no value can be anything but one argument. */
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { CommandRunner } from '../boundTool.ts';
import type { ToolProcess, ToolProcesses } from '../processes/toolProcesses.ts';
import { drain, Output } from './output.ts';
import { CallRefused, type RunCall, type Runner, type RunResult } from './runner.ts';

/** A tool may say this much more than is kept before it counts as a flood: a long list is no fault, `yes` is. */
const floodFactor = 16;
/** How long an output may stay open after its program has ended: something in the background holds it. Milliseconds. */
const afterExit = 250;

export class CommandCalls implements Runner<CommandRunner> {
  readonly #processes: ToolProcesses;

  constructor(processes: ToolProcesses) {
    this.#processes = processes;
  }

  async run(call: RunCall<CommandRunner>): Promise<RunResult> {
    const [program = '', ...args] = call.spec.command.flatMap((text) => call.filling.text(text) ?? []);
    if (program === '') throw new CallRefused('unreachable', 'Not run: the command names no program.');
    const started = this.#start(program, args, call);
    try {
      return await watch(started.child, program, call);
    } finally {
      // What it left running goes with it; nobody has to wait for that.
      void started.end();
    }
  }

  async dispose(): Promise<void> {
    // Its processes belong to `ToolProcesses`.
  }

  #start(program: string, args: string[], call: RunCall<CommandRunner>): ToolProcess {
    try {
      return this.#processes.start({
        program,
        args,
        cwd: call.bound.folder,
        env: call.filling.texts(call.spec.env),
        stdio: [call.spec.stdin ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      if (code === 'ERR_INVALID_ARG_VALUE') {
        throw new CallRefused(
          'not_run',
          'Not run: an argument holds a NUL character, which no program can be given.',
        );
      }
      throw new CallRefused('unreachable', startProblem(program, call.bound.folder, code));
    }
  }
}

async function watch(child: ChildProcess, program: string, call: RunCall<CommandRunner>): Promise<RunResult> {
  const { promise, resolve } = Promise.withResolvers<RunResult>();
  const out = new Output(call.bound.outputLimit);
  const err = new Output(call.bound.outputLimit);
  const soFar = (status: RunResult['status'], note = ''): RunResult => ({
    status,
    content: [joined(out, err), note].filter((text) => text !== '').join('\n'),
    truncated: out.truncated || err.truncated,
  });
  const enough = (): void => {
    if (out.said + err.said <= call.bound.outputLimit * floodFactor) return;
    resolve(
      soFar(
        'tool_fault',
        `The tool said more than ${call.bound.outputLimit * floodFactor} bytes and was ended.`,
      ),
    );
  };
  drain(child.stdout, out, enough);
  drain(child.stderr, err, enough);
  child.once('error', (error: NodeJS.ErrnoException) =>
    resolve({
      status: 'unreachable',
      content: startProblem(program, call.bound.folder, error.code ?? error.message),
      truncated: false,
    }),
  );
  const finish = (): void => resolve(ended(child, out, err));
  child.once('close', finish);
  child.once('exit', () => void pause(afterExit, undefined, { ref: false }).then(finish));
  const abort = (): void => resolve(soFar('cancelled'));
  call.signal.addEventListener('abort', abort, { once: true });
  if (call.spec.stdin === 'json') {
    // A program that does not read its input is free to end before it has all.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(JSON.stringify(call.args));
  }
  const result = await promise;
  call.signal.removeEventListener('abort', abort);
  return result;
}

function ended(child: ChildProcess, out: Output, err: Output): RunResult {
  const truncated = out.truncated || err.truncated;
  const { exitCode, signalCode } = child;
  if (exitCode === 0) {
    const content = withoutNewline(out.text()) || withoutNewline(err.text());
    return { status: 'ok', content, truncated };
  }
  const said = joined(out, err);
  if (signalCode) {
    const note = `The tool was killed by ${signalCode}.`;
    return { status: 'tool_fault', content: said === '' ? note : `${said}\n${note}`, truncated };
  }
  const silent = `The tool ended with exit code ${exitCode} and said nothing.`;
  return { status: 'rejected', content: said || silent, truncated };
}

function joined(out: Output, err: Output): string {
  return [out, err]
    .map((output) => withoutNewline(output.text()))
    .filter((text) => text !== '')
    .join('\n');
}

function withoutNewline(text: string): string {
  return text.replace(/\r?\n$/, '');
}

function startProblem(program: string, folder: string, code: string): string {
  if (code === 'ENOENT') {
    return existsSync(folder)
      ? `The program "${program}" was not found. Install it, or write its path.`
      : `The folder ${folder} is not there any more.`;
  }
  if (code === 'EACCES') return `The program "${program}" may not be executed.`;
  if (code === 'E2BIG')
    return `Not run: the arguments are longer than the system hands to a program. Use "stdin: json".`;
  if (code === 'EINVAL' && process.platform === 'win32') {
    return `Windows starts "${program}" through a shell only: name the program behind it, for instance \${node} and a script.`;
  }
  return `The program "${program}" could not be started (${code}).`;
}
