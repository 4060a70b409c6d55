import * as l10n from '@vscode/l10n';
import { toolName } from '../../core/toolName.ts';
import { type ExpandParams, engine, type JobEstimate } from '../../protocol/engine.ts';
import { readNumber, wrongNumber } from '../commands/limits.ts';
import { mayRun } from '../commands/mayExplore.ts';
import * as counts from '../state/counts.ts';
import { oneLine } from '../state/oneLine.ts';
import type { Choice, Person, Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';
import { askBeforeJob } from './askBeforeJob.ts';
import { chooseLanguageModel } from './chooseLanguageModel.ts';
import { chooseTools } from './chooseTools.ts';
import { followJob } from './followJob.ts';
import { amountText } from './jobTexts.ts';

/** What is suggested: examples a tool with those that say the same in other words, and abstentions of each kind. */
const suggested = { paraphrases: 30, abstentions: 5 };

type Amounts = Pick<ExpandParams, 'paraphrases' | 'abstentions'>;

/** Has a language model say examples in other words, and imagine queries that must not lead to a call. */
export async function expandExamples(around: Surroundings, target: Target): Promise<void> {
  if (!(await mayRun(around))) return;
  const { link, person } = around;
  const tools = await chooseTools(around, title(), target);
  const amounts = tools && (await chooseAmounts(person));
  if (!tools || !amounts) return;
  const model = await chooseLanguageModel(around, l10n.t('Adding examples'));
  if (!model) return;
  const params: ExpandParams = { tools, ...amounts, ...model.asked };
  const estimate = (budget: ExpandParams['budget']) =>
    link.request(engine.estimateJob, { kind: 'expand', ...params, ...(budget ? { budget } : {}) });
  if ((await estimate({})).modelCalls === 0) {
    await person.tell(
      'info',
      l10n.t('Nothing is missing: there are that many already, or no example to begin from.'),
    );
    return;
  }
  const budget = await askBeforeJob(around, estimate, (now) => questionOf(now, params, model.name));
  if (budget === null) return;
  const begun = { ...params, ...(Object.keys(budget).length > 0 ? { budget } : {}) };
  const { jobId } = await link.request(engine.expand, begun);
  void followJob(around, jobId);
}

const title = (): string => l10n.t('Add Paraphrases and Abstentions');

async function chooseAmounts(person: Person): Promise<Amounts | undefined> {
  const kinds: Choice<{ paraphrases: boolean; abstentions: boolean }>[] = [
    {
      label: l10n.t('Both'),
      icon: 'list-flat',
      value: { paraphrases: true, abstentions: true },
    },
    {
      label: l10n.t('Paraphrases'),
      detail: l10n.t('The same query in other words: the calls, and every value in them, stay as they are.'),
      icon: 'comment-discussion',
      value: { paraphrases: true, abstentions: false },
    },
    {
      label: l10n.t('Abstentions'),
      detail: l10n.t(
        'Queries that must not lead to a call: they only sound like one for the tool, or lack a value that it needs.',
      ),
      icon: 'circle-slash',
      value: { paraphrases: false, abstentions: true },
    },
  ];
  const kind = await person.pick(title(), l10n.t('What should be added?'), kinds);
  if (!kind) return undefined;
  const paraphrases = kind.paraphrases
    ? await askNumber(
        person,
        l10n.t('Examples per tool, paraphrases included'),
        l10n.t('Paraphrases are added until a tool has so many.'),
        suggested.paraphrases,
      )
    : 0;
  if (paraphrases === undefined) return undefined;
  const abstentions = kind.abstentions
    ? await askNumber(
        person,
        l10n.t('Abstentions per tool, of each kind'),
        l10n.t('So many that only sound like a query for the tool, and as many that lack a value.'),
        suggested.abstentions,
      )
    : 0;
  return abstentions === undefined ? undefined : { paraphrases, abstentions };
}

async function askNumber(
  person: Person,
  heading: string,
  prompt: string,
  value: number,
): Promise<number | undefined> {
  const typed = await person.type({
    title: heading,
    prompt,
    value: String(value),
    check: (text) => (readNumber(text, false) === null ? wrongNumber(false) : null),
  });
  return typed === undefined ? undefined : (readNumber(typed, false) ?? undefined);
}

function questionOf(estimate: JobEstimate, { tools, paraphrases, abstentions }: ExpandParams, name: string) {
  const [only] = tools;
  const what = only === undefined ? l10n.t('all tools') : oneLine(toolName(only), 80);
  return {
    question: l10n.t('Add examples of {0} with {1}?', what, name),
    detail: [
      ...(paraphrases > 0 ? [l10n.t('Paraphrases until a tool has {0}.', counts.examples(paraphrases))] : []),
      ...(abstentions > 0
        ? [
            l10n.t(
              'Up to {0} queries a tool that must not call it, and as many that lack a value, so that the model asks back.',
              counts.number(abstentions),
            ),
          ]
        : []),
      ...amountText(estimate),
    ].join('\n\n'),
  };
}
