import { pictureOf, readMoment } from '../dates.ts';
import type { FormatName } from './finding.ts';

const pictureText = [
  /%[YyHIdmB](?:[^\s"'`,;)]|\s(?=%))*/,
  /\b(?:2006-01-02|02\.01\.2006|01\/02\/2006|20060102)(?:[T ]15:04(?::05)?(?:\.000)?(?:Z07:00|Z)?)?/,
  /\b15:04(?::05)?\b/,
  /(?<![A-Za-z])(?:YYYYMMDD|yyyyMMdd)(?![A-Za-z])/,
  /(?<![A-Za-z])(?:YYYY|yyyy|MM|mm|DD|dd)[-/.](?:MM|mm|DD|dd)(?:[-/.](?:YYYY|yyyy|DD|dd))?(?:['T ]+(?:HH|hh):(?:MM|mm)(?::(?:SS|ss)(?:\.[Sfs0]{1,6})?)?(?:'?Z'?|XXX)?)?/,
  /(?<![A-Za-z])(?:HH|hh):(?:MM|mm)(?::(?:SS|ss))?/,
];

const named: readonly [RegExp, FormatName][] = [
  [/\be-?mail\b/i, 'email'],
  [/\buuid|guid\b/i, 'uuid'],
  [/\bipv4\b/i, 'ipv4'],
  [/\bipv6\b/i, 'ipv6'],
  [/\bhostname\b/i, 'hostname'],
  [/\b(?:url|uri)\b/i, 'uri'],
  [/\bE\.?164\b/i, 'e164'],
  [/\bbase64\b/i, 'base64'],
  [/\b(?:hex|hexadecimal)\b/i, 'hex'],
  [/\bISO[- ]?4217\b|\balpha-?3\b|\b(?:3|three)[- ]letter\b/i, 'code3'],
  [/\bISO[- ]?3166\b|\balpha-?2\b|\b(?:2|two)[- ]letter\b/i, 'code2'],
  [/\bBCP[- ]?47\b/i, 'locale'],
  [/\bIANA\b/i, 'zone'],
  [/\bduration\b/i, 'duration'],
];

/** Only a text that speaks of form names a format: "no mail for a@b" does not. */
const speaksOfForm =
  /\b(?:format|valid|invalid|malformed|must be|should be|expected|expects?|not an?|well-formed|parse|code)\b/i;

/** The picture after which a text wants dates or times; `value` is what was refused. */
export function pictureIn(text: string, value: unknown): string | null {
  for (const pattern of pictureText) {
    const found = pattern.exec(text);
    const picture = found && pictureOf(clockMinutes(found[0].trim().replace(/[.'":]+$/, '')));
    if (picture) return picture;
  }
  const known = /(?:format|valid|RFC|ISO)\D{0,12}?["'`]?(date-time|datetime|date|time)\b/i
    .exec(text)?.[1]
    ?.toLowerCase();
  if (/\b(?:epoch|unix)\b/i.test(text)) return /milli/i.test(text) ? 'x' : 'X';
  if (/RFC[- ]?3339/i.test(text)) return known === 'date' ? 'YYYY-MM-DD' : 'YYYY-MM-DDTHH:mm:ssZ';
  if (/ISO[- ]?8601/i.test(text)) {
    const moment = typeof value === 'string' ? readMoment(value) : null;
    const timed =
      /date-?time|timestamp|instant/i.test(text) || (moment !== null && String(value).includes(':'));
    return timed ? 'YYYY-MM-DDTHH:mm:ssZ' : 'YYYY-MM-DD';
  }
  if (!/\bformat\b|valid (?:ISO )?date/i.test(text) || !known) return null;
  return known === 'date' ? 'YYYY-MM-DD' : known === 'time' ? 'HH:mm:ssZ' : 'YYYY-MM-DDTHH:mm:ssZ';
}

/** The format that a text asks for by name, and for hexadecimal its length. */
export function formatIn(text: string): { format: FormatName; length?: number } | null {
  if (!speaksOfForm.test(text)) return null;
  const format = named.find(([pattern]) => pattern.test(text))?.[1];
  if (!format) return null;
  const length =
    format === 'hex' ? /(\d{1,3})[- ]*(?:char|hex|digit)|length\D{0,8}(\d{1,3})/i.exec(text) : null;
  return length ? { format, length: Number(length[1] ?? length[2]) } : { format };
}

/** The regular expression that a text asks a value to match. */
export function patternIn(text: string): string | null {
  return /\^[^\n]{1,200}\$/.exec(text)?.[0] ?? null;
}

/** In `HH:MM` the last two are minutes, whatever their case. */
function clockMinutes(picture: string): string {
  return picture.replace(/(?<=(?:HH|hh):)MM/, 'mm').replace(/:SS/, ':ss');
}
