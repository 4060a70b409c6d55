/** Numbers with their words, as people write them: a text for one and a text for more, since languages differ in that. */
import * as l10n from '@vscode/l10n';

/** `1,200` in English. */
export function number(value: number): string {
  return value.toLocaleString(language());
}

/** US dollars, in cents; what is less than one is said to be that. */
export function money(usd: number): string {
  const text = (value: number) => value.toLocaleString(language(), { style: 'currency', currency: 'USD' });
  return usd > 0 && usd < 0.01 ? l10n.t('less than {0}', text(0.01)) : text(usd);
}

/** The first few, and how many more there are. */
export function few(names: readonly string[], most: number): string {
  if (names.length <= most) return names.join(', ');
  return l10n.t('{0} and {1} more', names.slice(0, most).join(', '), number(names.length - most));
}

function language(): string {
  return l10n.t({
    message: 'en-US',
    comment: ['The tag of this language (BCP 47): numbers are written as it is usual there.'],
  });
}

export function tools(count: number): string {
  return count === 1 ? l10n.t('1 tool') : l10n.t('{0} tools', number(count));
}

export function runs(count: number): string {
  return count === 1 ? l10n.t('1 run') : l10n.t('{0} runs', number(count));
}

export function trials(count: number): string {
  return count === 1 ? l10n.t('1 trial') : l10n.t('{0} trials', number(count));
}

export function examples(count: number): string {
  return count === 1 ? l10n.t('1 example') : l10n.t('{0} examples', number(count));
}

export function failedCalls(count: number): string {
  return count === 1 ? l10n.t('1 failed call') : l10n.t('{0} failed calls', number(count));
}

export function lessons(count: number): string {
  return count === 1 ? l10n.t('1 lesson') : l10n.t('{0} lessons', number(count));
}

export function modelCalls(count: number): string {
  return count === 1 ? l10n.t('1 model call') : l10n.t('{0} model calls', number(count));
}

export function tokens(count: number): string {
  return count === 1 ? l10n.t('1 token') : l10n.t('{0} tokens', number(count));
}

export function paraphrases(count: number): string {
  return count === 1 ? l10n.t('1 paraphrase') : l10n.t('{0} paraphrases', number(count));
}

export function abstentions(count: number): string {
  return count === 1 ? l10n.t('1 abstention') : l10n.t('{0} abstentions', number(count));
}

export function entries(count: number): string {
  return count === 1 ? l10n.t('1 entry') : l10n.t('{0} entries', number(count));
}

export function problems(count: number): string {
  return count === 1 ? l10n.t('1 problem') : l10n.t('{0} problems', number(count));
}

/** Failed calls, beside other counts where there is little room. */
export function failed(count: number): string {
  return l10n.t('{0} failed', number(count));
}
