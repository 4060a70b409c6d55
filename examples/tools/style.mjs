import { styleText } from 'node:util';

export function style({ text, format }) {
  // The text is for somebody else's terminal: whether ours has colours does not matter.
  return styleText(format, text, { validateStream: false });
}
