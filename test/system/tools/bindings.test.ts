import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { JsonObject } from '../../../src/core/json.ts';
import type { Observation } from '../../../src/core/trial.ts';
import { applyBindings } from '../../../src/tools/bindings.ts';
import type { BoundTool } from '../../../src/tools/boundTool.ts';
import { readSource } from '../../../src/tools/source.ts';
import { ToolHost } from '../../../src/tools/toolHost.ts';

const folder = join(import.meta.dirname, '../../fixtures/tools');
const parameters = { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] };
const functions = ['by.service', 'by_command', 'by_module', 'unbound'].map((name) => ({
  type: 'function',
  function: { name, parameters },
}));
const manifest = `include:
  - source: functions.json
    tools:
      by.service: { run: { http: { url: "http://127.0.0.1:\${service:one.port}/\${path}" } } }
      by_command: { run: { command: ["\${node}", -e, "console.log(process.argv[1], process.env.KEY)", "\${path}"], env: { KEY: "\${secret:KEY}" } } }
      by_module: { run: { module: module.mjs, export: echo } }
services:
  one: { command: ["\${node}", service.mjs], ready: { line: "listening on (?<port>[0-9]+)" } }
`;

describe('Runners that a manifest binds to the tools of another file', () => {
  let host: ToolHost;
  let tools: BoundTool[];

  before(() => {
    host = new ToolHost({
      trusted: () => true,
      secret: async (name) => (name === 'KEY' ? 'opensesame' : null),
    });
    const sources = [
      readSource(folder, 'functions.json', JSON.stringify(functions)),
      readSource(folder, 'imaginarium.yaml', manifest),
    ];
    tools = applyBindings(sources).flatMap((source) => source.tools);
  });

  after(() => host.dispose());

  function call(written: string, args: JsonObject): Promise<Observation> {
    const bound = tools.find((one) => (one.written?.name ?? one.tool.name) === written);
    assert.ok(bound, written);
    return host.call(bound, args, { signal: new AbortController().signal });
  }

  it('use the services of the manifest, by the parameters of the tool', async () => {
    const { status, content } = await call('by.service', { path: 'x' });
    assert.deepEqual([status, content], ['ok', '/x']);
  });

  it('start programs with arguments and secrets, which stay secret', async () => {
    const { status, content } = await call('by_command', { path: 'a b; ls' });
    assert.deepEqual([status, content.trim()], ['ok', 'a b; ls ***']);
  });

  it('call modules', async () => {
    const { status } = await call('by_module', { path: 'x' });
    assert.equal(status, 'ok');
  });

  it('are not there for what the manifest does not name', async () => {
    const { status, content } = await call('unbound', { path: 'x' });
    assert.equal(status, 'not_run');
    assert.match(content, /^Not run: /);
  });
});
