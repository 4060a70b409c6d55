import type { Position, TextDocument, WorkspaceEdit } from 'vscode';
import type { EngineLink } from './link/engineLink.ts';
import type { Workbench } from './state/workbench.ts';
import type { Person, Views } from './surroundings.ts';
import type { RunsView } from './view/model/runsView.ts';
import type { ToolsModel } from './view/model/toolsModel.ts';
import type { ModelTree } from './view/modelTree.ts';

/** What `activate` gives to tests, and to nobody else. */
export interface TestApi {
  link: EngineLink;
  workbench: Workbench;
  /** The view Tools. */
  tree: ModelTree<ToolsModel>;
  /** The view Runs. */
  runs: ModelTree<RunsView>;
  views: Views;
  /** Lets a test answer in the person's place. The result gives the person back. */
  answer(answers: Partial<Person>): () => void;
  /** What dropping examples at a place of a document would do there. */
  drop(text: string, document: TextDocument, position: Position): Promise<WorkspaceEdit | undefined>;
  /** How long `activate` took, milliseconds. */
  activationMs: number;
}

/** Puts `answers` in the place of the same methods of `person`, until the result is called. */
export function answerInstead(person: Person, answers: Partial<Person>): () => void {
  const before = { ...person };
  Object.assign(person, answers);
  return () => void Object.assign(person, before);
}
