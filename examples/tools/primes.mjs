// primes.mjs LIMIT: the sieve of Eratosthenes, one array slot a number. That is what a large limit dies of.
import { program } from './program.mjs';

await program(() => {
  const limit = Number(process.argv[2]);
  const crossedOut = new Array(limit + 1).fill(false);
  const primes = [];
  for (let number = 2; number <= limit; number++) {
    if (crossedOut[number]) continue;
    primes.push(number);
    for (let multiple = number * number; multiple <= limit; multiple += number) crossedOut[multiple] = true;
  }
  return { count: primes.length, largest: primes.at(-1) };
});
