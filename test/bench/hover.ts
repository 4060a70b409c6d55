/** How long hovers wait while the engine explores. */
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Hover } from 'vscode-languageserver/node';
import { withBench } from './exploration.ts';
import { percentile } from './percentile.ts';
import type { Row } from './row.ts';

const latencyMs = 20;
const tools = 16;
/** Time between a hover's answer and the next question, milliseconds. */
const pause = 10;

export const hover: Row = {
  name: 'hover',
  what: `hover over the manifest while ${tools} tools are explored at ${latencyMs} ms latency`,
  measure: () =>
    withBench({ tools, latencyMs }, async ({ engine, workspace, model }) => {
      const { path, text } = workspace.manifest;
      const uri = pathToFileURL(path).href;
      await engine.open(uri, text);
      const lines = text.split('\n');
      const places = workspace.names.map((name) => {
        const line = lines.findIndex((one) => one.endsWith(`name: ${name}`));
        return { name, line, character: (lines[line] ?? '').indexOf(name) + 2 };
      });
      const settings = { episodes: 15, trials: 4, stopRule: false };
      let running = true;
      const exploring = engine.explore({ ...model, concurrency: tools, settings }).finally(() => {
        running = false;
      });
      // Awaited below; a hover that fails first must not leave it unheard.
      exploring.catch(() => {});
      const times: number[] = [];
      while (running) {
        const place = places[times.length % places.length] as (typeof places)[number];
        const asked = performance.now();
        const shown = await engine.hover(uri, place.line, place.character);
        times.push(performance.now() - asked);
        if (!textOf(shown).includes(place.name)) throw new Error(`The hover over ${place.name} is empty.`);
        await wait(pause);
      }
      const run = await exploring;
      const p50 = percentile(times, 0.5);
      const longest = Math.max(...times);
      const seconds = ((run.endedAt ?? Number.NaN) - run.startedAt) / 1000;
      return {
        figures: [{ what: 'p95', value: percentile(times, 0.95), unit: 'ms', limit: 50 }],
        note: `${times.length} hovers in ${seconds.toFixed(1)} s, ${run.usage.modelCalls} model calls; p50 ${p50.toFixed(1)} ms, longest ${longest.toFixed(0)} ms`,
        details: { hovers: times.length, modelCalls: run.usage.modelCalls, p50, longest },
      };
    }),
};

function textOf(shown: Hover | null): string {
  const contents = shown?.contents ?? '';
  const text =
    typeof contents === 'object' && 'value' in contents ? contents.value : JSON.stringify(contents);
  // In Markdown a name's underscores are escaped.
  return text.replaceAll('\\', '');
}
