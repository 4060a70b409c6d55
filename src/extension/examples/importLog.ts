import * as l10n from '@vscode/l10n';
import { engine, type Imported } from '../../protocol/engine.ts';
import { mayRun } from '../commands/mayExplore.ts';
import * as counts from '../state/counts.ts';
import { oneLine } from '../state/oneLine.ts';
import { syncAll } from '../state/sync.ts';
import type { Surroundings } from '../surroundings.ts';
import type { FileDialogs } from './ports.ts';

/** Of what a person should know, so many sentences stand in the message. */
const notesTold = 2;

/** Takes over an exploration log of the reference implementation that the person chooses, as a run. */
export async function importLog(around: Surroundings, files: FileDialogs): Promise<void> {
  if (!(await mayRun(around))) return;
  const { link, workbench, person, editor } = around;
  const path = await files.chooseFile(l10n.t('Import Exploration Log'), ['json']);
  if (path === undefined) return;
  const found: Imported[] = [];
  await person.follow(async (report, cancelled) => {
    report(l10n.t('Importing {0}', oneLine(path.split(/[\\/]/).at(-1) ?? path, 120)), 0);
    found.push(await link.request(engine.importLog, { path }, cancelled));
  });
  const [imported] = found;
  if (!imported) return;
  await syncAll(link, workbench);
  const show = l10n.t('Show Runs');
  const answer = await person.tell('info', said(imported), show);
  if (answer === show) await editor.showRuns();
}

function said({ tools, trials, known, examples, notes, problems }: Imported): string {
  const what = [counts.tools(tools), counts.trials(trials), counts.examples(examples)].join(', ');
  const before =
    trials === 0 && known > 0 ? l10n.t('All of it was imported before.') : l10n.t('Imported {0}.', what);
  return [
    before,
    ...notes.slice(0, notesTold).map((note) => oneLine(note, 300)),
    ...(problems.length > 0
      ? [
          l10n.t(
            '{0} could not be read, the first at {1}: {2}',
            counts.entries(problems.length),
            oneLine(problems[0]?.path ?? '', 100),
            oneLine(problems[0]?.problem ?? '', 200),
          ),
        ]
      : []),
  ].join(' ');
}
