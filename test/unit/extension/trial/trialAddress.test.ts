import assert from 'node:assert/strict';
import { trialId } from '../../../../src/core/trialId.ts';
import {
  addressOf,
  comparisonTitle,
  isMessages,
  messagesAddress,
  trialAddress,
  trialIdOf,
  trialScheme,
} from '../../../../src/extension/trial/trialAddress.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';
import { sampleTrial } from '../../../helpers/sampleTrial.ts';

describe('The address of a trial', () => {
  it('has a path that a tab can show, and the id', () => {
    const trial = sampleTrial({ episode: 3, trial: 2, query: 'Add ten days to the second of March, please' });
    assert.deepEqual(trialAddress(trial), {
      path: '/add_date · 3.2 Add ten days to the second of….trial',
      query: trial.id,
    });
    assert.equal(trialAddress(sampleTrial({ query: '' })).path, '/add_date · 1.1.trial');
    assert.ok(isMessages(messagesAddress(trial)) && !isMessages(trialAddress(trial)));
  });

  it('is known from what an example or a failed call says of its trial', () => {
    const place = { runId: 'r', tool: 'imaginarium.yaml#add_date', episode: 3, trial: 2 };
    const trial = sampleTrial({ ...place, id: trialId(place) });
    assert.deepEqual(addressOf(trial.id, trial.tool, trial.query), trialAddress(trial));
    assert.equal(addressOf('somebody else wrote this', trial.tool, trial.query), undefined);
  });

  it('stays one short path whatever the query says', () => {
    for (const query of hostileTexts) {
      const { path } = trialAddress(sampleTrial({ query }));
      assert.match(path, /^\/add_date · 1\.1[^/\\*?<>|%#\p{C}]*\.trial$/u);
      assert.ok(path.length < 140, path);
    }
  });

  it('is read from documents of its scheme alone', () => {
    assert.equal(trialIdOf({ scheme: trialScheme, query: 'r-1.1', path: '/x.trial' }), 'r-1.1');
    for (const other of [
      undefined,
      null,
      'x',
      {},
      { scheme: 'file', query: 'r' },
      { scheme: trialScheme, query: '' },
    ]) {
      assert.equal(trialIdOf(other), undefined);
    }
  });

  it('gives a comparison a title, with both tools where they differ', () => {
    const one = sampleTrial({ episode: 3, trial: 2 });
    assert.equal(comparisonTitle(one, sampleTrial({ episode: 3, trial: 4 })), '3.2 ↔ 3.4 add_date');
    assert.equal(comparisonTitle(one, sampleTrial({ tool: 'a.yaml#b' })), 'add_date 3.2 ↔ b 1.1');
  });
});
