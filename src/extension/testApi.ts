import type { EngineLink } from './link/engineLink.ts';
import type { Workbench } from './state/workbench.ts';
import type { Person } from './surroundings.ts';
import type { ToolsTree } from './view/toolsTree.ts';

/** What `activate` gives to tests, and to nobody else. */
export interface TestApi {
  link: EngineLink;
  workbench: Workbench;
  tree: ToolsTree;
  /** Lets a test answer in the person's place. The result gives the person back. */
  answer(answers: Partial<Person>): () => void;
  /** How long `activate` took, milliseconds. */
  activationMs: number;
}

/** Puts `answers` in the place of the same methods of `person`, until the result is called. */
export function answerInstead(person: Person, answers: Partial<Person>): () => void {
  const before = { ...person };
  Object.assign(person, answers);
  return () => void Object.assign(person, before);
}
