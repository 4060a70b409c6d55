/** Numbers, money and times as this language writes them. */
import * as l10n from '@vscode/l10n';

/** Of the page: set once, before anything is drawn. */
let language: string | undefined;
let formats = makeFormats();

function makeFormats() {
  return {
    whole: new Intl.NumberFormat(language),
    compact: new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }),
    percent: new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }),
    money: new Intl.NumberFormat(language, { style: 'currency', currency: 'USD' }),
    littleMoney: new Intl.NumberFormat(language, {
      style: 'currency',
      currency: 'USD',
      maximumSignificantDigits: 2,
    }),
    when: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }),
    time: new Intl.DateTimeFormat(language, { timeStyle: 'short' }),
    day: new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric' }),
    date: new Intl.DateTimeFormat(language, { dateStyle: 'medium' }),
    seconds: new Intl.NumberFormat(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 }),
  };
}

/** Takes a language tag; what is no tag leaves the browser's own language. */
export function setLanguage(tag: string): void {
  try {
    language = Intl.getCanonicalLocales(tag)[0];
  } catch {
    language = undefined;
  }
  formats = makeFormats();
}

export const whole = (value: number): string => formats.whole.format(value);

/** Short from ten thousand on: `12.4K`. */
export const compact = (value: number): string =>
  value < 10_000 ? formats.whole.format(value) : formats.compact.format(value);

/** A part of a whole. What is not nothing is not said to be 0 %, what is not all not 100 %. */
export function share(part: number, all: number): string {
  if (all === 0) return '';
  const rounded = Math.round((part / all) * 100);
  const honest = part > 0 && rounded === 0 ? 1 : part < all && rounded === 100 ? 99 : rounded;
  return formats.percent.format(honest / 100);
}

/** US dollars. */
export function money(usd: number | null): string {
  if (usd === null) return l10n.t('price not known');
  return usd > 0 && usd < 0.01 ? formats.littleMoney.format(usd) : formats.money.format(usd);
}

export const when = (ms: number): string => formats.when.format(ms);

/** As short as can be: the time of a moment of today, the day of one of this year. */
export function shortWhen(ms: number, now = Date.now()): string {
  const [then, today] = [new Date(ms), new Date(now)];
  if (then.toDateString() === today.toDateString()) return formats.time.format(ms);
  return (then.getFullYear() === today.getFullYear() ? formats.day : formats.date).format(ms);
}

/** A duration in milliseconds. */
export function duration(ms: number): string {
  return ms < 1000
    ? l10n.t('{0} ms', formats.whole.format(Math.round(ms)))
    : l10n.t('{0} s', formats.seconds.format(ms / 1000));
}
