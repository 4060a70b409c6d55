export function write({ number, base = 2 }) {
  return BigInt(number).toString(base);
}
