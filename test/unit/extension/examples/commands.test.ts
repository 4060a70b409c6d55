import assert from 'node:assert/strict';
import type { Job } from '../../../../src/core/job.ts';
import { resume } from '../../../../src/extension/commands/resume.ts';
import { stop } from '../../../../src/extension/commands/stop.ts';
import { expandExamples } from '../../../../src/extension/examples/expandExamples.ts';
import { jobEnd } from '../../../../src/extension/examples/jobTexts.ts';
import { reviewExamples } from '../../../../src/extension/examples/reviewExamples.ts';
import { reverifyExamples, verifyExamples } from '../../../../src/extension/examples/verifyExamples.ts';
import { engine, type JobEstimate } from '../../../../src/protocol/engine.ts';
import { asked, type Played, play, type Script } from '../commands/person.ts';
import { settle, tool } from '../fakes.ts';
import { example } from '../view/model/played.ts';

const id = 'imaginarium.yaml#add_date';
const learned = { examples: 12, failures: 0, lessons: 0, trials: 20 };

function estimate(changes: Partial<JobEstimate> = {}): JobEstimate {
  return {
    examples: 12,
    modelCalls: 12,
    toolCalls: 0,
    tokens: 20_431,
    usd: 0.3,
    budget: { modelCalls: null, tokens: null, usd: null },
    model: 'Model M',
    ...changes,
  };
}

function job(changes: Partial<Job> = {}): Job {
  return {
    id: 'j1',
    kind: 'verify',
    status: 'running',
    params: {},
    budget: { modelCalls: null, tokens: null, usd: null },
    model: { id: 'm', label: 'Model M', baseUrl: null, isLanguageModel: true },
    done: 0,
    of: 12,
    result: null,
    usage: { modelCalls: 0, inputTokens: 0, cachedTokens: 0, outputTokens: 0, usd: 0 },
    startedAt: 5000,
    endedAt: null,
    error: null,
    ...changes,
  };
}

const playJobs = (script: Script = {}): Promise<Played> =>
  play({
    settings: { model: 'gpt-x' },
    tools: [tool('add_date', { counts: learned }), tool('b', { counts: learned })],
    ...script,
    engine: {
      [engine.estimateJob.method]: (params) => {
        const { budget } = params as { budget?: object };
        return estimate({ budget: { modelCalls: null, tokens: null, usd: null, ...budget } });
      },
      [engine.verify.method]: () => ({ jobId: 'j1' }),
      [engine.expand.method]: () => ({ jobId: 'j1' }),
      [engine.stopJob.method]: () => ({}),
      [engine.resumeJob.method]: () => ({ jobId: 'j1' }),
      ...script.engine,
    },
  });

describe('Verify Examples', () => {
  it('says what it takes at most, and begins on Start alone', async () => {
    const no = await playJobs();
    await verifyExamples(no.around, { toolId: id });
    assert.deepEqual(no.questions, ['Verify 12 examples of add_date with gpt-x?']);
    assert.match(no.details[0] ?? '', /At most 12 model calls and 21,000 tokens, for about \$0\.30\./);
    assert.deepEqual(asked(no, engine.verify), []);
    const yes = await playJobs({ decides: ['Start'] });
    await verifyExamples(yes.around, { toolId: id });
    assert.deepEqual(asked(yes, engine.verify), [{ tools: [id], model: 'gpt-x' }]);
  });

  it('of all tools or of one, as is picked; limits can be changed', async () => {
    const played = await playJobs({
      picks: { 'Verify Examples': 'All Tools', 'Change Budget': 'Model calls' },
      types: { 'Model calls': '5' },
      decides: ['Change Budget…', 'Start'],
    });
    await verifyExamples(played.around, {});
    assert.deepEqual(asked(played, engine.verify), [
      { tools: [], model: 'gpt-x', budget: { modelCalls: 5 } },
    ]);
    assert.match(played.details[1] ?? '', /It stops at its limit: 5 model calls\./);
  });

  it('needs a language model: the sampler is none', async () => {
    const played = await playJobs({ settings: { model: 'offline' }, decides: ['Start'] });
    await verifyExamples(played.around, { toolId: id });
    assert.match(played.said.join(), /needs a language model\. The offline sampler is none/);
    assert.deepEqual(asked(played, engine.estimateJob), []);
  });

  it('where everything is judged says so, and judges again on request', async () => {
    const script: Script = {
      answers: { 'Every example has been judged': 'Judge Again' },
      decides: ['Start'],
      engine: {
        [engine.estimateJob.method]: (params) =>
          estimate({ examples: (params as { again?: boolean }).again ? 3 : 0 }),
      },
    };
    const played = await playJobs(script);
    await verifyExamples(played.around, { toolId: id });
    assert.deepEqual(asked(played, engine.verify), [{ tools: [id], model: 'gpt-x', again: true }]);
  });

  it('again of what a changed spec made stale; where nothing is, it says so', async () => {
    const played = await playJobs({ decides: ['Start'] });
    await reverifyExamples(played.around, {});
    assert.deepEqual(played.questions, ['Verify 12 examples again with gpt-x?']);
    assert.deepEqual(asked(played, engine.verify), [{ tools: [], stale: true, model: 'gpt-x' }]);
    const none = await playJobs({
      engine: { [engine.estimateJob.method]: () => estimate({ examples: 0 }) },
    });
    await reverifyExamples(none.around, {});
    assert.match(none.said.join(), /No spec has changed/);
  });

  it('is not begun in a workspace that is not trusted', async () => {
    for (const command of [verifyExamples, reverifyExamples, expandExamples]) {
      const played = await playJobs({ trusted: false, decides: ['Start'] });
      await command(played.around, { toolId: id });
      assert.match(played.said.join(), /Restricted Mode/);
      assert.deepEqual(asked(played, engine.estimateJob), []);
    }
  });

  it('tells how it went, and leads to what is to be reviewed', async () => {
    const played = await playJobs({
      decides: ['Start'],
      answers: { 'Verified 12 examples': 'Review' },
    });
    await verifyExamples(played.around, { toolId: id });
    const { workbench } = played.around;
    workbench.hear([{ type: 'job', job: job({ done: 3 }), doing: 'add_date' }]);
    assert.equal(workbench.working?.id, 'j1');
    const result = { examples: 11, verified: 9, review: 3, candidates: { asked: 4, found: 1 } };
    workbench.hear([{ type: 'job', job: job({ status: 'finished', done: 12, result }) }]);
    await settle();
    assert.deepEqual(played.said, ['Verified 12 examples: 9 judged right, 3 to review.']);
    assert.deepEqual(played.did, ['showTools', 'reveal review']);
  });
});

describe('Work on examples', () => {
  it('is stopped by Stop, with the runs or alone, and not by that of a row', async () => {
    const played = await playJobs();
    played.around.workbench.hear([{ type: 'job', job: job() }]);
    await stop(played.around, { toolId: id });
    assert.deepEqual(asked(played, engine.stopJob), []);
    await stop(played.around);
    assert.deepEqual([asked(played, engine.stopJob).length, asked(played, engine.stop).length], [1, 0]);
  });

  it('goes on with Resume; where its budget is used up, another one is asked for', async () => {
    const cut = await playJobs();
    cut.around.workbench.hear([{ type: 'job', job: job({ status: 'interrupted' }) }]);
    await resume(cut.around);
    assert.deepEqual(asked(cut, engine.resumeJob), [{ id: 'j1' }]);
    const raised = await playJobs({
      picks: { 'Change Budget': 'Model calls' },
      types: { 'Model calls': '50' },
    });
    raised.around.workbench.hear([{ type: 'job', job: job({ status: 'budget' }) }]);
    await resume(raised.around);
    assert.deepEqual(asked(raised, engine.resumeJob), [{ id: 'j1', budget: { modelCalls: 50 } }]);
  });

  it('has a last word for every way in which it ends', () => {
    const text = (changes: Partial<Job>) => jobEnd(job({ done: 5, ...changes })).text;
    assert.match(
      text({ status: 'stopped' }),
      /^Verifying examples: stopped at 5 of 12\. What is done is kept/,
    );
    assert.match(text({ status: 'budget' }), /budget is used up at 5 of 12/);
    assert.match(text({ status: 'interrupted' }), /cut off at 5 of 12/);
    const error = { message: 'The server is gone.', advice: 'Start it.' };
    assert.equal(
      text({ status: 'failed', error }),
      'Verifying examples failed. The server is gone. Start it.',
    );
    assert.equal(
      text({
        kind: 'expand',
        status: 'finished',
        result: { paraphrases: 8, nearMisses: 1, missingValues: 0 },
      }),
      'Added 8 paraphrases, 1 abstention.',
    );
  });
});

describe('Add Paraphrases and Abstentions', () => {
  it('asks what and how many', async () => {
    const title = 'Add Paraphrases and Abstentions';
    const played = await playJobs({
      picks: { [title]: 'Both' },
      types: { 'Examples per tool, paraphrases included': '40', 'Abstentions per tool, of each kind': '3' },
      decides: ['Start'],
    });
    await expandExamples(played.around, { toolId: id });
    assert.deepEqual(asked(played, engine.expand), [
      { tools: [id], paraphrases: 40, abstentions: 3, model: 'gpt-x' },
    ]);
    const one = await playJobs({
      picks: { [title]: 'Abstentions' },
      types: { 'Abstentions per tool, of each kind': '2' },
      decides: ['Start'],
    });
    await expandExamples(one.around, { toolId: id });
    assert.deepEqual(asked(one, engine.expand), [
      { tools: [id], paraphrases: 0, abstentions: 2, model: 'gpt-x' },
    ]);
  });
});

describe('Accept and Reject Example', () => {
  it('keep the word on what is selected', async () => {
    const played = await playJobs({ engine: { [engine.review.method]: () => ({ changed: true }) } });
    await reviewExamples(played.around, [{ exampleId: 'e1' }, { exampleId: 'e2' }], true);
    assert.deepEqual(asked(played, engine.review), [
      { id: 'e1', accepted: true },
      { id: 'e2', accepted: true },
    ]);
    assert.deepEqual(played.said, []);
  });

  it('from the palette let one be picked of those that wait; say so where none does, or it is gone', async () => {
    const queue = {
      rows: [example('e1'), example('e2')],
      next: null,
      total: 2,
      agreement: { agreed: 0, of: 0 },
    };
    const played = await playJobs({
      picks: { 'Reject Example': 'Query e2' },
      engine: {
        [engine.reviewQueue.method]: () => queue,
        [engine.review.method]: () => ({ changed: false }),
      },
    });
    await reviewExamples(played.around, [{}], false);
    assert.deepEqual(asked(played, engine.review), [{ id: 'e2', accepted: false }]);
    assert.match(played.said.join(), /no longer there/);
    const none = await playJobs({ engine: { [engine.reviewQueue.method]: () => ({ ...queue, rows: [] }) } });
    await reviewExamples(none.around, [{}], false);
    assert.match(none.said.join(), /No example waits/);
  });
});
