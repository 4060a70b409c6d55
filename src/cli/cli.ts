import type { Terminal } from './terminal.ts';

/** Exit codes that scripts may rely on. */
export const exitCodes = { done: 0, failed: 1, wrongUse: 2, stopped: 130 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What commands take from the process: so that tests can give them another. */
export interface Cli {
  terminal: Terminal;
  env: NodeJS.ProcessEnv;
  /** Absolute path that relative ones start from. */
  cwd: string;
  version: string;
  /** The folder of the package, with `examples/` in it; absolute. */
  packageFolder: string;
  /**
   * Calls `stop` when the person wants the command to end: Ctrl-C, SIGTERM, a closed terminal, or nobody who reads the
   * results any more. A second signal ends the process at once. The result takes the handler off.
   */
  onInterrupt(stop: () => void): () => void;
  /** What the process will exit with. */
  exit(code: ExitCode): void;
}
