/** What a person is told before a run starts. */

import * as l10n from '@vscode/l10n';
import type { Budget } from '../../core/run.ts';
import { toolName } from '../../core/toolName.ts';
import type { RunEstimate } from '../../protocol/engine.ts';
import * as counts from './counts.ts';
import { visible } from './harmless.ts';
import { riskText } from './runTexts.ts';

/** Of the tools that ask, so many are named; of those that are left out, so many say why. */
const named = 8;
const explained = 3;

/** The model as the person knows it. */
export interface EstimatedModel {
  name: string;
  isSampler: boolean;
}

/** `only` is the name of the tool where the run is about one. */
export function estimateText(
  estimate: RunEstimate,
  model: EstimatedModel,
  only: string | null,
): { question: string; detail: string } {
  const tools = only === null ? counts.tools(estimate.tools) : visible(only, 80);
  const question = model.isSampler
    ? l10n.t('Explore {0} with the offline sampler?', tools)
    : l10n.t('Explore {0} with {1}?', tools, model.name);
  const detail = [
    ...(model.isSampler
      ? [
          l10n.t(
            'A demonstration: the sampler makes up queries without a language model, so what it learns is no evidence about one.',
          ),
        ]
      : []),
    amountText(estimate, model),
    ...playing(estimate, model),
    ...limits(estimate.budget),
    ...asking(estimate, only),
    ...leftOut(estimate),
    ...ofEditor(estimate),
  ].join('\n\n');
  return { question, detail };
}

function amountText(estimate: RunEstimate, { isSampler }: EstimatedModel): string {
  const sentences = isSampler
    ? [l10n.t('At most {0}.', counts.trials(estimate.trials)), usual(estimate), l10n.t('It costs nothing.')]
    : [most(estimate), usual(estimate)];
  return sentences.filter(Boolean).join(' ');
}

function most({ trials, modelCalls, tokens, usd }: RunEstimate): string {
  const amounts = [counts.trials(trials), counts.modelCalls(modelCalls), counts.tokens(upTo(tokens))];
  if (usd === null)
    return l10n.t('At most {0}, {1} and {2}. The price of this model is not known.', ...amounts);
  return l10n.t('At most {0}, {1} and {2}, for about {3}.', ...amounts, counts.money(usd));
}

/** A bound that is computed to the last token says more than anybody knows: it is rounded up to two digits. */
function upTo(bound: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, bound))) - 1);
  return Math.ceil(bound / unit) * unit;
}

/** An upper bound frightens: what ends a tool before it is said beside it. */
function usual({ settings }: RunEstimate): string {
  return settings.stopRule
    ? l10n.t('It is usually far less: a tool is done when its trials teach nothing new.')
    : '';
}

/** Limits that hold already, from the settings, a manifest or this person a moment ago. */
function limits({ modelCalls, tokens, usd }: Budget): string[] {
  const set = [
    ...(modelCalls === null ? [] : [counts.modelCalls(modelCalls)]),
    ...(tokens === null ? [] : [counts.tokens(tokens)]),
    ...(usd === null ? [] : [counts.money(usd)]),
  ];
  return set.length === 0 ? [] : [l10n.t('The run stops at its limit: {0}.', set.join(', '))];
}

/** What is played, and that it is paid for: its calls are among the model calls above. */
function playing({ tools, simulated = 0 }: RunEstimate, { isSampler }: EstimatedModel): string[] {
  if (simulated === 0) return [];
  const who =
    simulated < tools
      ? l10n.t('Simulated: the model plays {0} of these tools.', counts.number(simulated))
      : tools === 1
        ? l10n.t('Simulated: the model plays this tool.')
        : l10n.t('Simulated: the model plays these tools.');
  const cost = isSampler ? '' : l10n.t('The calls it answers are model calls, counted above.');
  return [[who, cost, l10n.t('What it says is no evidence about the real tools.')].filter(Boolean).join(' ')];
}

function asking({ asksFor, tools, simulated = 0 }: RunEstimate, only: string | null): string[] {
  if (asksFor.length > 0) {
    const asks = asksFor.map(({ tool, risk }) => `${visible(toolName(tool), 80)} (${riskText(risk)})`);
    return [l10n.t('You will be asked before these are called: {0}.', counts.few(asks, named))];
  }
  if (simulated >= tools) return [l10n.t('You will not be asked before calls: nothing is really called.')];
  if (only !== null) return [l10n.t('You will not be asked before calls: this tool only reads.')];
  return simulated > 0
    ? [l10n.t('You will not be asked before calls: the other tools only read.')]
    : [l10n.t('You will not be asked before calls: these tools only read.')];
}

function leftOut({ leftOut: left }: RunEstimate): string[] {
  if (left.length === 0) return [];
  const why = left.slice(0, explained).map((one) => visible(one, 200));
  const more = left.length - why.length;
  const what =
    left.length === 1
      ? l10n.t('1 tool cannot be run.')
      : l10n.t('{0} tools cannot be run.', counts.number(left.length));
  return [[what, ...why, ...(more > 0 ? [l10n.t('The view Tools says why of the others.')] : [])].join('\n')];
}

/** Whoever explores all tools means those of the workspace. */
function ofEditor({ editorTools }: RunEstimate): string[] {
  if (editorTools === 0) return [];
  return [
    editorTools === 1
      ? l10n.t('The tool of the editor itself is not among them: choose it by its name.')
      : l10n.t(
          'The {0} tools of the editor itself are not among them: choose one by its name.',
          counts.number(editorTools),
        ),
  ];
}
