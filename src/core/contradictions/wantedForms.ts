/** Forms that tools want of a text where their schema says only that it is one. */

export interface WantedForm {
  /** How a person calls it. */
  say: string;
  keyword: 'format' | 'pattern';
  value: string;
  test(text: string): boolean;
}

const format = (value: string, say: string, pattern: RegExp): WantedForm => ({
  say,
  keyword: 'format',
  value,
  test: (text) => text.length <= 300 && pattern.test(text),
});
const pattern = (value: string, say: string): WantedForm => {
  const compiled = new RegExp(value, 'u');
  return { say, keyword: 'pattern', value, test: (text) => text.length <= 300 && compiled.test(text) };
};

/** From the narrowest to the widest: the first one that tells taken from refused values is the one that is meant. */
export const wantedForms: readonly WantedForm[] = [
  format('date', 'a date as YYYY-MM-DD', /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/),
  format(
    'date-time',
    'a moment as YYYY-MM-DDThh:mm:ssZ',
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/i,
  ),
  pattern('^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$', 'a moment as YYYY-MM-DDThh:mm'),
  pattern('^\\d{2}:\\d{2}$', 'a time as hh:mm'),
  pattern('^\\d{4}-\\d{2}$', 'a month as YYYY-MM'),
  pattern('^\\d{8}$', 'a date as YYYYMMDD'),
  format('uuid', 'a UUID', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i),
  format('ipv4', 'an IPv4 address', /^(?:\d{1,3}\.){3}\d{1,3}$/),
  format('email', 'an e-mail address', /^[^\s@]{1,64}@[^\s@]{1,200}\.[^\s@.]{2,63}$/),
  format('uri', 'an address with its scheme, as https://…', /^[a-z][a-z0-9+.-]{1,20}:\/\/\S+$/i),
  pattern('^#[0-9A-Fa-f]{6}$', 'a colour as #rrggbb'),
  pattern('^[A-Z]{2}$', 'two capital letters'),
  pattern('^[A-Z]{3}$', 'three capital letters'),
  pattern('^[a-z]{2}$', 'two small letters'),
  pattern('^[a-z]{2}-[A-Z]{2}$', 'a language with its country, as en-US'),
  pattern('^[0-9]+$', 'digits alone'),
  pattern('^[A-Z]+$', 'capital letters alone'),
  pattern('^[a-z]+$', 'small letters alone'),
];
