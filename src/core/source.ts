import type { SpecLocation } from './tool.ts';

/** How tools are written down. */
export type FormatName =
  | 'manifest'
  | 'openai'
  | 'anthropic'
  | 'gemini'
  | 'mcpServers'
  | 'mcpTools'
  | 'openapi'
  | 'editorTools'
  | 'toolbench'
  | 'bfcl';

/** A server that tools come from. */
export interface ServerState {
  name: string;
  transport: 'stdio' | 'http' | 'sse';
  /** What is started or asked, for a person: a command line, or an address. Never a secret's value. */
  shown: string;
  /** `unlisted`: nobody has asked it yet. `remembered`: its tools are those it told last. */
  status: 'unlisted' | 'starting' | 'listed' | 'remembered' | 'failed';
  /** What went wrong, when it failed. */
  problem: string | null;
  /** Names of the environment variables, or of the headers, that its configuration sets; never their values. */
  given?: string[];
  /** Hash of its configuration: a person who let it start allowed this one and no other. */
  hash?: string;
  /** Where it stands in its file. */
  at?: SpecLocation;
}
