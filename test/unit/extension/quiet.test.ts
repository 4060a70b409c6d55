import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundles, options } from '../../../src/build/bundles.ts';
import { root } from '../../../src/build/install.mjs';
import { followEngine } from '../../../src/extension/followEngine.ts';
import { endText } from '../../../src/extension/state/runTexts.ts';
import { statusOf } from '../../../src/extension/state/status.ts';
import type { EngineEvent } from '../../../src/protocol/engine.ts';
import { play } from './commands/person.ts';
import { run, settle } from './fakes.ts';

describe('Quiet', () => {
  const notice = (severity: 'info' | 'warning' | 'error', runId: string | null): EngineEvent => ({
    type: 'notice',
    runId,
    severity,
    message: `A ${severity}.`,
    advice: 'Do this.',
  });

  it('nothing that the engine says by itself pops up: it is in the log, and in the status bar', async () => {
    const played = await play();
    const { around } = played;
    const logged: string[] = [];
    const write = (text: string): void => void logged.push(text);
    followEngine(around, { info: write, warn: write, error: write });
    const severities = ['info', 'warning', 'error'] as const;
    played.client().hooks.onEvents(severities.flatMap((one) => [notice(one, null), notice(one, 'r')]));
    await settle();
    assert.deepEqual([played.said, played.questions, played.shown], [[], [], []]);
    assert.equal(logged.length, 6);
    assert.match(statusOf(around.workbench).text, /^\$\(warning\)/);
    assert.match(statusOf(around.workbench).tooltip, /A error\. Do this\.\nClick to see the log\./);
    around.workbench.set({ trouble: null });
    assert.match(statusOf(around.workbench).text, /^\$\(beaker\)/);
  });

  it('warnings of a run are counted where its end is told', () => {
    const finished = run('r', { status: 'finished' });
    assert.match(endText(finished, 2).text, /2 warnings are in the log\.$/);
    assert.doesNotMatch(endText(finished).text, /warning/);
  });

  it('the first stage says nothing to a person: it asks before calls, and commands are of another stage', async () => {
    const bundle = bundles().find(({ name }) => name === 'extension');
    assert.ok(bundle);
    const { metafile } = await build({ ...options(bundle, false), write: false, metafile: true });
    const files = Object.keys(metafile.inputs).filter((path) => path.startsWith('src/extension/'));
    assert.ok(files.length > 20);
    const speaks =
      /\bperson\s*\.\s*(tell|confirm|decide|pick\w*|search\w*|type|follow)\b|\bwindow\.show\w*Message\b/;
    const loud = files.filter(
      (path) =>
        path !== 'src/extension/window/person.ts' && speaks.test(readFileSync(join(root, path), 'utf8')),
    );
    assert.deepEqual(loud, []);
  });
});
