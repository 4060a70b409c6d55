import assert from 'node:assert/strict';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { Cancelled, UserError } from '../../../../src/core/errors.ts';
import { foldersAfter } from '../../../../src/engine/server/folders.ts';
import { modelErrorOf } from '../../../../src/engine/server/hostErrors.ts';
import { responseErrorOf } from '../../../../src/engine/server/requests.ts';
import { modelKey, toolSecret } from '../../../../src/protocol/secrets.ts';

const folder = (path: string) => ({ uri: `file://${path}`, name: path });

describe('What goes over the wire', () => {
  it('carries the advice of an error, and says whose fault it is', () => {
    const user = responseErrorOf(new UserError('No model is chosen.', 'Choose one.'));
    assert.deepEqual([user.message, user.data?.advice], ['No model is chosen.', 'Choose one.']);
    const ours = responseErrorOf(new TypeError('x is undefined'));
    assert.match(ours.message, /inside Imaginarium: x is undefined/);
    assert.match(ours.data?.advice ?? '', /report it/);
    assert.equal(responseErrorOf(new Cancelled()).code, LSPErrorCodes.RequestCancelled);
  });

  it('brings the fault of an editor model back, and takes no kind that is unknown', () => {
    const data = { kind: 'consent', advice: 'Allow it.' };
    assert.equal(modelErrorOf(new ResponseError(1, 'No.', data))?.kind, 'consent');
    assert.equal(modelErrorOf(new ResponseError(1, 'No.', { ...data, kind: 'made up' })), null);
    assert.equal(modelErrorOf(new ResponseError(1, 'No.')), null);
  });

  it('keeps the order of workspace folders, and leaves out those on no disk', () => {
    const added = [folder('/c'), { uri: 'memfs:/d', name: 'd' }];
    assert.deepEqual(foldersAfter(['/a', '/b'], { added, removed: [folder('/a')] }), ['/b', '/c']);
    assert.deepEqual(foldersAfter(['/a'], { added: [folder('/a')], removed: [] }), ['/a']);
  });

  it('names secrets so that no manifest reaches the key of a model server, and no server that of another', () => {
    assert.notEqual(toolSecret('default'), modelKey(null));
    assert.equal(modelKey('https://Models.example/v1'), modelKey('https://models.example/v2?x'));
    assert.notEqual(modelKey('https://models.example:1/'), modelKey('https://models.example:2/'));
  });
});
