/** Tools that a model plays, explored by the command line to the end: offline, against a server, killed, and within a budget. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { canonicalJson, type JsonObject } from '../../../src/core/json.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { answeringModel } from '../../helpers/answeringModel.ts';
import { startCli } from '../../helpers/cliProcess.ts';
import { type FakeOpenAI, type FakeReply, startFakeOpenAI } from '../../helpers/fakeOpenAI.ts';
import { jsonLines } from '../../helpers/testCli.ts';

interface TrialLine {
  tool: string;
  episode: number;
  trial: number;
  outcome: string;
  simulated: boolean;
  steps: {
    call: { tool: string; arguments: JsonObject } | null;
    observation: { status: string; content: string; simulated?: true };
  }[];
}

const text = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] };
const manifest = {
  tools: [
    {
      name: 'create_note',
      risk: 'write',
      description: 'Creates a note and returns its id.',
      parameters: text,
    },
    { name: 'get_note', description: 'Returns the title and the author of a note.', parameters: text },
    {
      name: 'wipe_notes',
      risk: 'destructive',
      description: 'Deletes all notes.',
      parameters: text,
      run: { simulate: true },
    },
    {
      name: 'echo',
      risk: 'read',
      description: 'Says the text again.',
      parameters: text,
      run: { module: './tools.mjs', export: 'echo' },
    },
  ],
};
const lesson = 'The text must never be empty, whatever is said.';
const player = /^You stand in for a tool/;

/** Plays tools by what it is told alone, as it does everything; arguments are few, so that some come again. */
function reply(): FakeReply {
  const other = answeringModel((_tool, hash) => ({ text: `note ${hash.slice(0, 1)}` }));
  return (request) => {
    const messages = request.body.messages as { role: string; content: string | null }[];
    if (player.test(messages[0]?.content ?? '')) {
      const said = messages.at(-1)?.content ?? '';
      const content = { id: `n${said.length}`, heard: said.split('\n').length };
      return JSON.stringify({ status: 'ok', content });
    }
    if (messages.at(-1)?.content?.startsWith('Look back'))
      return JSON.stringify({ fulfilled: true, cause: 'It worked.', lesson, next: '' });
    return other(request);
  };
}

describe('Tools that a model plays', function () {
  this.timeout(120_000);
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  function workspace(): string {
    const folder = mkdtempSync(join(tmpdir(), 'imaginarium-simulated-'));
    writeFileSync(join(folder, 'imaginarium.yaml'), stringify(manifest));
    writeFileSync(join(folder, 'tools.mjs'), 'export const echo = ({ text }) => `you said ${text}`;\n');
    ends.push(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  }

  async function server(latencyMs = 0): Promise<FakeOpenAI> {
    const made = await startFakeOpenAI({ reply: reply(), latencyMs });
    ends.push(() => made.close());
    return made;
  }

  function start(folder: string, made: FakeOpenAI | null, ...args: string[]) {
    const model = made ? ['--base-url', made.baseUrl] : [];
    return startCli(['explore', '--json', ...model, ...args], {
      cwd: folder,
      env: { OPENAI_API_KEY: 'k' },
    });
  }

  async function run(folder: string, made: FakeOpenAI | null, ...args: string[]) {
    const cli = start(folder, made, ...args);
    const code = await cli.ended;
    return { code, lines: code === 2 ? [] : jsonLines(cli.output.out), said: cli.output.said };
  }

  async function trialsOf(folder: string): Promise<TrialLine[]> {
    const cli = startCli(['trials', '--json'], { cwd: folder });
    assert.equal(await cli.ended, 0, cli.output.said);
    return jsonLines<TrialLine>(cli.output.out);
  }

  it('are refused unless somebody says so, and left out when all are explored', async () => {
    const folder = workspace();
    const refused = await run(folder, null, 'create_note');
    assert.equal(refused.code, 2);
    assert.match(refused.said, /"create_note" cannot be run: .*--simulate/s);
    const all = await run(folder, null, '--episodes', '1', '--trials', '1');
    assert.equal(all.code, 0, all.said);
    assert.match(all.said, /"create_note" is left out/);
    // The manifest says of this one that it is played: nobody is asked, and nothing is destroyed.
    const tools = (await trialsOf(folder)).map(({ tool, simulated }) => `${tool.split('#')[1]} ${simulated}`);
    assert.deepEqual(tools.sort(), ['echo false', 'wipe_notes true']);
    assert.match(all.said, /Simulated, played by the model: wipe_notes\./);
  });

  it('are explored to the end without a language model, and marked wherever they are shown', async () => {
    const folder = workspace();
    const { code, lines, said } = await run(folder, null, '--simulate', '--episodes', '3', '--trials', '4');
    assert.equal(code, 0, said);
    const started = lines[0] as { estimate: { simulated: number } };
    assert.equal(started.estimate.simulated, 3);
    const trials = await trialsOf(folder);
    for (const name of ['create_note', 'get_note', 'wipe_notes', 'echo']) {
      const own = trials.filter(({ tool }) => tool.endsWith(`#${name}`));
      assert.ok(own.length >= 8, name);
      assert.ok(
        own.some(({ outcome }) => outcome === 'fulfilled'),
        `${name} has a fulfilled trial`,
      );
      assert.ok(
        own.every(({ simulated }) => simulated === (name !== 'echo')),
        name,
      );
      const observed = own
        .flatMap(({ steps }) => steps)
        .filter(({ observation }) => observation.status !== 'not_run');
      assert.ok(
        observed.every(({ observation }) => (observation.simulated ?? false) === (name !== 'echo')),
        name,
      );
    }
    const folderOfExamples = join(folder, '.imaginarium', 'examples');
    for (const file of readdirSync(folderOfExamples)) {
      const examples = jsonLines<{ provenance: { simulated?: true }; calls: { simulated?: true }[] }>(
        readFileSync(join(folderOfExamples, file), 'utf8'),
      );
      const real = file.includes('echo');
      assert.ok(
        examples.every(({ provenance }) => (provenance.simulated === true) !== real),
        file,
      );
      assert.ok(
        examples.every(({ calls }) => calls.every((call) => (call.simulated === true) !== real)),
        file,
      );
    }
    const shown = async (...args: string[]): Promise<string> => {
      const cli = startCli(args, { cwd: folder });
      assert.equal(await cli.ended, 0, cli.output.said);
      return cli.output.out;
    };
    assert.match(await shown('tools'), /create_note .*\(all simulated\)/);
    assert.match(await shown('trials', '-t', 'get_note'), /simulated .*\n/);
    assert.match(await shown('examples', '-t', 'create_note'), /Simulated: the results are those of a model/);
    assert.doesNotMatch(await shown('examples', '-t', 'echo'), /Simulated:/);
  });

  it('agree with themselves, teach nothing about the real tool, and stand in no conversation but their own', async () => {
    const folder = workspace();
    const made = await server();
    const { code, said, lines } = await run(
      folder,
      made,
      '--model',
      'fake',
      '--simulate',
      ...['--episodes', '3', '--trials', '4', '--seed', '7'],
    );
    assert.equal(code, 0, said);
    const trials = await trialsOf(folder);
    const answers = new Map<string, string>();
    for (const { tool, steps, simulated } of trials.toReversed()) {
      for (const { call, observation } of steps) {
        if (!simulated || call === null || observation.status !== 'ok') continue;
        const key = `${tool} ${call.tool} ${canonicalJson(call.arguments)}`;
        const before = answers.get(key);
        if (before !== undefined) assert.equal(observation.content, before, key);
        answers.set(key, observation.content);
      }
    }
    const told = made.requests.map(({ body }) => body.messages as { content: string | null }[]);
    const playing = told.filter(([first]) => player.test(first?.content ?? ''));
    const played = trials.flatMap(({ steps }) => steps).filter(({ observation }) => observation.simulated);
    assert.ok(
      playing.length > 10 && playing.length < played.length,
      'some calls came again, and nobody was asked',
    );
    assert.equal(playing.length, answers.size);
    for (const messages of told) {
      const text = JSON.stringify(messages);
      assert.ok(playing.includes(messages) || !text.includes('You stand in for a tool'));
    }
    // What is imagined and acted never stands in what a player is told.
    assert.ok(playing.every((messages) => messages.length === 2));
    const usage = lines.at(-1)?.usage as { modelCalls: number };
    assert.equal(usage.modelCalls, made.stats.requests);

    const lessons = startCli(['lessons', '--json'], { cwd: folder });
    assert.equal(await lessons.ended, 0, lessons.output.said);
    const taught = jsonLines<{ tool: string; text: string }>(lessons.output.out);
    assert.deepEqual([...new Set(taught.map(({ tool }) => tool.split('#')[1]))], ['echo']);
  });

  it('never take more model calls than the limit', async () => {
    const folder = workspace();
    const made = await server(5);
    const shape = ['--model', 'fake', '--simulate', '--concurrency', '8', '--max-calls', '23'];
    const { code, lines } = await run(folder, made, ...shape);
    assert.deepEqual([code, lines.at(-1)?.status, made.stats.requests], [0, 'budget', 23]);
    const again = await run(folder, made, '--resume', '--max-calls', '31');
    assert.deepEqual([again.code, again.lines.at(-1)?.status, made.stats.requests], [0, 'budget', 31]);
  });

  it('stay played in their run when something can run them meanwhile; a real run of them remembers nothing of it', async () => {
    const folder = workspace();
    const made = await server();
    const shape = ['create_note', '--model', 'fake', '--simulate', '--episodes', '2', '--trials', '3'];
    const first = await run(folder, made, ...shape, '--max-calls', '14');
    assert.equal(first.lines.at(-1)?.status, 'budget', first.said);
    const [tool, ...others] = manifest.tools;
    const real = {
      tools: [{ ...tool, risk: 'read', run: { module: './tools.mjs', export: 'echo' } }, ...others],
    };
    writeFileSync(join(folder, 'imaginarium.yaml'), stringify(real));
    const resumed = await run(folder, made, '--resume', '--max-calls', '200');
    assert.equal(resumed.lines.at(-1)?.status, 'finished', resumed.said);
    const before = await trialsOf(folder);
    assert.equal(before.length, 6);
    assert.ok(before.every(({ simulated }) => simulated));

    const asked = made.requests.length;
    const again = await run(
      folder,
      made,
      'create_note',
      '--model',
      'fake',
      '--episodes',
      '1',
      '--trials',
      '2',
    );
    assert.equal(again.code, 0, again.said);
    const opening = JSON.stringify(made.requests[asked]?.body.messages);
    assert.doesNotMatch(opening, /These requests were tried before/);
    const trials = (await trialsOf(folder)).filter(({ simulated }) => !simulated);
    assert.equal(trials.length, 2);
    assert.ok(
      trials.every(({ steps }) => steps.some(({ observation }) => /^you said/.test(observation.content))),
    );
  });

  it('are played on after kills as if nothing had happened', async () => {
    const shape = ['--model', 'fake', '--simulate', '--seed', '7', '--episodes', '4', '--trials', '4'];
    const whole = { folder: workspace(), made: await server(8) };
    const uninterrupted = await run(whole.folder, whole.made, ...shape);
    assert.equal(uninterrupted.code, 0, uninterrupted.said);

    const broken = { folder: workspace(), made: await server(8) };
    const random = seededRandom(4);
    let killed = 0;
    for (let turn = 0; ; turn++) {
      const cli = start(broken.folder, broken.made, ...(turn === 0 ? shape : ['--resume']));
      if (turn < 6) {
        while (!cli.output.out.includes('run.started') && cli.child.exitCode === null) await sleep(5);
        await sleep(50 + random.below(250));
        cli.child.kill('SIGKILL');
      }
      const code = await cli.ended;
      if (code === 'SIGKILL') killed += 1;
      else {
        assert.equal(code, 0, cli.output.said);
        break;
      }
    }
    assert.ok(killed >= 3, `only ${killed} kills hit`);
    const comparable = (trials: TrialLine[]): string[] =>
      trials
        .map(({ tool, episode, trial, outcome, steps }) =>
          JSON.stringify([tool, episode, trial, outcome, steps], (key, value) => (key === 'ms' ? 0 : value)),
        )
        .sort();
    assert.deepEqual(comparable(await trialsOf(broken.folder)), comparable(await trialsOf(whole.folder)));
    const asked = ({ made }: typeof whole): Set<string> =>
      new Set(made.requests.map(({ body }) => JSON.stringify(body.messages)));
    assert.deepEqual(asked(broken), asked(whole));
  });
});
