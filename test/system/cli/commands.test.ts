import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { answeringModel } from '../../helpers/answeringModel.ts';
import { type FakeOpenAI, startFakeOpenAI } from '../../helpers/fakeOpenAI.ts';
import { type CliOptions, type CliResult, jsonLines, runCli } from '../../helpers/testCli.ts';
import {
  echo,
  type TestTool,
  type WorkspaceFixture,
  workspaceFixture,
} from '../../helpers/workspaceFixture.ts';

/** Takes only what begins with a zero, one or two, so that there are failures to list. */
const picky: TestTool = {
  name: 'picky',
  risk: 'read',
  body: `if (!/^[0-7]/.test(args.text)) throw new RangeError('bad \\u001b[31mtext ' + args.text);
    return 'fine';`,
};

describe('CLI', () => {
  let workspace: WorkspaceFixture;
  let server: FakeOpenAI;
  before(async () => {
    workspace = workspaceFixture([echo('add'), picky, { ...echo('book'), risk: 'write' }]);
    server = await startFakeOpenAI({ reply: answeringModel((_tool, hash) => ({ text: hash })) });
  });
  after(async () => {
    await server.close();
    workspace.remove();
  });

  function cli(args: string[], options: CliOptions = {}): Promise<CliResult> {
    return runCli(args, { cwd: workspace.folder, ...options });
  }
  function asking(...args: string[]): string[] {
    return ['explore', ...args, '--model', 'fake', '--base-url', server.baseUrl, '--seed', '1'];
  }

  it('tools: an array, and a table for people; the workspace stays as it is', async () => {
    const { code, out, said } = await cli(['tools', '--json']);
    assert.deepEqual([code, said], [0, '']);
    const tools = JSON.parse(out);
    assert.deepEqual(tools[0], {
      id: 'imaginarium.yaml#add',
      name: 'add',
      source: { path: 'imaginarium.yaml', line: 2 },
      risk: 'read',
      runnable: true,
      simulated: false,
      problems: [],
    });
    assert.deepEqual(
      tools.map(({ risk }: { risk: string }) => risk),
      ['read', 'read', 'write'],
    );
    const people = await cli(['tools']);
    assert.match(people.out, /^imaginarium\.yaml\nTool +Risk +Trials/);
    assert.equal(existsSync(join(workspace.folder, '.imaginarium')), false);
  });

  it('nothing kept yet: lists are empty and say so', async () => {
    for (const command of ['trials', 'examples', 'lessons']) {
      const { code, out, said } = await cli([command]);
      assert.deepEqual([code, out], [0, ''], command);
      assert.match(said, /no (such trials|examples|lessons)/);
    }
    const nothing = await cli(['explore', '--resume', '--json']);
    assert.deepEqual([nothing.code, nothing.out], [0, '']);
    assert.match(nothing.said, /^Nothing to resume/);
  });

  it('explore --json: events as scripts expect them, and nothing else on standard output', async () => {
    const shape = ['--episodes', '1', '--trials', '3', '--json'];
    const { code, out, said } = await cli([...asking('add', 'picky'), ...shape]);
    assert.equal(code, 0, said);
    assert.match(said, /^Model: fake at http:\/\/127\.0\.0\.1/);
    const events = jsonLines(out);
    const runId = events[0]?.runId;
    assert.deepEqual(events[0], {
      event: 'run.started',
      runId,
      tools: ['imaginarium.yaml#add', 'imaginarium.yaml#picky'],
      estimate: events[0]?.estimate,
    });
    const estimate = events[0]?.estimate as Record<string, unknown>;
    assert.deepEqual(Object.keys(estimate).sort(), ['modelCalls', 'tokens', 'tools', 'trials', 'usd']);
    assert.deepEqual([estimate.tools, estimate.trials, estimate.usd], [2, 6, null]);

    const trials = events.filter(({ event }) => event === 'trial.finished');
    assert.equal(trials.length, 6);
    for (const trial of trials) {
      assert.deepEqual(Object.keys(trial).sort(), [
        'episode',
        'event',
        'example',
        'failures',
        'outcome',
        'runId',
        'simulated',
        'tool',
        'toolCalls',
        'trial',
        'trialId',
      ]);
    }
    const end = events.at(-1);
    assert.deepEqual(end, {
      event: 'run.finished',
      runId,
      status: 'finished',
      trials: 6,
      examples: trials.filter(({ example }) => example).length,
      failures: trials.flatMap(({ failures }) => failures).length,
      lessons: end?.lessons,
      simulated: 0,
      usage: end?.usage,
      seconds: end?.seconds,
    });
    const usage = end?.usage as Record<string, unknown>;
    assert.deepEqual(Object.keys(usage).sort(), [
      'cachedTokens',
      'inputTokens',
      'modelCalls',
      'outputTokens',
      'usd',
    ]);
    assert.equal(usage.usd, null);
    assert.equal(usage.modelCalls, server.stats.requests);
    assert.ok(Number(end?.seconds) > 0);
  });

  it('trials: all of them, those of a tool, of a run, those that failed', async () => {
    const all = jsonLines((await cli(['trials', '--json'])).out);
    assert.equal(all.length, 6);
    assert.deepEqual(Object.keys(all[0] ?? {}), [
      'trialId',
      'runId',
      'tool',
      'episode',
      'trial',
      'query',
      'outcome',
      'simulated',
      'steps',
      'reflection',
      'answer',
      'model',
    ]);
    const ofTool = jsonLines((await cli(['trials', '--tool', 'add', '--json'])).out);
    assert.deepEqual([...new Set(ofTool.map(({ tool }) => tool))], ['imaginarium.yaml#add']);
    const failed = jsonLines<{ steps: { failure: unknown }[] }>(
      (await cli(['trials', '--failed', '--json'])).out,
    );
    assert.ok(failed.every(({ steps }) => steps.some(({ failure }) => failure !== null)));
    const people = await cli(['trials']);
    assert.match(people.out, /add {2}episode 1, trial 3 {2}fulfilled/);
    assert.ok(!people.out.includes('\u001b'));
  });

  it('examples: in every form, and the nearest to a query', async () => {
    const lines = jsonLines<{ id: string; query: string }>(
      (await cli(['examples', '--format', 'jsonl'])).out,
    );
    assert.ok(lines.length >= 3);
    const query = lines[2]?.query ?? '';
    const nearest = jsonLines((await cli(['examples', '--for', query, '-k', '1', '-f', 'jsonl'])).out);
    assert.deepEqual([nearest.length, nearest[0]?.id], [1, lines[2]?.id]);
    for (const format of ['openai', 'anthropic']) {
      assert.ok(Array.isArray(JSON.parse((await cli(['examples', '--format', format])).out)));
    }
    assert.match(
      (await cli(['examples', '--tool', 'add', '--format', 'react'])).out,
      /^User Query: .*\nThought: .*\nAction: add\n/,
    );
    assert.match((await cli(['examples'])).out, /^### /);
  });

  it('examples --for: what fits, within limits, with lessons where the form is text', async () => {
    const [first] = jsonLines<{ query: string }>((await cli(['examples', '--format', 'jsonl'])).out);
    const query = first?.query ?? '';
    const shown = await cli(['examples', '--for', query]);
    assert.match(shown.out, /^### /);
    assert.equal(shown.said, '');
    assert.equal(shown.out.includes('Demonstration:'), false);
    const asked = await cli(['examples', '--for', query, '--no-lessons', '--no-contrasts', '-f', 'react']);
    assert.match(asked.out, /^User Query: /);
    const tight = await cli(['examples', '--for', query, '--tokens', '1']);
    assert.equal(tight.out, '');
    assert.match(tight.said, /beyond 1 tokens/);
    for (const format of ['markdown', 'openai', 'react', 'jsonl']) {
      const { out } = await cli(['examples', '--for', query, '-k', '8', '--tokens', '250', '-f', format]);
      assert.ok(out.length / 4 <= 250, format);
    }
    const none = await cli(['examples', '--for', 'zebra']);
    assert.deepEqual(
      [none.code, none.out, none.said],
      [0, '', 'No example fits. Explore: imaginarium explore\n'],
    );
    for (const wrong of [
      ['--tokens', '100'],
      ['--lessons'],
      ['--embedding-model', 'x'],
      ['--for', 'x', '--lessons', '-f', 'openai'],
      ['--for', 'x', '--base-url', 'nowhere'],
    ]) {
      assert.equal((await cli(['examples', ...wrong])).code, 2, wrong.join(' '));
    }
  });

  it('examples --for: where there is nothing else, what the sampler invented, and says so', async () => {
    const other = workspaceFixture([echo('add')]);
    try {
      const inOther = (...args: string[]) => cli([...args, '--workspace', other.folder]);
      await inOther('explore', '--model', 'offline', '--episodes', '1');
      const [first] = jsonLines<{ query: string }>((await inOther('examples', '-f', 'jsonl')).out);
      const query = first?.query ?? '';
      const shown = await inOther('examples', '--for', query);
      assert.match(shown.out, /Demonstration: /);
      assert.match(shown.said, /demonstrations or simulated, and marked/);
      assert.equal((await inOther('examples', '--for', query, '--demonstrations')).said, '');
    } finally {
      other.remove();
    }
  });

  it('examples --for asks an embedding model once for each text, and does without one that fails', async () => {
    const [first] = jsonLines<{ query: string }>((await cli(['examples', '--format', 'jsonl'])).out);
    const query = first?.query ?? '';
    const server = await startFakeOpenAI({
      reply: () => '',
      embed: (text, { model }) => (model === 'bad' ? { status: 400 } : [text.length, 1]),
    });
    try {
      const ask = (model: string) =>
        cli(['examples', '--for', query, '--demonstrations', '--embedding-model', model], {
          env: { IMAGINARIUM_BASE_URL: server.baseUrl, IMAGINARIUM_API_KEY: 'own-key' },
        });
      const once = await ask('good');
      assert.deepEqual([once.code, once.said], [0, '']);
      assert.equal(server.embeddings[0]?.headers.authorization, 'Bearer own-key');
      const asked = server.embeddings.length;
      assert.equal((await ask('good')).out, once.out);
      assert.equal(server.embeddings.length, asked);
      const bad = await ask('bad');
      assert.match(bad.said, /by their words alone/);
      assert.match(bad.out, /^### /);
    } finally {
      await server.close();
    }
  });

  it('lessons: one JSON object a line, or a list for people', async () => {
    const lessons = jsonLines((await cli(['lessons', '--json'])).out);
    const people = await cli(['lessons']);
    assert.equal(people.out.split('\n').filter((line) => line.startsWith('  - ')).length, lessons.length);
    for (const lesson of lessons) {
      assert.equal(typeof lesson.text, 'string');
      assert.ok(Array.isArray(lesson.trials));
    }
  });

  it('a write needs --allow-writes', async () => {
    const shape = ['--episodes', '1', '--trials', '1', '--json'];
    const refused = await cli([...asking('book'), ...shape]);
    const blocked = jsonLines(refused.out);
    assert.match(refused.said, /--allow-writes makes them\): book$/m);
    assert.deepEqual(blocked.find(({ event }) => event === 'trial.finished')?.failures, ['blocked']);
    const allowed = jsonLines((await cli([...asking('book'), ...shape, '--allow-writes'])).out);
    assert.equal(allowed.find(({ event }) => event === 'trial.finished')?.example, true);
  });

  it('a budget ends a run with 0; resume takes a new limit and says what it keeps', async () => {
    const shape = ['--episodes', '1', '--trials', '2', '--json'];
    const limited = await cli([...asking('add'), ...shape, '--max-calls', '3']);
    assert.equal(limited.code, 0);
    assert.equal(jsonLines(limited.out).at(-1)?.status, 'budget');
    const resumed = await cli(['explore', '--resume', '--max-calls', '100', '--episodes', '9', '--json']);
    assert.equal(resumed.code, 0);
    assert.match(resumed.said, /A resumed run keeps its settings: --episodes changes nothing/);
    const events = jsonLines(resumed.out);
    assert.deepEqual([events.at(-1)?.status, events.at(-1)?.trials], ['finished', 2]);
    assert.equal(events[0]?.runId, jsonLines(limited.out)[0]?.runId);
    const over = await cli(['explore', '--resume', String(events[0]?.runId), '--json']);
    assert.deepEqual([over.code, over.out], [0, '']);
    assert.match(over.said, /^Nothing to resume: .* has finished/);
  });

  it('Ctrl-C stops cleanly, with 130', async () => {
    const { code, out } = await cli([...asking('add'), '--json'], {
      onSaid: (line, interrupt) => {
        if (line.startsWith('Model:')) setImmediate(interrupt);
      },
    });
    assert.equal(code, 130);
    assert.equal(jsonLines(out).at(-1)?.status, 'stopped');
  });

  it('a wrong key fails the run, with 1, and keeps it; the key is never shown', async () => {
    const refusing = await startFakeOpenAI({
      reply: () => ({ status: 401, errorBody: { error: { message: 'Incorrect API key: sk-secret' } } }),
    });
    const args = ['explore', 'add', '--model', 'fake', '--base-url', refusing.baseUrl, '--json'];
    const { code, out, said } = await cli(args, { env: { OPENAI_API_KEY: 'sk-secret' } });
    await refusing.close();
    assert.equal(code, 1, said);
    assert.equal(jsonLines(out).at(-1)?.status, 'failed');
    assert.match(said, /key/);
    assert.ok(!`${out}${said}`.includes('sk-secret'));
    assert.doesNotMatch(said, /fault of Imaginarium/);
  });

  it('for people: the model, a line a trial, a table, and how it ended', async () => {
    const { code, out, said } = await cli([
      'explore',
      'add',
      '--model',
      'offline',
      '--episodes',
      '1',
      '--trials',
      '2',
    ]);
    assert.equal(code, 0);
    assert.match(said, /^Model: Offline sampler \(no language model\)$/m);
    assert.match(said, /^[✓·!] add +1\.2 /m);
    assert.match(out, /^Tool +Trials +Examples +Lessons +Failed calls\nadd +2 /);
    assert.match(out, /\nFinished: 2 trials, .* calls of the sampler; [\d.]+ s\.\n$/);
  });

  it('is configured by the environment where no flag speaks', async () => {
    const env = { IMAGINARIUM_MODEL: 'fake', IMAGINARIUM_BASE_URL: server.baseUrl };
    const shape = ['--episodes', '1', '--trials', '1'];
    assert.match((await cli(['explore', 'add', ...shape], { env })).said, /^Model: fake at /);
    const offline = await cli(['explore', 'add', ...shape, '--model', 'offline'], { env });
    assert.match(offline.said, /^Model: Offline sampler/);
  });

  it('wrong use ends with 2, and says what to do', async () => {
    const wrong: [string[], RegExp][] = [
      [['explore', 'ad'], /There is no tool "ad"\.\nDid you mean "add"\?/],
      [['explore', '--episodes', 'x'], /whole number from 1 to 1000/],
      [['explore', '--preset', 'paper', '--protocol', 'tools'], /paper.*cannot use the protocol "tools"/],
      [['explore', '--preset', 'papr'], /paper, adaptive/],
      [['explore', '--prompts', 'nowhere'], /no such folder/],
      [
        ['explore', '--max-usd', '1', '--model', 'fake', '--base-url', 'https://models.example/v1'],
        /price of "fake" is not known/,
      ],
      [
        ['explore', '--max-usd', '1', '--model', 'fake', '--base-url', 'http://127.0.0.1:9/v1'],
        /price of "fake" is not known/,
      ],
      [['explore', '--resume', 'r0'], /There is no run "r0"/],
      [['trials', '--tool', 'piky'], /Did you mean "picky"\?/],
      [['trials', '--run', 'r0'], /There is no run "r0"/],
      [['examples', '--format', 'xml'], /openai, anthropic, react, markdown, objects, jsonl/],
      [['examples', '-k', '3'], /-k .* --for/],
      [['tools', '--workspace', 'nowhere'], /There is no folder/],
      [['tols'], /unknown command 'tols'/],
      [['tools', '--jsn'], /unknown option '--jsn'/],
    ];
    for (const [args, message] of wrong) {
      const { code, out, said } = await cli(args);
      assert.deepEqual([code, out], [2, ''], args.join(' '));
      assert.match(said, message);
    }
  });

  it('--help of every command has examples', async () => {
    for (const command of ['tools', 'explore', 'trials', 'examples', 'lessons']) {
      const { code, out } = await cli([command, '--help']);
      assert.equal(code, 0);
      assert.match(out, new RegExp(`Examples:\\n {2}\\$ imaginarium ${command}`));
    }
    const top = await cli([]);
    assert.equal(top.code, 0);
    assert.doesNotMatch(top.out, /demo/);
    assert.equal((await cli(['--version'])).out, '0.0.0\n');
  });
});
