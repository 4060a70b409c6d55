// Converts a measurement into every other unit of its kind, written out by Intl.

/** Size of each unit, in the first unit of its kind. */
const kinds = {
  length: {
    meter: 1,
    millimeter: 0.001,
    centimeter: 0.01,
    kilometer: 1000,
    inch: 0.0254,
    foot: 0.3048,
    yard: 0.9144,
    mile: 1609.344,
    'mile-scandinavian': 10_000,
  },
  mass: { kilogram: 1, gram: 0.001, ounce: 0.028349523125, pound: 0.45359237, stone: 6.35029318 },
  volume: {
    liter: 1,
    milliliter: 0.001,
    'fluid-ounce': 0.0295735295625,
    gallon: 3.785411784,
  },
  area: { hectare: 1, acre: 0.40468564224 },
  duration: {
    second: 1,
    nanosecond: 1e-9,
    microsecond: 1e-6,
    millisecond: 0.001,
    minute: 60,
    hour: 3600,
    day: 86_400,
    week: 604_800,
    month: 2_629_746,
    year: 31_556_952,
  },
  data: {
    byte: 1,
    bit: 0.125,
    kilobit: 125,
    kilobyte: 1e3,
    megabit: 125e3,
    megabyte: 1e6,
    gigabit: 125e6,
    gigabyte: 1e9,
    terabit: 125e9,
    terabyte: 1e12,
    petabyte: 1e15,
  },
  angle: { degree: 1 },
  share: { percent: 1 },
};

export function convert({ value, unit, locale = 'en' }) {
  const write = (number, name) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, maximumSignificantDigits: 6 }).format(number);
  const given = write(value, unit);
  const others = Object.entries(otherUnits(value, unit)).map(([name, number]) => write(number, name));
  return { given, others };
}

function otherUnits(value, unit) {
  if (unit === 'celsius') return { fahrenheit: value * 1.8 + 32 };
  if (unit === 'fahrenheit') return { celsius: (value - 32) / 1.8 };
  // "kilometer-per-hour" becomes miles per hour, meters per hour and so on.
  const [measured, ...per] = unit.split('-per-');
  const kind = Object.values(kinds).find((units) => measured in units) ?? {};
  const others = Object.keys(kind).filter((name) => name !== measured);
  return Object.fromEntries(
    others.map((name) => [[name, ...per].join('-per-'), (value * kind[measured]) / kind[name]]),
  );
}
