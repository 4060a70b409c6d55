/** How the student, playing a person, names a thing of each kind in a request. */
import type { Random } from '../../../src/core/random.ts';
import type { Kind } from './kinds.ts';
import * as open from './openThings.ts';
import { names } from './statements.ts';
import * as things from './things.ts';

type Phrase = (random: Random) => string;

/** People, and models more so, name what comes to mind first again and again: early items are picked far more often. */
export function favourite<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(items.length * random.next() ** 2)] as T;
}

function oneOf(...items: readonly string[]): Phrase {
  return (random) => favourite(items, random);
}

function listedAs(kind: Kind, write: (said: string) => string): Phrase {
  return (random) => write(favourite(kind.concepts, random).said[0] ?? '');
}

const aDay: Phrase = (random) =>
  `${1 + random.below(28)} ${favourite(['May', 'March', 'July', 'October'], random)} 2025`;
const aClock: Phrase = oneOf('9 am', 'half past nine', '14:20', '4 pm', '7:45', '21:05', 'half past six');
const aNumber: Phrase = oneOf('5', '12', '40', '3.5', '100', '26', '7', '180', '64', '250');
const isoDay: Phrase = (random) => `2025-0${3 + random.below(4)}-${10 + random.below(19)}`;

const questions: readonly Phrase[] = [
  oneOf('the titles of all books', 'how many books there are', 'how many members there are'),
  (random) => `how many books were lent since ${isoDay(random)}`,
  oneOf('which books were printed before 1880', 'which books were printed after 1890'),
  oneOf('who wrote Heidi', 'who wrote Dracula', 'who wrote Kim'),
  oneOf('the names of all members', 'how many loans are not yet returned'),
  (random) => `how many books were returned after ${isoDay(random)}`,
  oneOf('how many loans member 1 has', 'how many loans book 4 has', 'the oldest book'),
];

/** What a request says of a database, in words. */
export const question: Phrase = (random) => favourite(questions, random)(random);

/** The names that a database may have, for who looks into it. */
export const tables: readonly string[] = ['books', 'members', 'loans'].filter((name) => name in names);

const phrases = new Map<Kind, Phrase>([
  [open.quantity, aNumber],
  [open.wholeNumber, oneOf('255', '1000', '-42', '65536', '7')],
  [open.base, oneOf('in base 16', 'in hexadecimal', 'in base 36', 'in octal', 'in base 64')],
  [open.quotedText, oneOf('"Careful"', '"Ready"', '"Meet me at nine"', '"Pay 5 now"', '"Done"')],
  [open.quotedKey, oneOf('with the key "k1"', 'with the key "summer"', 'with the key "7f3a"')],
  [
    open.code,
    oneOf(
      'with the country code CH',
      'with the country code BR',
      'with the language code pt',
      'with the currency code JPY',
    ),
  ],
  [open.train, oneOf('on IC 1', 'on IC 8', 'on IR 36', 'on RE 33')],
  [open.seat, (random) => `in seat ${1 + random.below(40)}${favourite(['A', 'B', 'C', 'D'], random)}`],
  [open.person, oneOf('for Ada Brunner', 'for Béla Szabó', 'for Chiara Conti')],
  [open.age, (random) => `aged ${8 + random.below(70)}`],
  [open.howMany, (random) => `${2 + random.below(8)} departures`],
  [open.upTo, oneOf('up to 100', 'up to 1000', 'up to 50000', 'up to 3000000')],
  [open.day, (random) => `of ${aDay(random)}`],
  [open.clock, (random) => `after ${aClock(random)}`],
  [open.moment, (random) => `on ${aDay(random)} at ${aClock(random)} UTC`],
  [things.units, listedAs(things.units, (said) => said)],
  [things.currencies, listedAs(things.currencies, (said) => said)],
  [things.languages, listedAs(things.languages, (said) => `in ${said}`)],
  [things.zones, listedAs(things.zones, (said) => `in ${said}`)],
  [things.looks, listedAs(things.looks, (said) => `with ${said}`)],
  [things.digests, listedAs(things.digests, (said) => `by ${said}`)],
  [things.encodings, listedAs(things.encodings, (said) => `as ${said}`)],
  [things.dateStyles, listedAs(things.dateStyles, (said) => `with dates as ${said}`)],
  [things.revisions, listedAs(things.revisions, (said) => `from ${said}`)],
  [things.stations, listedAs(things.stations, (said) => `at ${said}`)],
  [things.classes, listedAs(things.classes, (said) => `in ${said}`)],
]);

/** A thing of this kind as a request names it. */
export function phraseOf(kind: Kind | null, random: Random): string {
  return kind === null ? question(random) : (phrases.get(kind)?.(random) ?? '');
}
