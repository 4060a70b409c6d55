import type { PythonValue } from './values.ts';

/** Longest text and largest power that arithmetic may make: what is larger is an attack, not an argument. */
const longest = 100_000;
const mostBits = 4096;

/** The result of an operator between constants, as Python has it; null where there is none, or none of a modest size. */
export function operate(operator: string, a: PythonValue, b: PythonValue): PythonValue | null {
  if (typeof a === 'string' && typeof b === 'string') return operator === '+' ? a + b : null;
  if (typeof a === 'string' && typeof b === 'bigint') return operator === '*' ? repeated(a, b) : null;
  if (typeof a === 'bigint' && typeof b === 'string') return operator === '*' ? repeated(b, a) : null;
  if (typeof a === 'bigint' && typeof b === 'bigint') return betweenInts(operator, a, b);
  if (isNumber(a) && isNumber(b)) return betweenFloats(operator, Number(a), Number(b));
  return null;
}

function isNumber(value: PythonValue): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}

function repeated(text: string, times: bigint): string | null {
  if (times <= 0n) return '';
  return BigInt(text.length) * times > longest ? null : text.repeat(Number(times));
}

function betweenInts(operator: string, a: bigint, b: bigint): bigint | number | null {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0n ? null : Number(a) / Number(b);
    case '//':
      return b === 0n ? null : (a - modulo(a, b)) / b;
    case '%':
      return b === 0n ? null : modulo(a, b);
    case '**':
      if (b < 0n) return a === 0n ? null : Number(a) ** Number(b);
      return BigInt(a.toString(2).length) * b > mostBits ? null : a ** b;
    default:
      return null;
  }
}

/** Of the sign of the divisor. */
function modulo(a: bigint, b: bigint): bigint {
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
}

function betweenFloats(operator: string, a: number, b: number): number | null {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? null : a / b;
    case '//':
      return b === 0 ? null : Math.floor(a / b);
    case '%':
      return b === 0 ? null : a - b * Math.floor(a / b);
    case '**': {
      const power = a ** b;
      return Number.isFinite(power) ? power : null;
    }
    default:
      return null;
  }
}
