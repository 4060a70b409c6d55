import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import pc from 'picocolors';
import { Progress } from '../../../src/cli/progress.ts';

const hidden = '\u001b[?25l';
const shown = '\u001b[?25h';

describe('the progress of a run on a terminal', () => {
  it('shows every line once, whether the bar was drawn after it or not', async () => {
    const { progress, text } = onTerminal();
    progress.say('first line');
    await sleep(250);
    progress.say('last line');
    progress.end();
    for (const line of ['first line', 'last line']) assert.equal(text().split(line).length, 2, line);
  });

  it('gives the cursor back, also when the process is ended at once', () => {
    const before = process.listeners('exit');
    const { progress, text } = onTerminal();
    assert.ok(text().includes(hidden));
    const [atExit] = process.listeners('exit').filter((listener) => !before.includes(listener));
    assert.ok(atExit);
    Reflect.apply(atExit, process, [130]);
    assert.ok(text().lastIndexOf(shown) > text().lastIndexOf(hidden));
    progress.end();
    assert.deepEqual(process.listeners('exit'), before);
  });
});

function onTerminal() {
  let written = '';
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
  stream.write = (chunk: string) => {
    written += chunk;
    return true;
  };
  const colors = pc.createColors(false);
  const terminal = {
    out: async () => {},
    say: (line: string) => void stream.write(`${line}\n`),
    colors,
    sayColors: colors,
    live: true,
    width: 80,
  };
  const run = { tools: ['a#b'], planned: 4, done: 0 };
  const progress = new Progress(terminal, run, (id) => id, stream as unknown as NodeJS.WriteStream);
  return { progress, text: () => written };
}
