import * as l10n from '@vscode/l10n';
import type { ExportResult } from '../../protocol/engine.ts';
import * as counts from '../state/counts.ts';
import { oneLine } from '../state/oneLine.ts';
import type { Surroundings } from '../surroundings.ts';

/** Of what was left out, so many sentences stand in the message; all of them are shown on request. */
const notesTold = 2;

/** Says what was written, what was left out, and what the linter finds wrong with it. */
export async function tellExported(around: Surroundings, result: ExportResult): Promise<void> {
  const { person, editor } = around;
  const { files, notes, problems } = result;
  const found = result.errors + result.warnings;
  const [first] = files;
  const written = files
    .filter(({ rows }) => rows > 0)
    .map(({ path, rows }) => l10n.t('{0} in {1}', rowsText(rows), nameOf(path)));
  if (first === undefined || written.length === 0) {
    await person.tell(
      'warning',
      [l10n.t('There was nothing to export.'), ...notes.slice(0, notesTold)].join(' '),
    );
    return;
  }
  const show = l10n.t('Show File');
  const look = l10n.t('Show Problems');
  const all = l10n.t('Show What Was Left Out');
  const text = [
    l10n.t('Exported {0}.', written.join(', ')),
    ...notes.slice(0, notesTold).map((note) => oneLine(note, 300)),
    ...(problems.length > 0 ? [l10n.t('Its check found {0}.', counts.problems(found))] : []),
  ].join(' ');
  const answer = await person.tell(
    problems.length > 0 ? 'warning' : 'info',
    text,
    ...(problems.length > 0 ? [look] : []),
    show,
    ...(notes.length > notesTold ? [all] : []),
  );
  if (answer === show) await editor.openAt({ path: first.path, line: 1, column: 1 });
  if (answer === look) await showProblems(around, problems);
  if (answer === all) {
    await person.pick(
      l10n.t('What Was Left Out'),
      '',
      notes.map((note) => ({ label: oneLine(note, 400), value: note })),
    );
  }
}

async function showProblems(
  { person, editor }: Surroundings,
  problems: ExportResult['problems'],
): Promise<void> {
  const place = await person.pick(
    l10n.t('Problems of the Export'),
    l10n.t('Which one should be shown?'),
    problems.map(({ path, line, field, severity, message }) => ({
      label: oneLine(message),
      description: oneLine(field),
      detail: `${nameOf(path)}:${line}`,
      icon: severity,
      value: { path, line: Math.max(1, line), column: 1 },
    })),
  );
  if (place) await editor.openAt(place);
}

function rowsText(rows: number): string {
  return rows === 1 ? l10n.t('1 row') : l10n.t('{0} rows', counts.number(rows));
}

function nameOf(path: string): string {
  return oneLine(path.split(/[\\/]/).at(-1) ?? path, 120);
}
