import type { DataProblem } from '../protocol/exploit.ts';
import type { Colors } from './terminal.ts';
import { oneLine } from './text.ts';

/** What the linter says of a place, as compilers say it: `train.jsonl:12 messages[3].content: it is empty, write …`. */
export function problemLine({ path, line, field, severity, message }: DataProblem, colors: Colors): string {
  const place = `${oneLine(path)}${line > 0 ? `:${line}` : ''}`;
  const mark = severity === 'error' ? colors.red('error') : colors.yellow('warning');
  return `${place}${field === '' ? '' : ` ${oneLine(field)}`}: ${mark}: ${oneLine(message)}`;
}
