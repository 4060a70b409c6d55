/**
 * `imaginarium evaluate` as a process: what it prints, how it ends, and that one killed by SIGKILL and resumed reports what an
 * uninterrupted one does. The model answers by what stands in its prompt alone.
 */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EvaluationReport } from '../../../src/core/evaluate/report.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { startCli } from '../../helpers/cliProcess.ts';
import { evaluatedWorkspace, shownStudent } from '../../helpers/evaluated.ts';
import { type FakeOpenAI, startFakeOpenAI } from '../../helpers/fakeOpenAI.ts';
import { runCli } from '../../helpers/testCli.ts';
import type { WorkspaceFixture } from '../../helpers/workspaceFixture.ts';

const kills = 3;
const env = { OPENAI_API_KEY: 'k' };

interface Printed {
  id: string;
  status: string;
  report: EvaluationReport;
}

describe('imaginarium evaluate', function () {
  this.timeout(90_000);
  let workspace: WorkspaceFixture;
  let server: FakeOpenAI;

  beforeEach(async () => {
    workspace = await evaluatedWorkspace();
    server = await startFakeOpenAI({ reply: shownStudent, latencyMs: 20 });
  });
  afterEach(async () => {
    workspace.remove();
    await server.close();
  });

  const model = () => ['--model', 'fake', '--base-url', server.baseUrl];
  const evaluate = (...args: string[]) => runCli(['evaluate', ...args], { cwd: workspace.folder, env });

  it('says what it will take, prints tables, and shows them again', async () => {
    const { code, out, said } = await evaluate('--from-examples', ...model());
    assert.equal(code, 0, said);
    assert.match(said, /^Model: fake at /);
    assert.match(
      said,
      /13 questions, 51 examples to show: 52 model calls, about \d+ tokens, price not known/,
    );
    assert.match(out, /^zero-shot +30\.8 % \(12\.7 to 57\.6\) +100\.0 % +61\.5 %/m);
    assert.match(
      out,
      /^both +100\.0 % \(77\.2 to 100\.0\) +\+69\.2 \(\+34\.0 to \+87\.3\) +0\.004 +100\.0 %/m,
    );
    assert.match(out, /^Wrong under zero-shot: 5 wrong_tool, 4 invalid_value$/m);
    assert.match(out, /^shelve +4 +0\.0 % +100\.0 % +0\.0 % +100\.0 %$/m);
    assert.match(out, /zero-shot: store_away in the place of shelve, 4 of 4/);
    const again = /evaluate --show (\w+)/.exec(said)?.[1] ?? assert.fail(said);
    assert.equal((await evaluate('--show', again)).out, out);

    const second = await evaluate('--from-examples', ...model(), '--conditions', 'zero-shot');
    const other = /evaluate --show (\w+)/.exec(second.said)?.[1] ?? assert.fail(second.said);
    const list = await evaluate('--list');
    assert.deepEqual(
      list.out.split('\n').map((line) => line.split(' ')[0]),
      [other, again, ''],
    );
    const { out: compared } = await evaluate('--show', other, '--against', again);
    assert.match(compared, /^zero-shot +13 +30\.8 % +30\.8 % +0\.0 \(/m);
  });

  it('measures what each example is worth, and prints the smallest set that helps', async () => {
    const { code, out, said } = await evaluate('--lift', '-k', '1', ...model(), '--max-calls', '20');
    assert.equal(code, 0, said);
    assert.match(said, /The limit of 20 model calls ends it earlier/);
    assert.match(
      said,
      /Go on with: imaginarium evaluate --lift --base-url \S+ --resume (\w+) --max-calls 40/,
    );
    assert.match(out, /pairs of a query and an example/);
    const all = await evaluate('--lift', '--resume', '--max-calls', '500');
    assert.equal(all.code, 0, all.said);
    assert.match(all.out, /^[+0−] +[+-]?\d+\.\d \([+-]?\d+\.\d to [+-]?\d+\.\d\) +\d+ +\w+ +/m);
    const id = /Finished/.test(all.said) ? (await evaluate('--lift', '--list')).out.split(' ')[0] : null;
    assert.equal((await evaluate('--lift', '--show', id ?? '')).out, all.out);

    const cli = { cwd: workspace.folder, env };
    const smallest = ['examples', '--smallest', '--tokens'];
    const set = await runCli([...smallest, '600', '--format', 'openai'], cli);
    assert.equal(set.code, 0, set.said);
    assert.ok(set.out.length / 4 <= 600, String(set.out.length));
    assert.match(
      set.said,
      /^\d+ examples, about \d+ tokens, .*; they show 8 of 8 things about the tools\.$/m,
    );
    assert.equal((await runCli([...smallest, '600', '--format', 'openai'], cli)).out, set.out);
    assert.equal((await runCli(['examples', '--smallest'], cli)).code, 2);
    assert.equal((await runCli([...smallest, '9', '--for', 'x'], cli)).code, 2);
  });

  it('ends with 2 for wrong use, and says what to do', async () => {
    for (const [args, message] of [
      [[], /--data FILE or --from-examples/],
      [['--from-examples'], /needs a language model; the offline sampler is none/],
      [['--from-examples', '--data', 'x', ...model()], /not from both/],
      [['--data', 'none.json', ...model()], /none\.json cannot be read/],
      [['--from-examples', '--conditions', 'some'], /There is no condition "some"/],
      [['--show', 'j0'], /no evaluation "j0"/],
    ] as const) {
      const { code, said } = await evaluate(...args);
      assert.equal(code, 2, said);
      assert.match(said, message);
    }
    assert.equal(server.stats.requests, 0);
  });

  it('stops at Ctrl-C with 130, and says how to go on', async () => {
    const { code, said } = await runCli(['evaluate', '--from-examples', ...model()], {
      cwd: workspace.folder,
      env,
      onSaid: (line, interrupt) => {
        if (/^\d+ of 52 answers$/.test(line)) interrupt();
      },
    });
    assert.equal(code, 130);
    assert.match(said, /Stopped: \d+ of 52 answers/);
    assert.match(said, /Go on with: imaginarium evaluate --base-url \S+ --resume j\w+/);
    const { code: after, said: end } = await evaluate('--resume');
    assert.equal(after, 0);
    assert.match(end, /Finished: 52 of 52 answers/);
  });

  it(`reports the same after ${kills} kills`, async () => {
    const shape = ['evaluate', '--from-examples', '--repeat', '2', '--json', ...model()];
    const whole = startCli(shape, { cwd: workspace.folder, env });
    assert.equal(await whole.ended, 0, whole.output.said);
    const expected = JSON.parse(whole.output.out) as Printed;
    assert.equal(expected.report.questions, 13);
    const asked = server.stats.requests;

    const random = seededRandom(4);
    let killed = 0;
    for (let first = true; ; first = false) {
      const before = server.stats.requests;
      const args = first ? shape : ['evaluate', '--resume', '--json'];
      const run = startCli(args, { cwd: workspace.folder, env });
      if (killed < kills) {
        while (server.stats.requests === before && run.child.exitCode === null) await sleep(5);
        await sleep(random.below(80));
        run.child.kill('SIGKILL');
      }
      const code = await run.ended;
      if (code === 'SIGKILL') {
        killed += 1;
        continue;
      }
      assert.equal(code, 0, run.output.said);
      const got = JSON.parse(run.output.out) as Printed;
      assert.equal(got.status, 'finished');
      assert.notEqual(got.id, expected.id);
      assert.deepEqual(got.report, expected.report);
      break;
    }
    assert.ok(killed >= 2, `only ${killed} kills hit`);
    // What was under way at a kill is asked again, and nothing else.
    const extra = server.stats.requests - 2 * asked;
    assert.ok(extra >= 0 && extra <= killed * 4, `${extra} requests too many`);
  });
});
