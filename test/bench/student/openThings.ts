/** Things that cannot be listed: numbers, quoted texts, days, times of day, moments, names. */
import type { Json } from '../../../src/core/json.ts';
import { type Found, type Kind, open } from './kinds.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const hours = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'noon',
];

/** What the pattern's first group holds, as one value that everybody writes alike. */
function plain(pattern: RegExp, read: (text: string) => Json = (text) => text): Kind {
  return open(['plain'], (request) => {
    const said = pattern
      .exec(request)
      ?.slice(1)
      .find((group) => group !== undefined);
    return said === undefined ? null : { said, spellings: { plain: read(said) } };
  });
}

function number(text: string): number {
  return Number(text.replaceAll(',', ''));
}

const figure = '(-?\\d[\\d,]*(?:\\.\\d+)?)';

export const quantity: Kind = plain(new RegExp(`${figure}(?=[ °]*[\\p{L}°])`, 'u'), number);
export const wholeNumber: Kind = plain(/(?<!base )(?<![\d.:])(-?\d[\d,]*)(?![\d.]*\d|:)/, number);
/** The quoted text that is no key. */
export const quotedText: Kind = open(['plain'], (request) => {
  const said = /"([^"]+)"/.exec(request.replace(/key "[^"]+"/, ''))?.[1];
  return said === undefined ? null : { said, spellings: { plain: said } };
});
export const quotedKey: Kind = plain(/key "([^"]+)"/);
export const code: Kind = plain(/code ((?!of\b)[A-Za-z]{2,4})\b/);
export const train: Kind = plain(/\b((?:IC|IR|RE) ?\d{1,2})\b/);
export const seat: Kind = plain(/seat (\d{1,2}[A-D])\b/);
export const person: Kind = plain(/\bfor (\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)+)/u);
export const age: Kind = plain(/\b(?:aged|who is) (\d{1,3})\b/, number);
export const howMany: Kind = plain(
  /\b(\d{1,2}) (?:newest |next |last )?(?:departures|trains|connections|commits|entries|changes)\b/,
  number,
);
export const upTo: Kind = plain(/(?:up to|below|until|as far as|not above) (\d[\d,]*)/, number);

const bases: Readonly<Record<string, number>> = { binary: 2, octal: 8, hexadecimal: 16, duodecimal: 12 };

export const base: Kind = open(['plain'], (request) => {
  const match = /\bbase (\d+)\b|\b(binary|octal|hexadecimal|duodecimal)\b/.exec(request);
  if (!match) return null;
  const [said, digits, word = ''] = match;
  return { said, spellings: { plain: digits === undefined ? (bases[word] ?? 2) : Number(digits) } };
});

/** "3 May 2025": as people write it, with slashes, and as programs do. */
export const day: Kind = open(
  ['said', 'slashes', 'iso'],
  (request) => {
    const match = dayIn(request);
    if (!match) return null;
    const { said, year, month, date } = match;
    const iso = `${year}-${two(month)}-${two(date)}`;
    return { said, spellings: { said, slashes: `${two(date)}/${two(month)}/${year}`, iso } };
  },
  { said: /^\d{1,2} \p{L}+ \d{4}$/u, slashes: /^\d{1,2}\/\d{1,2}\/\d{4}$/, iso: /^\d{4}-\d\d-\d\d$/ },
);

/** "half past nine", "9 am", "21:05". */
export const clock: Kind = open(
  ['said', 'short', 'padded'],
  (request) => {
    const time = clockIn(request);
    if (!time) return null;
    const { said, hour, minute } = time;
    return {
      said,
      spellings: { said, short: `${hour}:${two(minute)}h`, padded: `${two(hour)}:${two(minute)}` },
    };
  },
  { said: /\p{L}/u, short: /^\d{1,2}:\d\dh$/, padded: /^\d\d:\d\d$/ },
);

/** A day and a time of day in UTC. */
export const moment: Kind = open(
  ['said', 'spaced', 'iso'],
  (request): Omit<Found, 'kind'> | null => {
    const on = dayIn(request);
    const at = clockIn(request);
    if (!on || !at) return null;
    const date = `${on.year}-${two(on.month)}-${two(on.date)}`;
    const time = `${two(at.hour)}:${two(at.minute)}`;
    const said = `${on.said}, ${at.said}`;
    return { said, spellings: { said, spaced: `${date} ${time} UTC`, iso: `${date}T${time}:00Z` } };
  },
  { spaced: /^\d{4}-\d\d-\d\d \d\d:\d\d/, iso: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/ },
);

function dayIn(request: string): { said: string; year: number; month: number; date: number } | null {
  const match = new RegExp(`\\b(\\d{1,2}) (${months.join('|')}) (\\d{4})\\b`).exec(request);
  if (!match) return null;
  const [said, date, month = '', year] = match;
  return { said, date: Number(date), month: months.indexOf(month) + 1, year: Number(year) };
}

function clockIn(request: string): { said: string; hour: number; minute: number } | null {
  const digits = /\b(\d{1,2}):(\d\d)\b/.exec(request);
  if (digits) return { said: digits[0], hour: Number(digits[1]), minute: Number(digits[2]) };
  const short = /\b(\d{1,2}) (am|pm)\b/.exec(request);
  if (short) {
    const hour = (Number(short[1]) % 12) + (short[2] === 'pm' ? 12 : 0);
    return { said: short[0], hour, minute: 0 };
  }
  const half = new RegExp(`\\bhalf past (${hours.join('|')})\\b`).exec(request);
  return half ? { said: half[0], hour: hours.indexOf(half[1] ?? '') + 1, minute: 30 } : null;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
