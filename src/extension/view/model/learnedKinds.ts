/** The kinds of what is learned of a tool, as rows below it. */
import * as l10n from '@vscode/l10n';
import type { Example, Lesson } from '../../../core/trial.ts';
import { engine, type FailureCount } from '../../../protocol/engine.ts';
import { lessonExplanation } from '../../state/failureWords.ts';
import type { Asking } from './asking.ts';
import { ExampleNode } from './exampleNode.ts';
import { FailureTypeNode } from './failureTypeNode.ts';
import { LearnedNode } from './learnedNode.ts';
import { LessonNode } from './lessonNode.ts';
import type { ToolNode } from './toolNode.ts';

/** What a page is asked for by. */
const page = (tool: ToolNode, after: string | undefined, limit: number) => ({
  tool: tool.toolId,
  limit,
  ...(after === undefined ? {} : { after }),
});

export function examplesOf(asking: Asking, tool: ToolNode): LearnedNode<Example, ExampleNode> {
  return new LearnedNode(asking, tool, {
    name: 'examples',
    label: l10n.t('Learned examples'),
    tooltip: l10n.t(
      'Queries that this tool answered, with the calls that did it. Insert them into a prompt, or drag them into an editor.',
    ),
    icon: 'lightbulb',
    ask: (after, limit) => asking.request(engine.examples, page(tool, after, limit)),
    key: ({ id }) => id,
    make: (owner, example) => new ExampleNode(owner, example),
  });
}

/** By what went wrong. */
export function failuresOf(asking: Asking, tool: ToolNode): LearnedNode<FailureCount, FailureTypeNode> {
  return new LearnedNode(asking, tool, {
    name: 'failures',
    label: l10n.t('Failed calls'),
    tooltip: l10n.t(
      'Calls that went wrong, by how: what was called, what the tool said, and what worked then.',
    ),
    icon: 'bug',
    ask: async () => ({
      rows: await asking.request(engine.failureCounts, { tool: tool.toolId }),
      next: null,
    }),
    key: ({ type }) => type,
    make: (owner, failures) => new FailureTypeNode(asking, owner, tool.toolId, failures),
  });
}

export function lessonsOf(asking: Asking, tool: ToolNode): LearnedNode<Lesson, LessonNode> {
  return new LearnedNode(asking, tool, {
    name: 'lessons',
    label: l10n.t('Lessons'),
    tooltip: lessonExplanation(),
    icon: 'mortar-board',
    ask: (after, limit) => asking.request(engine.lessons, page(tool, after, limit)),
    key: ({ id }) => id,
    make: (owner, lesson) => new LessonNode(asking, owner, lesson),
  });
}
