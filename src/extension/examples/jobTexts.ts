/** What people read before and after work on examples. */
import * as l10n from '@vscode/l10n';
import type { Job, JobKind } from '../../core/job.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { Budget } from '../../core/run.ts';
import type { JobEstimate } from '../../protocol/engine.ts';
import * as counts from '../state/counts.ts';

/** What it takes at most, a paragraph each. */
export function amountText({ modelCalls, toolCalls, tokens, usd, budget }: JobEstimate): string[] {
  const amounts = [counts.modelCalls(modelCalls), counts.tokens(upTo(tokens))];
  const most =
    usd === null
      ? l10n.t('At most {0} and {1}. The price of this model is not known.', ...amounts)
      : l10n.t('At most {0} and {1}, for about {2}.', ...amounts, counts.money(usd));
  return [
    most,
    ...(toolCalls > 0
      ? [
          l10n.t(
            'Calls of tools that only read are made again: at most {0}. Other tools are not called.',
            counts.number(toolCalls),
          ),
        ]
      : []),
    ...limits(budget),
  ];
}

/** A bound that is computed to the last token says more than anybody knows: it is rounded up to two digits. */
function upTo(bound: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, bound))) - 1);
  return Math.ceil(bound / unit) * unit;
}

function limits({ modelCalls, tokens, usd }: Budget): string[] {
  const set = [
    ...(modelCalls === null ? [] : [counts.modelCalls(modelCalls)]),
    ...(tokens === null ? [] : [counts.tokens(tokens)]),
    ...(usd === null ? [] : [counts.money(usd)]),
  ];
  return set.length === 0 ? [] : [l10n.t('It stops at its limit: {0}.', set.join(', '))];
}

export interface JobEnd {
  severity: 'info' | 'error' | 'warning';
  text: string;
  resumable: boolean;
  /** Examples that it left for a person to review. */
  review: number;
}

/** The last word about such work. */
export function jobEnd(job: Job): JobEnd {
  const review = numberOf(job.result, 'review');
  const end = (severity: JobEnd['severity'], text: string, resumable: boolean): JobEnd => ({
    severity,
    text,
    resumable,
    review,
  });
  const what = jobName(job.kind);
  const steps = l10n.t('{0} of {1}', counts.number(job.done), counts.number(job.of));
  switch (job.status) {
    case 'finished':
      return end('info', finished(job), false);
    case 'stopped':
      return end('info', l10n.t('{0}: stopped at {1}. What is done is kept.', what, steps), true);
    case 'budget':
      return end(
        'info',
        l10n.t('{0}: the budget is used up at {1}. What is done is kept.', what, steps),
        true,
      );
    case 'failed':
      return end('error', failed(job, what), true);
    case 'interrupted':
    case 'running':
      return end('warning', l10n.t('{0}: cut off at {1}. What is done is kept.', what, steps), true);
  }
}

export function jobName(kind: JobKind): string {
  return {
    verify: l10n.t('Verifying examples'),
    expand: l10n.t('Adding examples'),
    evaluate: l10n.t('Evaluating'),
    lift: l10n.t('Measuring examples'),
  }[kind];
}

function finished({ kind, result }: Job): string {
  if (kind === 'verify') {
    const parts = [
      l10n.t('{0} judged right', counts.number(numberOf(result, 'verified'))),
      l10n.t('{0} to review', counts.number(numberOf(result, 'review'))),
      ...some(result, 'ruled', (count) => l10n.t('{0} ruled on by you', count)),
      ...some(result, 'executed', (count) => l10n.t('{0} whose calls work', count)),
      ...some(result, 'unverified', (count) => l10n.t('{0} not checked', count)),
    ];
    const unjudged = numberOf(result, 'unjudged');
    const left =
      unjudged > 0
        ? ` ${l10n.t('The judge was not understood on {0} of them.', counts.number(unjudged))}`
        : '';
    const examples = numberOf(result, 'examples') + numberOf(found(result), 'found');
    return l10n.t('Verified {0}: {1}.', counts.examples(examples), parts.join(', ')) + left;
  }
  if (kind === 'expand') {
    const parts = [
      counts.paraphrases(numberOf(result, 'paraphrases')),
      counts.abstentions(numberOf(result, 'nearMisses') + numberOf(result, 'missingValues')),
    ];
    return l10n.t('Added {0}.', parts.join(', '));
  }
  return l10n.t('{0}: done.', jobName(kind));
}

function failed({ error }: Job, what: string): string {
  const said = l10n.t('{0} failed.', what);
  return error ? `${said} ${error.message} ${error.advice}` : said;
}

/** Nothing for none. */
function some(result: JsonObject | null, key: string, text: (count: string) => string): string[] {
  const count = numberOf(result, key);
  return count === 0 ? [] : [text(counts.number(count))];
}

/** Trials that called themselves unfulfilled and leave an example after all. */
function found(result: JsonObject | null): JsonObject | null {
  const candidates = result?.candidates;
  return isJsonObject(candidates) ? candidates : null;
}

/** What came out of it comes over a border, and its shape belongs to the kind of work. */
function numberOf(result: JsonObject | null, key: string): number {
  const value = result?.[key];
  return typeof value === 'number' ? value : 0;
}
