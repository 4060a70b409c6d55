/** How long hovers wait while the engine explores. */
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Hover } from 'vscode-languageserver/node';
import { eventually } from '../helpers/eventually.ts';
import type { EngineProcess } from './engineProcess.ts';
import { withBench } from './exploration.ts';
import { percentile } from './percentile.ts';
import type { Row } from './row.ts';

const latencyMs = 20;
const tools = 16;
/** Of a file whose tools are not explored. */
const functions = 1200;
/** Time between a hover's answer and the next question, milliseconds. */
const pause = 10;

export const hover: Row = {
  name: 'hover',
  what: `hover over the manifest, and over ${functions} functions in JSON, while ${tools} tools are explored at ${latencyMs} ms latency`,
  measure: () =>
    withBench({ tools, latencyMs, functions }, async ({ engine, workspace, model }) => {
      const places = [
        ...placesIn(workspace.manifest, workspace.names, (name) => `name: ${name}`),
        ...placesIn(workspace.functions, workspace.functions?.names ?? [], (name) => `"name": "${name}",`),
      ].sort((a, b) => a.line - b.line);
      for (const { path, text } of [workspace.manifest, workspace.functions].filter((one) => one !== null)) {
        await engine.open(pathToFileURL(path).href, text);
      }
      await eventually('the functions are read', () => hoverAt(engine, places.at(-1)));
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
        const shown = await hoverAt(engine, place);
        times.push(performance.now() - asked);
        if (!shown) throw new Error(`The hover over ${place.name} is empty.`);
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

interface Place {
  uri: string;
  name: string;
  line: number;
  character: number;
}

function placesIn(
  file: { path: string; text: string } | null,
  names: readonly string[],
  written: (name: string) => string,
): Place[] {
  const { path, text } = file ?? { path: '/', text: '' };
  const uri = pathToFileURL(path).href;
  const lines = new Map(
    text.split('\n').map((line, index) => [line.trim().replace(/^- /, ''), { line, index }]),
  );
  return names.map((name) => {
    const { line = '', index = -1 } = lines.get(written(name)) ?? {};
    return { uri, name, line: index, character: line.indexOf(name) + 2 };
  });
}

/** Whether the hover tells of the tool. */
async function hoverAt(engine: EngineProcess, place: Place | undefined): Promise<boolean> {
  if (place === undefined) return false;
  const shown = await engine.hover(place.uri, place.line, place.character);
  return textOf(shown).includes(place.name);
}

function textOf(shown: Hover | null): string {
  const contents = shown?.contents ?? '';
  const text =
    typeof contents === 'object' && 'value' in contents ? contents.value : JSON.stringify(contents);
  // In Markdown a name's underscores are escaped.
  return text.replaceAll('\\', '');
}
