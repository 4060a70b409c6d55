/** How long a person waits for the window: a real VS Code with the packed extension, 16,000 tools and 100,000 trials. */

import { firstPaints } from '../e2e/firstPaint.ts';
import { Window } from '../e2e/window.ts';
import { launchVSCode } from '../helpers/vscode/launch.ts';
import { packedExtension } from '../helpers/vscode/packed.ts';
import { percentile } from './percentile.ts';
import type { Figure, Row } from './row.ts';
import { dashboards, insertions, trials } from './windowRounds.ts';
import { largeWorkbench, workbenchStore } from './workbenchStore.ts';

const rounds = 12;
/** Each waits until the window before has let go of everything. */
const reloads = 6;

/** What each may take at p50 and p95, milliseconds. */
const marks = {
  activation: [30, 60],
  'first paint of the tree': [350, 400],
  'opening the dashboard': [1500, 2500],
  'opening a trial': [400, 800],
  'list of examples to insert': [800, 1500],
  'inserting an example': [400, 800],
} as const;

export const windowTimes: Row = {
  name: 'window',
  what: `the window at ${largeWorkbench.tools} tools and ${largeWorkbench.trials} trials`,
  async measure() {
    const vscode = await launchVSCode({
      workspace: await workbenchStore(),
      inPlace: true,
      trusted: true,
      extension: { vsix: await packedExtension() },
    });
    try {
      const window = new Window(vscode.page);
      await window.openViews();
      await window
        .row('Runs', /finished/)
        .first()
        .waitFor({ timeout: 60_000 });
      const opened = {
        'opening the dashboard': await dashboards(window, rounds),
        'opening a trial': await trials(window, rounds),
        ...(await insertions(window, rounds)),
      };
      const { activation, painted } = await firstPaints(vscode, window, reloads);
      const times = { activation, 'first paint of the tree': painted, ...opened };
      return {
        figures: Object.entries(marks).flatMap(([what, [p50, p95]]): Figure[] => {
          const measured = times[what as keyof typeof times];
          return [
            { what: `${what}, p50`, value: percentile(measured, 0.5), unit: 'ms', limit: p50 },
            { what: `${what}, p95`, value: percentile(measured, 0.95), unit: 'ms', limit: p95 },
          ];
        }),
        note: `${rounds} rounds each, from the key or click to what is seen; ${reloads} reloads: ${list(times['first paint of the tree'])} ms`,
      };
    } finally {
      await vscode.dispose();
    }
  },
};

function list(times: number[]): string {
  return times.map((ms) => ms.toFixed(0)).join(', ');
}
