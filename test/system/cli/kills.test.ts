/**
 * Durability: a CLI process that is killed by SIGKILL at random moments, and resumed, does what a process that was never
 * interrupted does. The model answers by the conversation alone, so equal requests prove equal conversations.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../../src/core/random.ts';
import { answeringModel } from '../../helpers/answeringModel.ts';
import { startCli } from '../../helpers/cliProcess.ts';
import { type FakeOpenAI, startFakeOpenAI } from '../../helpers/fakeOpenAI.ts';
import { jsonLines } from '../../helpers/testCli.ts';
import { type TestTool, type WorkspaceFixture, workspaceFixture } from '../../helpers/workspaceFixture.ts';

const kills = 20;
/** More than the run can take, and few enough that a leak would show. */
const maxCalls = 2000;

const tools: TestTool[] = [
  // Refuses half of what it is given, so that there are failures, lessons and fixes to remember.
  {
    name: 'picky',
    risk: 'read',
    body: `if (/^[0-7]/.test(args.text)) throw new RangeError('text must not begin with ' + args.text[0]);
      return 'fine ' + args.text;`,
  },
  { name: 'plain', risk: 'read', body: `return 'said ' + args.text;` },
  {
    name: 'append',
    risk: 'write',
    body: `const { appendFileSync } = await import('node:fs');
      appendFileSync(new URL('./written', import.meta.url), args.text + '\\n');
      await new Promise((resolve) => setTimeout(resolve, 15));
      return 'written';`,
  },
];

interface Side {
  workspace: WorkspaceFixture;
  server: FakeOpenAI;
}

interface TrialLine {
  trialId: string;
  runId: string;
  tool: string;
  episode: number;
  trial: number;
  query: string;
  outcome: string;
  answer: string | null;
  steps: { call: { arguments: { text?: unknown } } | null; observation: { status: string } }[];
}

describe('A CLI that is killed and resumed', () => {
  const sides: Side[] = [];
  after(async () => {
    for (const { workspace, server } of sides) {
      workspace.remove();
      await server.close();
    }
  });

  async function side(): Promise<Side> {
    const reply = answeringModel((_tool, hash) => ({ text: hash }));
    const made = {
      workspace: workspaceFixture(tools),
      server: await startFakeOpenAI({ reply, latencyMs: 12 }),
    };
    sides.push(made);
    return made;
  }

  function run({ workspace, server }: Side, ...args: string[]) {
    const all = ['explore', '--base-url', server.baseUrl, '--max-calls', String(maxCalls), '--json', ...args];
    return startCli(all, { cwd: workspace.folder, env: { OPENAI_API_KEY: 'k' } });
  }
  const shape = ['--model', 'fake', '--seed', '7', '--episodes', '5', '--trials', '4', '--allow-writes'];

  async function trialsOf({ workspace }: Side): Promise<TrialLine[]> {
    const listed = startCli(['trials', '--json'], { cwd: workspace.folder });
    assert.equal(await listed.ended, 0, listed.output.said);
    return jsonLines<TrialLine>(listed.output.out);
  }

  it(`does what an uninterrupted one does, after ${kills} kills`, async () => {
    const whole = await side();
    const uninterrupted = run(whole, ...shape);
    assert.equal(await uninterrupted.ended, 0, uninterrupted.output.said);
    const expected = await trialsOf(whole);

    const broken = await side();
    const random = seededRandom(20);
    const told = new Set<string>();
    let killed = 0;
    for (let first = true; ; first = false) {
      const process = run(broken, ...(first ? shape : ['--resume']));
      if (killed < kills) {
        // Once it has begun, so that every kill hits a run at work; later and later, or it would never end.
        while (!process.output.out.includes('run.started') && process.child.exitCode === null) await sleep(5);
        await sleep(random.below(220));
        process.child.kill('SIGKILL');
      }
      const code = await process.ended;
      if (code === 'SIGKILL') killed += 1;
      // The last line may be cut off: what was told whole must be there afterwards.
      for (const line of process.output.out.split('\n').slice(0, -1)) {
        const event = JSON.parse(line) as Record<string, unknown>;
        if (event.event !== 'trial.finished') continue;
        assert.ok(!told.has(String(event.trialId)), `${event.trialId} was told twice`);
        told.add(String(event.trialId));
      }
      if (code !== 'SIGKILL') {
        assert.equal(code, 0, process.output.said);
        break;
      }
    }
    assert.ok(killed >= kills / 2, `only ${killed} kills hit`);

    const got = await trialsOf(broken);
    const ids = new Set(got.map(({ trialId }) => trialId));
    assert.deepEqual(
      [...told].filter((id) => !ids.has(id)),
      [],
      'a trial that was told is lost',
    );
    assertSameReadTrials(got, expected);
    assertKnownRequests(broken, whole);
    assertNoWriteForgotten(broken, got);
    assertExamples(broken, got);
    assert.ok(broken.server.stats.requests <= maxCalls);
  }).timeout(180_000);

  /** Tools that only read: the same trials, place by place. */
  function assertSameReadTrials(got: readonly TrialLine[], expected: readonly TrialLine[]): void {
    const comparable = (trials: readonly TrialLine[]) =>
      trials
        .filter(({ tool }) => !tool.endsWith('#append'))
        .map(({ trialId: _, runId: __, ...trial }) => JSON.stringify(trial, dropMilliseconds))
        .sort();
    assert.deepEqual(comparable(got), comparable(expected));
    assert.equal(new Set(got.map(placeOf)).size, got.length);
  }

  /** Nothing was asked (of tools that only read) that the uninterrupted run did not ask. */
  function assertKnownRequests(broken: Side, whole: Side): void {
    const texts = ({ server }: Side) =>
      server.requests
        .map(({ body }) => JSON.stringify(body.messages))
        .filter((text) => !text.includes('API_name: append'));
    const known = new Set(texts(whole));
    assert.deepEqual(
      texts(broken).filter((text) => !known.has(text)),
      [],
    );
    assert.deepEqual(new Set(texts(broken)), known);
  }

  /** Whatever was written belongs to a step that is kept: no trial with a write was thrown away and made again. */
  function assertNoWriteForgotten({ workspace }: Side, trials: readonly TrialLine[]): void {
    const lines = readFileSync(join(workspace.folder, 'written'), 'utf8').trimEnd().split('\n');
    const steps = trials.filter(({ tool }) => tool.endsWith('#append')).flatMap((trial) => trial.steps);
    const made = (...statuses: string[]) =>
      steps
        .filter(({ observation }) => statuses.includes(observation.status))
        .map(({ call }) => call?.arguments.text);
    const count = (texts: readonly unknown[], text: unknown) => texts.filter((one) => one === text).length;
    for (const line of new Set(lines)) {
      const times = count(lines, line);
      assert.ok(times >= count(made('ok'), line), `${line} was kept and not written`);
      assert.ok(times <= count(made('ok', 'may_have_run'), line), `${line} was written ${times} times`);
    }
  }

  /** Each example stands in its file once. */
  function assertExamples({ workspace }: Side, trials: readonly TrialLine[]): void {
    const folder = join(workspace.folder, '.imaginarium', 'examples');
    assert.ok(existsSync(folder));
    const written = readdirSync(folder).flatMap((name) =>
      jsonLines<{ id: string }>(readFileSync(join(folder, name), 'utf8')).map(({ id }) => id),
    );
    const fulfilled = trials.filter(({ outcome }) => outcome === 'fulfilled').map(({ trialId }) => trialId);
    assert.deepEqual(written.sort(), fulfilled.sort());
  }
});

function placeOf({ tool, episode, trial }: TrialLine): string {
  return `${tool} ${episode}.${trial}`;
}

function dropMilliseconds(key: string, value: unknown): unknown {
  return key === 'ms' ? 0 : value;
}
