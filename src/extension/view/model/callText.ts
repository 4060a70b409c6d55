/** Calls as text, for labels and tooltips. */

import type { JsonObject } from '../../../core/json.ts';
import { toolName } from '../../../core/toolName.ts';
import type { Call } from '../../../core/trial.ts';
import { oneLine, severalLines } from '../../state/oneLine.ts';

/** `date: "2026-03-01", days: 3`; `{}` for none. */
export function argumentsLine(given: JsonObject): string {
  const entries = Object.entries(given);
  if (entries.length === 0) return '{}';
  return oneLine(entries.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', '));
}

/** The arguments as indented JSON. */
export function argumentsLines(given: JsonObject): string {
  return severalLines(JSON.stringify(given, null, 2));
}

/** `add_days(date: "2026-03-01", days: 3)` */
export function callLine({ tool, arguments: given }: Call): string {
  const inside = Object.keys(given).length === 0 ? '' : argumentsLine(given);
  return oneLine(`${toolName(tool)}(${inside})`);
}
