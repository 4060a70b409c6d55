/** How long it takes until the tools of a large folder are known, and how soon a change is told of. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { engine } from '../../src/protocol/engine.ts';
import { type EngineProcess, startEngine } from './engineProcess.ts';
import { percentile } from './percentile.ts';
import { memoryOf } from './processUse.ts';
import type { Row } from './row.ts';
import { changingDocument, documentText, specTree, toolsInTree, treeSize } from './specTree.ts';

const warmStarts = 3;
const edits = 10;

export const discovery: Row = {
  name: 'discovery',
  what: `the tools of a folder with ${treeSize} files: found at the start, and followed`,
  async measure() {
    const folder = await specTree();
    const dropped = dropPages(folder);
    const cold = await starting(folder);
    const warm = [];
    for (let start = 0; start < warmStarts; start++) warm.push(await starting(folder));
    await using things = new AsyncDisposableStack();
    const process = things.adopt(await startEngine(folder), (one) => one.dispose());
    await complete(process);
    const saved = await saves(process, folder);
    const memory = memoryOf(process.pid);
    const first = percentile(
      warm.map((one) => one.first),
      0.5,
    );
    const all = percentile(
      warm.map((one) => one.all),
      0.5,
    );
    return {
      figures: [
        { what: 'first tools, cold', value: cold.first, unit: 'ms', limit: 300 },
        { what: 'first tools, warm', value: first, unit: 'ms', limit: 300 },
        { what: 'all tools, cold', value: cold.all, unit: 'ms', limit: 3000 },
        { what: 'all tools, warm', value: all, unit: 'ms', limit: 3000 },
        { what: 'after a save, p50', value: percentile(saved, 0.5), unit: 'ms', limit: 200 },
        { what: 'resident', value: memory.rss, unit: 'MB', limit: 200 },
      ],
      note: `${toolsInTree} tools; cold: a first process${dropped ? ', pages of the files dropped' : ''}; ${edits} saves: ${saved.map((ms) => ms.toFixed(0)).join(', ')} ms`,
      details: { peakMB: memory.peak ?? 0, longestSave: Math.max(...saved) },
    };
  },
};

/** How long it takes a new engine until it tells of the first tools and of all, milliseconds. */
async function starting(folder: string): Promise<{ first: number; all: number }> {
  const process = await startEngine(folder);
  try {
    if (process.first.sources.tools === 0) throw new Error('The first answer has no tools.');
    return { first: process.first.ms, all: process.first.ms + (await complete(process)) };
  } finally {
    await process.dispose();
  }
}

/** Resolves when the search is done, with how long that took from now, milliseconds. */
async function complete(process: EngineProcess): Promise<number> {
  const began = performance.now();
  for (;;) {
    const { searching, tools } = await process.ask(engine.sources, {});
    if (!searching) {
      if (tools !== toolsInTree) throw new Error(`There should be ${toolsInTree} tools, not ${tools}.`);
      return performance.now() - began;
    }
    await wait(10);
  }
}

/** From a save to the event that tells of it, milliseconds. */
async function saves(process: EngineProcess, folder: string): Promise<number[]> {
  const path = join(folder, changingDocument);
  const text = readFileSync(path, 'utf8');
  const times: number[] = [];
  let heard: () => void = () => undefined;
  process.listen((events) => {
    if (events.some(({ type }) => type === 'catalogue')) heard();
  });
  try {
    for (let edit = 0; edit < edits; edit++) {
      await wait(150);
      const { promise, resolve } = Promise.withResolvers<void>();
      heard = resolve;
      writeFileSync(path, text.replace('stock of', `stock (${edit}) of`));
      const began = performance.now();
      await process.changed(pathToFileURL(path).href);
      await promise;
      times.push(performance.now() - began);
    }
  } finally {
    writeFileSync(path, documentText(0));
  }
  return times;
}

/** Has the system forget what it keeps of the files, where there is a Python to ask it; false otherwise. */
function dropPages(folder: string): boolean {
  const script = [
    'import os, sys',
    'for place, _, names in os.walk(sys.argv[1]):',
    '  for name in names:',
    '    file = os.open(os.path.join(place, name), os.O_RDONLY)',
    '    os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)',
    '    os.close(file)',
  ].join('\n');
  return spawnSync('python3', ['-c', script, folder]).status === 0;
}
