import type { SpecFile } from './format.ts';

/**
 * Whether a file that cannot be read was meant to be of a format, by a sign in its text: who wrote it should learn why its
 * tools are missing. What is written right and is something else gives no errors, and is passed over.
 */
export function meantAs(sign: RegExp, { text, document }: SpecFile): boolean {
  return sign.test(text) && document.problems.some(({ severity }) => severity === 'error');
}
