/** Times as people say them. */
import * as l10n from '@vscode/l10n';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `2 min ago`; what is older than a month has a date. */
export function ago(then: number, now: number): string {
  const passed = now - then;
  if (passed < minute) return l10n.t('just now');
  if (passed < hour) return l10n.t('{0} min ago', Math.floor(passed / minute));
  if (passed < day) return l10n.t('{0} h ago', Math.floor(passed / hour));
  if (passed < 2 * day) return l10n.t('yesterday');
  if (passed < 30 * day) return l10n.t('{0} days ago', Math.floor(passed / day));
  return new Date(then).toLocaleDateString(undefined, { dateStyle: 'medium' });
}

/** Date and time, whole. */
export function dateAndTime(time: number): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** `12 ms`, `3.4 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return l10n.t('{0} ms', String(Math.round(ms)));
  if (ms < 60_000) return l10n.t('{0} s', (ms / 1000).toFixed(1));
  return l10n.t('{0} min {1} s', String(Math.floor(ms / 60_000)), String(Math.floor((ms % 60_000) / 1000)));
}
