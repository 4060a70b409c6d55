import assert from 'node:assert/strict';
import { inputSecret, parseVariables, unknownVariable } from '../../../../src/tools/mcp/variables.ts';

describe('Variables of MCP configurations', () => {
  it('are those of every client', () => {
    assert.deepEqual(
      parseVariables('${workspaceFolder}/a/${env:HOME_DIR}${input:my key}${TOKEN}${URL:-http://x}'),
      [
        { kind: 'place', name: 'folder' },
        '/a/',
        { kind: 'env', name: 'HOME_DIR', otherwise: null },
        { kind: 'input', id: 'my key' },
        { kind: 'env', name: 'TOKEN', otherwise: null },
        { kind: 'env', name: 'URL', otherwise: 'http://x' },
      ],
    );
    assert.deepEqual(
      parseVariables('${userHome}${pathSeparator}${/}${workspaceFolderBasename}${workspaceFolder:api}'),
      [
        { kind: 'place', name: 'home' },
        { kind: 'place', name: 'separator' },
        { kind: 'place', name: 'separator' },
        { kind: 'place', name: 'folderName' },
        { kind: 'place', name: 'folder' },
      ],
    );
    assert.deepEqual(parseVariables('${secret:KEY}'), [{ kind: 'secret', name: 'KEY' }]);
    assert.deepEqual(parseVariables('${EMPTY:-}'), [{ kind: 'env', name: 'EMPTY', otherwise: '' }]);
  });

  it('leave alone what is none', () => {
    for (const text of ['', '$HOME', '${', '${}', '${1:foo}', '${a b}', '$${', '{x}', '${unclosed']) {
      assert.deepEqual(parseVariables(text), text === '' ? [] : [text]);
    }
  });

  it('of the editor alone are known for that', () => {
    assert.equal(unknownVariable('a ${command:pick} b'), '${command:pick}');
    assert.equal(unknownVariable('${config:editor.tabSize}'), '${config:editor.tabSize}');
    assert.equal(unknownVariable('${file}'), '${file}');
    assert.equal(unknownVariable('${fileServer_X}'), null);
    assert.equal(unknownVariable('${env:FILE}${workspaceFolder}'), null);
  });

  it('for inputs are stored under a name that a secret may have', () => {
    assert.equal(inputSecret('api-key'), 'api_key');
    assert.equal(inputSecret('GitHub token'), 'GitHub_token');
    assert.equal(inputSecret('1st'), '_1st');
    assert.match(inputSecret('ü'), /^[A-Za-z_]\w*$/);
  });
});
