/** `imaginarium verify` and `imaginarium review`: what they print, Ctrl-C, and what a kill leaves. */
import assert from 'node:assert/strict';
import type { Example } from '../../../src/core/trial.ts';
import type { VerifyResult } from '../../../src/protocol/exploit.ts';
import { startCli } from '../../helpers/cliProcess.ts';
import { eventually } from '../../helpers/eventually.ts';
import { type FakeOpenAI, type FakeReply, startFakeOpenAI } from '../../helpers/fakeOpenAI.ts';
import { jsonLines, runCli } from '../../helpers/testCli.ts';
import { judgedName, judging, keepTrials, madeTrial } from '../../helpers/verified.ts';
import { echo, type WorkspaceFixture, workspaceFixture } from '../../helpers/workspaceFixture.ts';

interface Ended {
  status: string;
  usage: { modelCalls: number };
  result: VerifyResult;
}

describe('The commands verify and review', function () {
  this.timeout(120_000);
  const names = Array.from({ length: 24 }, (_, index) => `t${index + 1}`);
  let workspace: WorkspaceFixture;
  let server: FakeOpenAI;
  let reply: FakeReply;

  beforeEach(async () => {
    reply = judging();
    workspace = workspaceFixture([echo('say')]);
    server = await startFakeOpenAI({ reply: (request) => reply(request), latencyMs: 60 });
    await keepTrials(
      workspace.folder,
      names.map((text) => madeTrial(text, [{ tool: 'say', arguments: { text }, said: `you said ${text}` }])),
    );
  });
  afterEach(async () => {
    await server.close();
    workspace.remove();
  });

  function start(...args: string[]) {
    return startCli(args, { cwd: workspace.folder, env: { OPENAI_API_KEY: 'k' } });
  }
  const run = (...args: string[]) => runCli(args, { cwd: workspace.folder, env: { OPENAI_API_KEY: 'k' } });
  const judge = () => ['--model', 'judge', '--base-url', server.baseUrl];

  async function standing(): Promise<Map<string, string>> {
    const { out } = await run('examples', '--format', 'jsonl');
    return new Map(jsonLines<Example>(out).map(({ id, verification }) => [id, verification]));
  }

  it('say what holds, list what is in doubt, and take a person’s word', async () => {
    reply = judging((name) =>
      name === 't7' ? { faithful: false, reasons: 'It made that \u001b[31mup.' } : {},
    );
    const verified = await run('verify', ...judge());
    assert.equal(verified.code, 0, verified.said);
    assert.match(
      verified.said,
      /^Judge: judge at \S+\. 24 examples, 24 calls to make again; at most 48 model calls\.$/m,
    );
    assert.match(verified.out, /^ +23 {2}verified/m);
    assert.match(verified.out, /^ +1 {2}to review: imaginarium review$/m);
    assert.match(verified.said, /Finished: 24 of 24 examples; 24 model calls/);

    const listed = await run('review');
    assert.match(listed.out, /^t7 {2}say {2}What of t7\?\n {4}say\({"text":"t7"}\) → you said t7\n/);
    assert.match(listed.out, /The judge finds it not faithful: It made that up\./);
    assert.equal(jsonLines<Example>((await run('review', '--json')).out)[0]?.id, 't7');

    const ruled = await run('review', '--reject', 't7', '--accept', 't8');
    assert.equal(ruled.code, 0, ruled.said);
    assert.match(
      ruled.said,
      /Accepted: t8\nRejected: t7\n0 examples left to review\.\nJudge and person agree on 2 of 2/,
    );
    assert.equal((await run('review')).said.split('\n')[0], 'Nothing waits for a review.');
    assert.equal((await run('review', '--accept', 'nobody')).code, 2);
    const words = await standing();
    assert.equal(words.get('t8'), 'accepted');
    assert.equal(words.has('t7'), false);

    const again = await run('verify', ...judge());
    assert.match(
      again.out,
      /There was nothing to verify\.\nJudge and person agree on 2 of 2 examples \(100 %\)\./,
    );
    assert.equal((await run('verify', '--tool', 'sing')).code, 2);
    const stale = await run('verify', '--stale', '--json', ...judge());
    const [ended] = jsonLines<Ended>(stale.out);
    assert.deepEqual([ended?.status, ended?.result.examples], ['finished', 0]);
  });

  it('without a model ask nobody, and say so', async () => {
    const { code, out, said } = await run('verify');
    assert.equal(code, 0, said);
    assert.match(
      said,
      /^No language model is chosen, so no judge is asked\. 24 examples, 24 calls to make again\.$/m,
    );
    assert.match(out, /^ +24 {2}executed: their calls fit and work$/m);
    assert.equal(server.requests.length, 0);
  });

  it('stop cleanly on Ctrl-C, and the same command goes on', async () => {
    const cli = start('verify', '--json', ...judge());
    await eventually('some are judged', () => server.requests.length > 6, 40_000);
    cli.child.kill('SIGINT');
    assert.equal(await cli.ended, 130, cli.output.said);
    const [stopped] = jsonLines<Ended>(cli.output.out);
    assert.equal(stopped?.status, 'stopped');
    const done = stopped?.result.verified ?? 0;
    assert.ok(done >= 2 && done < names.length, String(done));
    assert.match(cli.output.said, /Go on with: imaginarium verify --base-url \S+ --resume j/);

    const next = await run('verify', '--json', ...judge());
    const [ended] = jsonLines<Ended>(next.out);
    assert.equal(ended?.result.verified, names.length - done);
    assert.deepEqual([...new Set((await standing()).values())], ['verified']);
  });

  it('lose nothing to kills, and ask hardly anything twice', async () => {
    const kills = 2;
    for (let kill = 0; kill < kills; kill++) {
      const before = server.requests.length;
      const how = kill === 0 ? ['--again', ...judge()] : ['--resume'];
      const cli = start('verify', '--json', ...how);
      await eventually('it judges', () => server.requests.length > before + 4, 40_000);
      cli.child.kill('SIGKILL');
      assert.equal(await cli.ended, 'SIGKILL');
    }
    const last = await run('verify', '--resume', '--json');
    assert.equal(last.code, 0, last.said);
    const [ended] = jsonLines<Ended>(last.out);
    assert.deepEqual([ended?.status, ended?.result.verified], ['finished', names.length]);
    // At most those that were under way in each kill are asked about again.
    assert.ok(server.requests.length <= names.length + 4 * kills, String(server.requests.length));
    // A call is counted before it is sent: those that a kill kept back are counted all the same.
    const calls = ended?.usage.modelCalls ?? 0;
    assert.ok(calls >= server.requests.length && calls <= names.length + 4 * kills, String(calls));
    assert.deepEqual([...new Set(server.requests.map(judgedName))].sort(), [...names].sort());
    assert.deepEqual([...new Set((await standing()).values())], ['verified']);
    assert.match((await run('verify', '--resume')).said, /There is no verification to go on with\./);
  });
});
