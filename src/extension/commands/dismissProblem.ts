import * as l10n from '@vscode/l10n';
import { engine } from '../../protocol/engine.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';

const file = '.imaginarium/dismissed.jsonl';

/** Takes a learned problem out of Problems for good. */
export async function dismissProblem(
  { link, person, editor }: Surroundings,
  { problemId }: Target,
): Promise<void> {
  if (problemId === undefined) return;
  const { dismissed } = await link.request(engine.dismissProblem, { problem: problemId });
  if (!dismissed) {
    await person.tell('info', l10n.t('This problem is gone already.'));
    return;
  }
  const show = l10n.t('Open File');
  const text = l10n.t('Dismissed for good. To see the problem again, take its line out of {0}.', file);
  if ((await person.tell('info', text, show)) !== show) return;
  const kept = await editor.readFile(file);
  if (kept) await editor.openAt({ path: kept.path, line: 1, column: 1 });
}
