/** Documents with cursors in them: `‸` is a cursor, `«…»` a selection. */
import assert from 'node:assert/strict';
import type { Example, Lesson } from '../../../../src/core/trial.ts';
import { insertion } from '../../../../src/engine/insertion/index.ts';
import type { ExampleForm, Insertion } from '../../../../src/protocol/engine.ts';
import { sampleTool } from '../../../helpers/corePorts.ts';
import { marked } from '../../../helpers/marked.ts';

const tool = sampleTool();
export const tools = new Map([[tool.id, tool]]);

export function example(parts: Partial<Example> = {}, languageModel = true): Example {
  return {
    id: 't1',
    tool: tool.id,
    query: 'Two days after Christmas?',
    calls: [{ tool: tool.id, arguments: { date: '2024-12-25', days: 2 }, observation: '2024-12-27' }],
    answer: 'The 27th.',
    verification: 'unverified',
    provenance: {
      model: 'm',
      languageModel,
      runId: 'r',
      trialId: 't1',
      seed: 1,
      specHash: 'x',
      judge: null,
      edited: false,
    },
    ...parts,
  };
}

/** An example without calls and answer: one message, to keep expected texts short. */
export const short = example({ query: 'Q', calls: [], answer: null });

export interface Setup {
  languageId: string;
  fileName?: string;
  form?: ExampleForm | null;
  indent?: string;
  examples?: Example[];
  lessons?: Lesson[];
}

export function insert(source: string, setup: Setup): { text: string; answer: Insertion } {
  const { text, selections } = marked(source);
  const {
    languageId,
    fileName = '',
    form = null,
    indent = '  ',
    examples = [example()],
    lessons = [],
  } = setup;
  const answer = insertion(
    { languageId, fileName, text, selections, form, indent },
    examples,
    tools,
    lessons,
  );
  return { text, answer };
}

/** The document after insertion. */
export function inserted(source: string, setup: Setup): string {
  const { text, answer } = insert(source, setup);
  assert.ok('edits' in answer, 'nothing' in answer ? answer.nothing : '');
  return withEdits(text, answer.edits);
}

/** Applies edits as an editor does: all of them of the text as it was; they stand in order and do not overlap. */
export function withEdits(
  text: string,
  edits: readonly { start: number; end: number; text: string }[],
): string {
  let done = '';
  let at = 0;
  for (const edit of edits) {
    assert.ok(edit.start >= at && edit.end >= edit.start && edit.end <= text.length, JSON.stringify(edits));
    done += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return done + text.slice(at);
}

/** Why nothing was inserted. */
export function refused(source: string, setup: Setup): string {
  const { answer } = insert(source, setup);
  assert.ok('nothing' in answer, `edits: ${JSON.stringify(answer)}`);
  assert.notEqual(answer.copy, '');
  return answer.nothing;
}
