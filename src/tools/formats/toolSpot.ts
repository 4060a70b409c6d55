import type { ToolSpot } from '../boundTool.ts';
import type { SpecRange } from './document.ts';

/** Where formats write a tool's name, below the tool. */
const nameParts = ['/name', '/function/name', '/operationId'];

/**
 * Where a file has a tool's parts. `locate` is that of its document: of what does not stand there it gives the nearest
 * around, which is how the place of a name is told from its absence.
 */
export function toolSpot(
  { at, schemaAt }: { at: string; schemaAt: string },
  locate: (pointer: string, part?: 'key' | 'value') => SpecRange,
): ToolSpot {
  const around = [locate(at), locate(`${at}/function`)];
  const named = nameParts
    .map((part) => locate(`${at}${part}`))
    .find((range) => !around.some((one) => same(one, range)));
  return { at, schemaAt, name: named ?? locate(at, 'key') };
}

function same(a: SpecRange, b: SpecRange): boolean {
  return a.line === b.line && a.column === b.column && a.endLine === b.endLine && a.endColumn === b.endColumn;
}
