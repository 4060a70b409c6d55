/** A call as people write it. */
import type { JsonObject } from '../../core/json.ts';
import type { Call } from '../../core/trial.ts';
import { toolName } from '../parts/toolName.ts';
import { preview } from '../text/visible.ts';

/** One line: `add_days(date: "2024-01-01", days: 3)`. */
export function callLine({ tool, arguments: given }: Call): string {
  return preview(`${toolName(tool)}(${argumentsLine(given)})`);
}

function argumentsLine(given: JsonObject): string {
  return Object.entries(given)
    .slice(0, 12)
    .map(([name, value]) => `${name.slice(0, 80)}: ${JSON.stringify(value).slice(0, 240)}`)
    .join(', ');
}

/** Indented JSON of the arguments. */
export function argumentsText(given: JsonObject): string {
  return JSON.stringify(given, null, 2);
}
