import { concepts, type Pool } from './pool.ts';

/** Units, currencies, sizes: what stands beside a number. */
export const quantityPools: readonly Pool[] = [
  {
    hint: /\b(currency|currencies|money|iso 4217)\b/,
    concepts: concepts(`
      EUR | euro | Euro | € | eur | euros
      USD | dollar | US dollar | $ | usd | dollars
      GBP | pound | British pound | £ | gbp
      JPY | yen | Japanese yen | ¥ | jpy
      CHF | franc | Swiss franc | chf
      CAD | Canadian dollar | cad
      SEK | krona | Swedish krona | sek
      INR | rupee | Indian rupee | inr
    `),
  },
  {
    hint: /\b(units?|measure|measurement|uom)\b/,
    concepts: concepts(`
      kilometer | km | kilometers | kilometre | kilometres
      mile | mi | miles
      meter | m | meters | metre
      celsius | °C | C | Celsius | degrees celsius
      fahrenheit | °F | F | Fahrenheit
      kilogram | kg | kilograms | kilogramme
      pound | lb | lbs | pounds
      liter | l | L | liters | litre
      gallon | gal | gallons
      hour | h | hours | hr
      minute | min | minutes
      second | s | seconds | sec
      day | d | days
      byte | B | bytes
      megabyte | MB | megabytes
      kilobyte | kB | KB | kilobytes
      percent | % | pct
      foot | ft | feet
      inch | in | inches
      gram | g | grams
      centimeter | cm | centimeters | centimetre
      kilometer-per-hour | km/h | kph
      mile-per-hour | mph
      week | weeks | wk
      month | months
      year | years | yr
    `),
  },
  {
    hint: /\b(granularity|interval|period|frequency|recurrence)\b/,
    concepts: concepts(`
      day | daily | days | D | 1d
      week | weekly | weeks | W | 1w
      month | monthly | months | M | 1mo
      hour | hourly | hours | h | 1h
      year | yearly | years | Y | annual
    `),
  },
  {
    hint: /\bduration\b/,
    concepts: concepts(
      'PT1H | 1h | 1 hour | 01:00 | 3600\nPT30M | 30m | 30 minutes | 00:30\nP1D | 1d | 1 day | 24h',
    ),
  },
];
