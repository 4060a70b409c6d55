import type { JsonObject } from '../../../../src/core/json.ts';
import type { MadeUpTool } from './world.ts';

const strings = (...names: string[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
const schema = (properties: JsonObject, required: string[]): JsonObject => ({
  type: 'object',
  properties,
  required,
});

/** Tools with a convention that their descriptions do not tell, each with an error text in another style. */
export const madeUpTools: MadeUpTool[] = [
  {
    name: 'parcelFee',
    description: 'Computes what a parcel of a weight costs.',
    parameters: schema({ weight: { type: 'number' }, unit: { type: 'string' } }, ['weight', 'unit']),
    run({ weight, unit }) {
      if (!['kg', 'lb', 'oz'].includes(String(unit)))
        throw new Error(`Unit "${unit}" is unknown. Known units: kg, lb, oz.`);
      if (Number(weight) <= 0) throw new Error('weight must be greater than 0');
      return `fee ${Number(weight) * 2}`;
    },
  },
  {
    name: 'holidayCheck',
    description: 'Tells whether a date is a holiday.',
    parameters: schema({ date: { type: 'string' } }, ['date']),
    run({ date }) {
      if (!/^\d\d\.\d\d\.\d{4}$/.test(String(date)))
        throw new Error(`java.text.ParseException: Unparseable date: "${date}"; expected pattern dd.MM.yyyy`);
      return 'no holiday';
    },
  },
  {
    name: 'pingPhone',
    description: 'Sends a test message to a traveller.',
    parameters: schema(
      {
        traveller: {
          type: 'object',
          properties: { phone: { type: 'string' }, age: { type: 'integer' } },
          required: ['phone', 'age'],
        },
      },
      ['traveller'],
    ),
    run({ traveller }) {
      const { phone, age } = traveller as { phone: string; age: number };
      if (!/^\+[1-9]\d{7,14}$/.test(phone))
        throw new Error(
          '{"errors":[{"instancePath":"/traveller/phone","message":"must be in E.164 format"}]}',
        );
      if (!(age >= 18 && age <= 99))
        throw new Error(
          '{"errors":[{"instancePath":"/traveller/age","message":"must be between 18 and 99"}]}',
        );
      return 'sent';
    },
  },
  {
    name: 'quoteRate',
    description: 'Quotes a rate for an amount.',
    parameters: schema({ amount: { type: 'number' } }, ['amount']),
    run({ amount, market_code }) {
      if (market_code === undefined)
        throw new Error("400 Bad Request: missing required parameter 'market_code'");
      return `rate for ${amount}`;
    },
  },
  {
    name: 'capital',
    description: 'Names the capital of a country.',
    parameters: schema(strings('country'), ['country']),
    run({ country }) {
      if (!['DEU', 'USA', 'FRA', 'JPN', 'GBR', 'BRA', 'IND'].includes(String(country)))
        throw new Error(`No such country: ${country}`);
      return 'a capital';
    },
  },
  {
    name: 'sumUp',
    description: 'Computes the digest of a text.',
    parameters: schema(strings('algorithm', 'text'), ['algorithm', 'text']),
    run({ algorithm }) {
      if (!['SHA-256', 'SHA-1', 'SHA-512'].includes(String(algorithm)))
        throw new Error('Digest method not supported');
      return 'abc';
    },
  },
  {
    name: 'topList',
    description: 'Lists the most read articles.',
    parameters: schema({ limit: { type: 'integer' }, verbose: { type: 'boolean' } }, ['limit']),
    run({ limit, verbose }) {
      if (verbose !== undefined) throw new Error('Unknown parameter: verbose');
      if (Number(limit) > 4 || Number(limit) < 1)
        throw new Error(`ensure this value is less than or equal to 4: limit`);
      return '["a"]';
    },
  },
  {
    name: 'nights',
    description: 'Counts the nights of a stay.',
    parameters: schema(
      { checkIn: { type: 'string', format: 'date' }, checkOut: { type: 'string', format: 'date' } },
      ['checkIn', 'checkOut'],
    ),
    run({ checkIn, checkOut }) {
      if (String(checkIn) >= String(checkOut)) throw new Error('checkIn must be before checkOut');
      return '3';
    },
  },
  {
    name: 'moonPhase',
    description: 'Gives the phase of the moon.',
    parameters: schema({ moment: { type: 'string' } }, ['moment']),
    run({ moment }) {
      if (!/^\d{9,11}$/.test(String(moment)))
        throw new Error(`strconv: moment must be a unix timestamp in seconds, got "${moment}"`);
      return 'waxing';
    },
  },
  {
    name: 'ride',
    description: 'Finds a seat on a train.',
    parameters: schema({ carriage: { type: 'string' }, seats: { type: 'integer' } }, ['carriage', 'seats']),
    run({ carriage, seats }) {
      if (!['couchette', 'sleeper', 'parlour'].includes(String(carriage)))
        throw new Error(
          `unknown variant \`${carriage}\`, expected one of \`couchette\`, \`sleeper\`, \`parlour\` at line 1 column 13`,
        );
      if (Number(seats) > 6) throw new Error('invalid value: seats must not exceed 6');
      return 'seat 7';
    },
  },
  {
    name: 'askStore',
    description: 'Runs a read-only SQL query on the store database.',
    parameters: schema(strings('sql'), ['sql']),
    run({ sql }) {
      const text = String(sql);
      if (/\bfrom (?!sqlite_master)(\w+)/i.test(text))
        throw new Error(`no such table: ${/from (\w+)/i.exec(text)?.[1]}`);
      if (/^(SHOW|DESCRIBE)/.test(text)) throw new Error(`near "${text.split(' ')[0]}": syntax error`);
      const wrong = /\b(LEN|UCASE|NOW|CONCAT)\(/.exec(text)?.[1];
      if (wrong) throw new Error(`no such function: ${wrong}`);
      return '1';
    },
  },
  {
    name: 'localNow',
    description: 'Tells the current time somewhere.',
    parameters: schema({ zone: { type: 'string', description: 'Time zone' } }, ['zone']),
    run({ zone }) {
      new Intl.DateTimeFormat('en', { timeZone: String(zone) });
      if (!String(zone).includes('/')) throw new RangeError(`Invalid time zone specified: ${zone}`);
      return '12:00';
    },
  },
];
