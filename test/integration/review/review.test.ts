import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, extensions, lm, window } from 'vscode';
import type { Person } from '../../../src/extension/surroundings.ts';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { commands as ids } from '../../../src/protocol/contributions.ts';
import { engine, type Job } from '../../../src/protocol/engine.ts';
import { hostileTexts } from '../../helpers/hostileTexts.ts';
import { ended, eventually, fileIn, listed, nextRun, openExtension, toolNode } from '../window.ts';
import { type FakeModel, judgingModel } from './judgingModel.ts';

const hostile = hostileTexts.filter(({ length }) => length < 200).join('\n');

describe('Verified examples in the window', () => {
  let api: TestApi;
  let model: FakeModel;
  let giveBack: (() => void) | undefined;
  const said: string[] = [];
  const asked: { question: string; detail: string }[] = [];

  function answer(answers: Partial<Person> = {}): void {
    giveBack?.();
    giveBack = api.answer({
      tell: async (_severity, text) => {
        said.push(text);
        return undefined;
      },
      decide: async (question, detail, answers) => {
        asked.push({ question, detail });
        return answers[0];
      },
      ...answers,
    });
  }

  /** The row of what waits, as it is drawn now. */
  async function reviewRow() {
    await api.tree.getChildren();
    return api.tree.model.review;
  }

  const jobEnded = (kind: Job['kind']) =>
    eventually(`the work ends`, () => {
      const { job } = api.workbench;
      return job?.kind === kind && job.status !== 'running' && job;
    });

  before(async () => {
    const extension = extensions.getExtension<FakeModel>('imaginarium-tests.fake-model');
    assert.ok(extension, 'The extension with the fake model is not installed.');
    model = await extension.activate();
    api = await openExtension();
    answer();
    await listed(api);
    await eventually(
      'the model is there',
      async () => (await lm.selectChatModels({ vendor: 'imaginarium-tests' })).length > 0,
    );
    model.answer = judgingModel((at) => ({ faithful: at > 1, reasons: at > 1 ? 'It is so.' : hostile }));
    const { id } = await nextRun(api, async () =>
      commands.executeCommand(ids.exploreTool, await toolNode(api, 'colour_name')),
    );
    const run = await ended(api, id);
    assert.ok(run.counts.examples >= 3, `${run.counts.examples} examples; ${said.join()}`);
  });

  after(() => giveBack?.());

  it('are judged by the model once the person has seen what it takes; what is in doubt waits first in the view', async () => {
    assert.equal(await reviewRow(), null);
    await commands.executeCommand(ids.verifyExamples, await toolNode(api, 'colour_name'));
    const job = await jobEnded('verify');
    assert.equal(job.status, 'finished', job.error?.message);
    assert.match(asked.at(-1)?.question ?? '', /^Verify \d examples of colour_name with Fake model\?$/);
    assert.match(asked.at(-1)?.detail ?? '', /At most \d+ model calls/);
    await eventually('the end is told', () => said.some((text) => /2 to review\./.test(text)));
    await eventually('two wait', async () => (await reviewRow())?.row.label === 'To review (2)');
    const [first] = await api.tree.getChildren();
    assert.equal(first, api.tree.model.review);
  });

  it('show what a judge said as text, whatever it is, in the row and in the trial', async () => {
    const row = await reviewRow();
    const waiting = (await row?.children()) ?? [];
    assert.equal(waiting.length, 2);
    const [one] = waiting;
    assert.ok(one);
    const item = api.tree.getTreeItem(one);
    assert.equal(typeof item.tooltip, 'string', 'no Markdown, so no link');
    assert.match(one.row.description, /^colour_name · calls worked, judge: answer made up$/);
    assert.doesNotMatch(one.row.tooltip.replaceAll('\n', ''), /[\p{Cc}\u202e]/u);
    const { command } = item;
    await commands.executeCommand(command?.command ?? '', ...(command?.arguments ?? []));
    const text = await eventually('the trial opens', () => {
      const document = window.activeTextEditor?.document;
      return document?.languageId === 'imaginarium-trial' && document.getText();
    });
    assert.match(text, /^Example {2}⚠ to review {2}calls worked, judge: answer made up$/m);
    assert.match(text, /^ {4}<script>window\.__hacked = 1<\/script>/m);
  });

  it('stay as the person has said, in the view, the open trial, the file and the next engine', async () => {
    const [one, other] = (await (await reviewRow())?.children()) ?? [];
    assert.ok(one && other);
    const id = one.target.exampleId ?? '';
    await commands.executeCommand(ids.acceptExample, one);
    await eventually('one waits', async () => (await reviewRow())?.row.label === 'To review (1)');
    await commands.executeCommand(ids.rejectExample, other);
    await eventually('none waits', async () => (await reviewRow()) === null);
    await eventually('the open trial says so', () =>
      /^Example {2}✓ accepted$/m.test(window.activeTextEditor?.document.getText() ?? ''),
    );
    const folder = fileIn('.imaginarium/examples').fsPath;
    await eventually('the file says so', () => {
      const lines = readdirSync(folder).flatMap((name) =>
        readFileSync(`${folder}/${name}`, 'utf8').split('\n'),
      );
      const states = lines.filter(Boolean).map((line) => JSON.parse(line).verification);
      return states.includes('accepted') && states.includes('rejected');
    });
    const { pid } = api.link;
    assert.ok(pid);
    process.kill(pid, 'SIGKILL');
    await eventually('another engine', () => api.link.state === 'ready' && api.link.pid !== pid);
    const kept = await api.link.request(engine.example, { id });
    assert.equal(kept?.verification, 'accepted');
    const queue = await api.link.request(engine.reviewQueue, { limit: 10 });
    assert.deepEqual([queue.total, queue.agreement], [0, { agreed: 1, of: 2 }]);
  });

  it('are judged on with Resume where the engine was cut off', async () => {
    let asked = 0;
    const judge = judgingModel(() => ({ faithful: true, reasons: 'It is so.' }));
    model.answer = (request) => {
      asked += 1;
      // The second one is never answered: the engine dies before.
      return asked === 2 ? new Promise<object>(() => {}) : judge(request);
    };
    answer({
      tell: async (_severity, text) => (text.startsWith('Every example') ? 'Judge Again' : undefined),
    });
    const { pid } = api.link;
    await commands.executeCommand(ids.verifyExamples, await toolNode(api, 'colour_name'));
    // Several are asked for at a time: the third may be there before one looks.
    await eventually('the second is asked for', () => asked >= 2);
    assert.ok(api.workbench.working && pid);
    process.kill(pid, 'SIGKILL');
    await eventually('it is known as cut off', () => api.workbench.resumableJob?.status === 'interrupted');
    const { id } = api.workbench.resumableJob ?? {};
    answer();
    await commands.executeCommand(ids.resume);
    const job = await eventually('it has ended', () => {
      const { job: now } = api.workbench;
      return now?.status === 'finished' && now;
    });
    assert.equal(job.id, id);
    assert.equal(job.done, job.of);
  });

  it('are exported to a file that the linter has nothing against', async () => {
    const path = join(tmpdir(), `imaginarium-export-${process.pid}.jsonl`);
    const result = await api.link.request(engine.exportData, {
      format: 'trl',
      path,
      replace: true,
      tools: [],
    });
    assert.deepEqual(result.problems, []);
    const rows = readFileSync(path, 'utf8').trim().split('\n');
    assert.equal(rows.length, result.files[0]?.rows);
    assert.ok(rows.length >= 2);
    assert.ok(rows.every((row) => JSON.parse(row).tools.length > 0));
  });

  it('that a person has turned down are put away below the others, and can be taken back', async () => {
    const tool = await toolNode(api, 'colour_name');
    const examples = tool.children().find(({ row }) => row.context === 'examples');
    const rejected = ((await examples?.children()) ?? []).find(({ row }) => row.label === 'Rejected');
    const [row] = (await rejected?.children()) ?? [];
    assert.equal(row?.row.context, 'example.rejected');
    await commands.executeCommand(ids.acceptExample, row);
    const { rows } = await api.link.request(engine.examples, { limit: 10, verification: 'rejected' });
    assert.deepEqual(rows, []);
  });
});
