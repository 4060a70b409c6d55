// money.mjs AMOUNT CURRENCY [LOCALE]
import { program } from './program.mjs';

await program(() => {
  const [amount, currency, locale = 'en-US'] = process.argv.slice(2);
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount);
});
