import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { examplesFolder, readManifest } from './sampleWorkspace.ts';

describe('The manifest of the sample workspace', () => {
  const manifest = readManifest(examplesFolder);

  it('has the shape that manifests have, and nothing else', () => {
    assert.deepEqual(Object.keys(manifest), ['tools', 'services']);
    for (const tool of manifest.tools) {
      assert.deepEqual(Object.keys(tool), ['name', 'description', 'risk', 'parameters', 'run'], tool.name);
      const bindings = Object.keys(tool.run).sort().join(' ');
      assert.ok(
        ['command', 'command stdin', 'export module', 'http'].includes(bindings),
        `${tool.name}: ${bindings}`,
      );
    }
    for (const service of Object.values(manifest.services)) {
      assert.deepEqual(Object.keys(service), ['command', 'ready']);
      assert.match(service.ready.line, /\(\?<port>/);
    }
  });

  it('uses every kind of runner, and one tool writes', () => {
    const kinds = manifest.tools.map(({ run }) =>
      run.http ? run.http.method : run.module ? 'module' : run.stdin ? 'stdin' : 'arguments',
    );
    assert.deepEqual([...new Set(kinds)].sort(), ['GET', 'POST', 'arguments', 'module', 'stdin']);
    assert.ok(manifest.tools.length >= 9);
    const writing = manifest.tools
      .filter((tool) => tool.risk !== 'read')
      .map((tool) => [tool.name, tool.risk]);
    assert.deepEqual(writing, [['book_seat', 'write']]);
  });

  it('has tool names that differ and that models accept', () => {
    const names = manifest.tools.map((tool) => tool.name);
    assert.equal(new Set(names).size, names.length);
    for (const name of names) assert.match(name, /^[a-z_]{1,64}$/);
  });

  it('has sound schemas whose examples and defaults fit', () => {
    const ajv = new Ajv({ strict: true });
    formats.default(ajv);
    for (const tool of manifest.tools) {
      ajv.compile(tool.parameters);
      for (const name of tool.parameters.required ?? []) {
        assert.ok(tool.parameters.properties[name], `${tool.name} requires ${name}, which it does not have`);
      }
      for (const [name, { examples = [], default: preset, ...schema }] of Object.entries(
        tool.parameters.properties,
      )) {
        const fits = ajv.compile(schema);
        const samples = [...(examples as unknown[]), ...(preset === undefined ? [] : [preset])];
        for (const sample of samples)
          assert.ok(fits(sample), `${tool.name}.${name}: ${JSON.stringify(sample)}`);
      }
    }
  });

  it('names only parameters, services and files that exist', () => {
    for (const { name, run, parameters } of manifest.tools) {
      const known = ['node', 'service:trains.port', ...Object.keys(parameters.properties)];
      for (const [, placeholder = ''] of JSON.stringify(run).matchAll(/\$\{([^}]+)\}/g)) {
        assert.ok(known.includes(placeholder), `${name}: ${placeholder}`);
      }
      const files = [run.module, ...(run.command ?? [])].filter((part) => part?.endsWith('.mjs'));
      for (const file of files) assert.ok(existsSync(join(examplesFolder, file ?? '')), `${name}: ${file}`);
    }
  });
});
