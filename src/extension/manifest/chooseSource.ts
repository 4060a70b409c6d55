import type { SourceRow } from '../../protocol/engine.ts';
import * as counts from '../state/counts.ts';
import { oneLine } from '../state/oneLine.ts';
import { formatWord, sourceIcon, sourceName } from '../state/sourceTexts.ts';
import { syncAll } from '../state/sync.ts';
import type { Choice, Surroundings } from '../surroundings.ts';

/** All sources, as the engine has them now. */
export async function sourceRows({ link, workbench }: Surroundings): Promise<SourceRow[]> {
  if (workbench.sources === null || workbench.remembered) await syncAll(link, workbench);
  return workbench.sources?.sources ?? [];
}

export function sourceChoice(row: SourceRow): Choice<SourceRow> {
  return {
    label: sourceName(row),
    description: [formatWord(row), counts.tools(row.tools), ...(row.server ? [oneLine(row.file ?? '')] : [])]
      .filter(Boolean)
      .join(' · '),
    icon: sourceIcon(row),
    value: row,
  };
}
