import assert from 'node:assert/strict';
import {
  addressProblem,
  baseUrlOf,
  isOpenToAll,
  keyProblem,
} from '../../../../src/extension/choose/servers.ts';
import { setApiKey } from '../../../../src/extension/commands/setApiKey.ts';
import { setSecret } from '../../../../src/extension/commands/setSecret.ts';
import { engine } from '../../../../src/protocol/engine.ts';
import { modelKey, toolSecret } from '../../../../src/protocol/secrets.ts';
import { asked, play } from './person.ts';

describe('Set API Key', () => {
  const picks = { 'Set API Key': 'OpenAI' };
  const title = 'API Key for api.openai.com';

  it('keeps the key for one server, says so, and forgets it when nothing is typed', async () => {
    const types = { [title]: 'sk-1' };
    const played = await play({ picks, types });
    await setApiKey(played.around);
    assert.deepEqual([...played.kept], [[modelKey(null), 'sk-1']]);
    types[title] = '';
    await setApiKey(played.around);
    assert.equal(played.kept.size, 0);
    await setApiKey(played.around);
    assert.deepEqual(played.said, [
      'The key for api.openai.com is kept in the secret storage of the editor.',
      'The key for api.openai.com is forgotten.',
      'No key for api.openai.com was kept, and none is now.',
    ]);
    assert.equal(played.shown[1]?.[0]?.description, 'a key is kept');
  });

  it('offers the address of the settings first, and any other', async () => {
    const played = await play({
      settings: { baseUrl: 'https://one.example/v1' },
      picks: { 'Set API Key': 'Another Server…' },
      types: { 'Address of the Server': 'https://two.example/v1', 'API Key for two.example': 'k' },
    });
    await setApiKey(played.around);
    assert.deepEqual(
      played.shown[0]?.map(({ label }) => label),
      ['one.example', 'OpenAI', 'Another Server…'],
    );
    assert.deepEqual([...played.kept.keys()], [modelKey('https://two.example')]);
    assert.deepEqual(asked(played, engine.serverModels), [{ baseUrl: 'https://two.example/v1' }]);
  });

  it('says when the server refuses it, and asks nobody without trust', async () => {
    const types = { [title]: 'sk-1' };
    const refused = await play({ picks, types, serverModels: { problem: 'refused' } });
    await setApiKey(refused.around);
    assert.match(refused.said[0] ?? '', /is kept .* does not accept this key\.$/);
    const restricted = await play({ picks, types, trusted: false });
    await setApiKey(restricted.around);
    assert.deepEqual(asked(restricted, engine.serverModels), []);
    assert.match(restricted.said[0] ?? '', /is kept/);
  });

  it('takes no key that cannot be sent, and no address that cannot be meant', () => {
    assert.match(keyProblem('a b') ?? '', /no spaces/);
    assert.equal(keyProblem(' sk-x '), null);
    for (const bad of ['', 'x', 'ftp://a', 'http://']) assert.ok(addressProblem(bad), bad);
    assert.match(addressProblem('https://u:p@a.example') ?? '', /Leave out user name/);
    assert.equal(addressProblem('http://127.0.0.1:1/v1'), null);
    assert.equal(baseUrlOf('https://api.openai.com/v1/'), null);
    assert.ok(isOpenToAll('http://models.example/v1'));
    for (const fine of ['http://127.0.0.1:1/v1', 'http://localhost/v1', 'http://[::1]:1/', 'https://a.b/']) {
      assert.ok(!isOpenToAll(fine), fine);
    }
  });
});

describe('Set Secret of a Tool', () => {
  it('keeps what is typed, says so, and forgets it when nothing is', async () => {
    const types = { 'Name of the Secret': 'TOKEN', 'Value of the Secret TOKEN': 'abc' };
    const played = await play({ types });
    await setSecret(played.around);
    assert.deepEqual([...played.kept], [[toolSecret('TOKEN'), 'abc']]);
    types['Value of the Secret TOKEN'] = '';
    await setSecret(played.around);
    assert.equal(played.kept.size, 0);
    assert.deepEqual(played.said, [
      'The secret TOKEN is kept in the secret storage of the editor.',
      'The secret TOKEN is forgotten.',
    ]);
  });

  it('takes no name that a manifest could not write', async () => {
    const played = await play({ types: { 'Name of the Secret': 'a/b' } });
    await assert.rejects(setSecret(played.around), /Letters, digits/);
  });
});
