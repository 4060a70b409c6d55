/** The listed things: units, languages, currencies, places and so on, each in the ways in which people and programs write it. */
import { type Concept, type Kind, listed } from './kinds.ts';

function unit(cldr: string, singular: string, symbol: string, ...said: string[]): Concept {
  return { said, spellings: { singular, symbol, cldr } };
}

export const units: Kind = listed(
  ['singular', 'said', 'symbol', 'cldr'],
  [
    unit('mile', 'mile', 'mi', 'miles', 'mile'),
    unit('kilometer', 'kilometre', 'km', 'kilometres', 'kilometre', 'km'),
    unit('meter', 'metre', 'm', 'metres', 'metre'),
    unit('centimeter', 'centimetre', 'cm', 'centimetres', 'cm'),
    unit('foot', 'foot', 'ft', 'feet', 'foot'),
    unit('inch', 'inch', 'in', 'inches', 'inch'),
    unit('kilogram', 'kilogram', 'kg', 'kilograms', 'kilos'),
    unit('pound', 'pound', 'lb', 'pounds', 'pound'),
    unit('ounce', 'ounce', 'oz', 'ounces', 'ounce'),
    unit('liter', 'litre', 'l', 'litres', 'litre'),
    unit('milliliter', 'millilitre', 'ml', 'millilitres'),
    unit('fluid-ounce', 'fl. ounce', 'fl oz', 'fluid ounces', 'fluid ounce'),
    unit('acre', 'acre', 'ac', 'acres', 'acre'),
    unit('hectare', 'hectare', 'ha', 'hectares', 'hectare'),
    unit('celsius', 'celsius', '°C', 'degrees Celsius', 'Celsius'),
    unit('fahrenheit', 'fahrenheit', '°F', 'degrees Fahrenheit', 'Fahrenheit'),
    unit('gigabyte', 'gigabyte', 'GB', 'gigabytes', 'gigs'),
    unit('megabyte', 'megabyte', 'MB', 'megabytes'),
    unit('kilometer-per-hour', 'kilometre per hour', 'km/h', 'kilometres per hour', 'km/h'),
    unit('mile-per-hour', 'mph', 'mi/h', 'miles per hour'),
    unit('meter-per-second', 'metre per second', 'm/s', 'metres per second'),
    unit('hour', 'hour', 'h', 'hours', 'hour'),
    unit('minute', 'minute', 'min', 'minutes', 'minute'),
  ],
);

function language(name: string, tag: string, region: string, ...said: string[]): Concept {
  return { said: [name, ...said], spellings: { name, region, tag } };
}

/** In which language, or the way of which country: "in German", "the way the Swiss do". */
export const languages: Kind = listed(
  ['name', 'region', 'tag'],
  [
    language('German', 'de', 'de-DE', 'Germans'),
    language('French', 'fr', 'fr-FR'),
    language('Italian', 'it', 'it-IT', 'Italians'),
    language('Spanish', 'es', 'es-ES'),
    language('Portuguese', 'pt', 'pt-PT'),
    language('Japanese', 'ja', 'ja-JP'),
    language('Dutch', 'nl', 'nl-NL'),
    language('Polish', 'pl', 'pl-PL'),
    language('Swiss German', 'de-CH', 'de-CH', 'Swiss'),
  ],
  /\b(?:in|the way the|as the|do the|as|for) ((?:Swiss )?\p{Lu}\p{Ll}+(?:s)?)(?: (?:do|people|readers|write))?/u,
);

export const currencies: Kind = listed(
  ['code', 'said'],
  [
    { said: ['euros', 'euro'], spellings: { code: 'EUR' } },
    { said: ['US dollars', 'dollars'], spellings: { code: 'USD' } },
    { said: ['yen'], spellings: { code: 'JPY' } },
    { said: ['Swiss francs', 'francs'], spellings: { code: 'CHF' } },
    { said: ['pounds sterling', 'British pounds'], spellings: { code: 'GBP' } },
    { said: ['Swedish kronor'], spellings: { code: 'SEK' } },
    { said: ['zloty'], spellings: { code: 'PLN' } },
  ],
);

function place(said: string, zone: string, abbreviation: string): Concept {
  return { said: [said], spellings: { abbreviation, zone } };
}

export const zones: Kind = listed(
  ['said', 'abbreviation', 'zone'],
  [
    place('Tokyo', 'Asia/Tokyo', 'JST'),
    place('New York', 'America/New_York', 'EST'),
    place('Zurich', 'Europe/Zurich', 'CET'),
    place('London', 'Europe/London', 'BST'),
    place('Sydney', 'Australia/Sydney', 'AEST'),
    place('Los Angeles', 'America/Los_Angeles', 'PST'),
    place('Kolkata', 'Asia/Kolkata', 'IST'),
    place('São Paulo', 'America/Sao_Paulo', 'BRT'),
    place('Nairobi', 'Africa/Nairobi', 'EAT'),
    place('Auckland', 'Pacific/Auckland', 'NZST'),
  ],
);

export const codeKinds: Kind = listed(
  ['said', 'intl'],
  [
    { said: ['country'], spellings: { intl: 'region' } },
    { said: ['language'], spellings: { intl: 'language' } },
    { said: ['currency'], spellings: { intl: 'currency' } },
    { said: ['writing system', 'script'], spellings: { intl: 'script' } },
  ],
);

function look(said: string, ansi: string, css: string, ...more: string[]): Concept {
  return { said: [said, ...more], spellings: { css, ansi } };
}

export const looks: Kind = listed(
  ['said', 'css', 'ansi'],
  [
    look('bold', 'bold', 'bold'),
    look('underlined', 'underline', 'underline'),
    look('crossed out', 'strikethrough', 'line-through', 'struck through'),
    look('slanted', 'italic', 'oblique'),
    look('faint', 'dim', 'faint'),
    look('swapped colours', 'inverse', 'invert', 'inverted'),
    look('light red', 'redBright', 'lightred'),
    look('light green', 'greenBright', 'lightgreen'),
    look('a yellow background', 'bgYellow', 'background-yellow'),
    look('a blue background', 'bgBlue', 'background-blue'),
    look('a red background', 'bgRed', 'background-red'),
    look('a line above', 'overlined', 'overline'),
  ],
);

export const digests: Kind = listed(
  ['said', 'short', 'openssl'],
  [
    { said: ['SHA-256'], spellings: { short: 'sha256', openssl: 'sha256' } },
    { said: ['SHA-512'], spellings: { short: 'sha512', openssl: 'sha512' } },
    { said: ['BLAKE2b'], spellings: { short: 'blake2', openssl: 'blake2b512' } },
    { said: ['BLAKE2s'], spellings: { short: 'blake2-s', openssl: 'blake2s256' } },
    { said: ['SHA-3 of 256 bits'], spellings: { short: 'sha3', openssl: 'sha3-256' } },
    { said: ['SHA-3 of 512 bits'], spellings: { short: 'sha-3 512 bits', openssl: 'sha3-512' } },
    { said: ['MD5'], spellings: { short: 'md5', openssl: 'md5' } },
  ],
);

export const encodings: Kind = listed(
  ['said', 'buffer'],
  [
    { said: ['hexadecimal'], spellings: { buffer: 'hex' } },
    { said: ['Base64'], spellings: { buffer: 'base64' } },
    { said: ['URL-safe Base64'], spellings: { buffer: 'base64url' } },
  ],
);

export const dateStyles: Kind = listed(
  ['said', 'git'],
  [
    { said: ['ISO 8601'], spellings: { git: 'iso' } },
    { said: ['RFC 2822'], spellings: { git: 'rfc' } },
    { said: ['Unix timestamps', 'Unix time'], spellings: { git: 'unix' } },
    { said: ['how long ago', 'relative to today'], spellings: { git: 'relative' } },
    { said: ['days only', 'the day alone'], spellings: { git: 'short' } },
    { said: ["the reader's own time zone"], spellings: { git: 'local' } },
  ],
);

export const revisions: Kind = listed(
  ['said', 'ref'],
  [
    { said: ['main'], spellings: { ref: 'main' } },
    { said: ['version 1.0', 'release 1.0'], spellings: { ref: 'v1.0' } },
    { said: ['version 2.0', 'release 2.0'], spellings: { ref: 'v2.0' } },
    { said: ['the winter branch', 'the winter draft'], spellings: { ref: 'winter' } },
  ],
);

export const stations: Kind = listed(
  ['said', 'code'],
  [
    { said: ['Bern'], spellings: { code: 'BRN' } },
    { said: ['Zurich', 'Zürich'], spellings: { code: 'ZRH' } },
    { said: ['Geneva'], spellings: { code: 'GVA' } },
    { said: ['Basel'], spellings: { code: 'BSL' } },
  ],
);

export const classes: Kind = listed(
  ['ordinal', 'number', 'said', 'word'],
  [
    { said: ['first class'], spellings: { ordinal: '1st', number: '1', word: 'first' } },
    { said: ['second class'], spellings: { ordinal: '2nd', number: '2', word: 'second' } },
  ],
);
