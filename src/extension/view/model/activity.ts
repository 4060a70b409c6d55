import type { Workbench } from '../../state/workbench.ts';

/** Which tools are explored at this moment, and which belong to a run that is on. */
export class Activity {
  busy: ReadonlySet<string> = new Set();
  inRun: ReadonlySet<string> = new Set();
  #runs = '';

  /** Takes over how it is now; the result are the tools with which it is another than before. */
  follow({ busyTools, running }: Pick<Workbench, 'busyTools' | 'running'>): Set<string> {
    const changed = new Set([...difference(this.busy, busyTools), ...difference(busyTools, this.busy)]);
    this.busy = busyTools;
    const runs = running.map(({ id }) => id).join(' ');
    // A run may have many thousands of tools, and this is looked at with each of its trials.
    if (runs === this.#runs) return changed;
    this.#runs = runs;
    const inRun = new Set(running.flatMap(({ tools }) => tools));
    for (const id of difference(this.inRun, inRun)) changed.add(id);
    for (const id of difference(inRun, this.inRun)) changed.add(id);
    this.inRun = inRun;
    return changed;
  }
}

function difference(a: ReadonlySet<string>, b: ReadonlySet<string>): string[] {
  return [...a].filter((one) => !b.has(one));
}
