/** The kinds of what is learned of a tool, as rows below it. */
import * as l10n from '@vscode/l10n';
import type { Lesson } from '../../../core/trial.ts';
import { engine, type FailureCount, type ShownExample } from '../../../protocol/engine.ts';
import { lessonExplanation } from '../../state/failureWords.ts';
import type { Asking } from './asking.ts';
import { ExampleNode } from './exampleNode.ts';
import { FailureTypeNode } from './failureTypeNode.ts';
import { GroupNode } from './groupNode.ts';
import { LearnedNode } from './learnedNode.ts';
import { LessonNode } from './lessonNode.ts';
import type { ToolNode } from './toolNode.ts';
import type { TreeNode } from './treeNode.ts';

/** What a page is asked for by. */
const page = (tool: ToolNode, after: string | undefined, limit: number) => ({
  tool: tool.toolId,
  limit,
  ...(after === undefined ? {} : { after }),
});

/** Of each family the example that stands for itself; what a person has turned down is put away below. */
export function examplesOf(asking: Asking, tool: ToolNode): LearnedNode<ShownExample, ExampleNode> {
  const key = ({ example }: ShownExample) => example.id;
  const make = (owner: TreeNode, example: ShownExample) => new ExampleNode(asking, owner, example);
  let rejected: TreeNode | null = null;
  let hasRejected = false;
  const askRejected = (after: string | undefined, limit: number) =>
    asking.request(engine.shownExamples, { ...page(tool, after, limit), rejected: true });
  return new LearnedNode(asking, tool, {
    name: 'examples',
    label: l10n.t('Learned examples'),
    tooltip: l10n.t(
      'Queries that this tool answered, with the calls that did it. Insert them into a prompt, or drag them into an editor.',
    ),
    icon: 'lightbulb',
    ask: async (after, limit) => {
      const found = await asking.request(engine.shownExamples, page(tool, after, limit));
      if (found.next === null) hasRejected = (await askRejected(undefined, 1)).rows.length > 0;
      return found;
    },
    key,
    make,
    last: (owner) => {
      if (!hasRejected) return [];
      rejected ??= new GroupNode<ShownExample, ExampleNode>(asking, owner, {
        name: 'rejected',
        label: l10n.t('Rejected'),
        tooltip: l10n.t('A person has turned these down. They are kept, and used nowhere.'),
        icon: 'thumbsdown',
        ask: askRejected,
        key,
        make,
      });
      return [rejected];
    },
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
  const specHash = () => tool.data.specHash;
  const make = (owner: TreeNode, lesson: Lesson) => new LessonNode(asking, owner, lesson, specHash);
  const key = ({ id }: Lesson) => id;
  let retired: TreeNode | null = null;
  let hasRetired = false;
  const askRetired = (after: string | undefined, limit: number) =>
    asking.request(engine.lessons, { ...page(tool, after, limit), retired: true });
  return new LearnedNode(asking, tool, {
    name: 'lessons',
    label: l10n.t('Lessons'),
    tooltip: lessonExplanation(),
    icon: 'mortar-board',
    ask: async (after, limit) => {
      const found = await asking.request(engine.lessons, { ...page(tool, after, limit), retired: false });
      if (found.next === null) hasRetired = (await askRetired(undefined, 1)).rows.length > 0;
      return found;
    },
    key,
    make,
    last: (owner) => {
      if (!hasRetired) return [];
      retired ??= new GroupNode<Lesson, LessonNode>(asking, owner, {
        name: 'retired',
        label: l10n.t('No longer holds'),
        tooltip: l10n.t(
          'Lessons that later trials contradict, or that another lesson says better. They are kept, and told to no model.',
        ),
        icon: 'archive',
        ask: askRetired,
        key,
        make,
      });
      return [retired];
    },
  });
}
