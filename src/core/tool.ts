import type { JsonObject } from './json.ts';

/** What a call may do to the world. */
export type Risk = 'read' | 'write' | 'destructive' | 'unknown';

/** Where a tool is written. Lines and columns count from 1; the path is relative to its workspace folder, with `/`. */
export interface SpecLocation {
  path: string;
  line: number;
  column: number;
  /** Where what is written of it ends, where that is known: the place after the last character. */
  endLine?: number;
  endColumn?: number;
}

/** One function a model can call. */
export interface Tool {
  /** Stable while name and source stay the same: `<source path>#<name as it is written there>`. */
  id: string;
  /** The name the model sees: `^[a-zA-Z0-9_-]{1,64}$`. */
  name: string;
  description: string;
  /** JSON Schema of the arguments, an object schema. */
  parameters: JsonObject;
  /** JSON Schema of what a call returns, where its source says so and it is of a modest size: for playing the tool. */
  output?: JsonObject;
  source: SpecLocation;
  risk: Risk;
  /** Why this risk, a sentence: who said so, or what it was guessed from. Absent where the manifest states it. */
  riskReason?: string;
  /** Whether there is a runner that can execute a call. */
  runnable: boolean;
  /** Hash of name, description and parameters: tells that what a model sees of the tool has changed. */
  specHash: string;
}

/** A place in a spec that needs attention; lines and columns count from 1. */
export interface SpecProblem {
  path: string;
  line: number;
  column: number;
  endLine?: number;
  endColumn?: number;
  severity: 'error' | 'warning';
  /** Id of the tool in which it lies; absent where no tool could be made of what stands there. */
  tool?: string;
  /** What is wrong and what to write instead. */
  message: string;
}
