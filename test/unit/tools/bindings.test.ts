import assert from 'node:assert/strict';
import type { JsonObject } from '../../../src/core/json.ts';
import { applyBindings } from '../../../src/tools/bindings.ts';
import type { BoundTool, OpenApiRunner, SourceResult } from '../../../src/tools/boundTool.ts';
import { readSource } from '../../../src/tools/source.ts';

const closed: JsonObject = { type: 'object', properties: { id: { type: 'string' } } };

function manifest(text: string, path = 'imaginarium.yaml'): SourceResult {
  const read = readSource('/w', path, text);
  assert.deepEqual(
    read.problems.filter(({ severity }) => severity === 'error'),
    [],
  );
  return read;
}

function tool(path: string, name: string, more: Partial<BoundTool> = {}): BoundTool {
  return {
    tool: {
      id: `${path}#${name}`,
      name: name.replace(/\W/g, '_'),
      description: '',
      parameters: closed,
      source: { path, line: 1, column: 1 },
      risk: 'unknown',
      riskReason: 'Guessed.',
      runnable: false,
      specHash: '0',
    },
    folder: '/w',
    runner: null,
    notRunnable: 'nothing runs it.',
    written: { name, description: '', schema: {}, notes: [] },
    timeoutMs: 30_000,
    outputLimit: 65_536,
    services: [],
    ...more,
  };
}

function source(path: string, names: string[], more: Partial<SourceResult> = {}): SourceResult {
  const tools = names.map((name) => tool(path, name));
  return { path, folder: '/w', format: 'openai', tools, problems: [], budget: {}, ...more };
}

function operation(path: string, name: string, server: string | null): BoundTool {
  const runner: OpenApiRunner = {
    kind: 'openapi',
    method: 'GET',
    path: '/x',
    server: server ?? '',
    serverIsBound: false,
    parameters: [],
    body: null,
    security: [],
    auth: {},
  };
  if (server === null) return tool(path, name, { operation: runner });
  const { tool: shown, ...bound } = tool(path, name, { runner, notRunnable: null });
  return { ...bound, tool: { ...shown, runnable: true } };
}

function shown(sources: SourceResult[], path: string): SourceResult {
  const found = applyBindings(sources).find((one) => one.path === path);
  assert.ok(found, `${path} is not shown`);
  return found;
}

function names(sources: SourceResult[]): string[] {
  return applyBindings(sources).flatMap(({ tools }) => tools.map(({ tool: { id } }) => id));
}

/** Problems of a manifest as `line:column severity message`. */
function problems(sources: SourceResult[], path = 'imaginarium.yaml'): string[] {
  return shown(sources, path).problems.map(
    (one) => `${one.line}:${one.column} ${one.severity} ${one.message}`,
  );
}

describe('What a manifest says of other sources', () => {
  it('narrows them: entries add up, and one without "only" lets no more through', () => {
    const sources = [source('a.json', ['get.pet', 'getAll', 'put']), source('b.json', ['put'])];
    const narrowed = manifest('include: [{ source: a.json, only: [get*] }]');
    assert.deepEqual(names([narrowed, ...sources]), ['a.json#get.pet', 'a.json#getAll', 'b.json#put']);
    const more = manifest(`include:
  - { source: a.json, only: [get_pet] }
  - { source: a.json, only: [put] }
  - { source: a.json, risk: read }
`);
    assert.deepEqual(names([more, ...sources]), ['a.json#get.pet', 'a.json#put', 'b.json#put']);
  });

  it('excludes files, folders, servers and patterns, with their problems', () => {
    const sources = [
      source('a.json', ['x']),
      source('old/b.json', ['x']),
      source('old/c/d.json', ['x']),
      source('.mcp.json', [], { format: 'mcpServers' }),
      source('.mcp.json#one', ['x'], { file: '.mcp.json' }),
      source('.mcp.json#two', ['x'], { file: '.mcp.json' }),
    ];
    const paths = (text: string): string[] =>
      applyBindings([manifest(text), ...sources])
        .map(({ path }) => path)
        .slice(1);
    assert.deepEqual(paths('exclude: [old]'), ['a.json', '.mcp.json', '.mcp.json#one', '.mcp.json#two']);
    assert.deepEqual(paths('exclude: ["**/*.json"]'), []);
    assert.deepEqual(paths('exclude: [.mcp.json#two]').at(-1), '.mcp.json#one');
    assert.deepEqual(paths('exclude: [.mcp.json]'), ['a.json', 'old/b.json', 'old/c/d.json']);
  });

  it('is not heard from a manifest that a stronger one excludes, and none excludes itself or a stronger one', () => {
    const a = source('a.json', ['x']);
    const main = manifest('exclude: [sub.tools.yaml, imaginarium.yaml]');
    const sub = manifest('exclude: [a.json]\ntools: [{ name: y }]', 'sub.tools.yaml');
    assert.deepEqual(names([main, sub, a]), ['a.json#x']);
    assert.deepEqual(problems([main, sub, a]), [
      '1:27 warning A manifest cannot exclude itself: what stands here would not be read.',
    ]);
    const weak = manifest('exclude: [imaginarium.yaml]', 'x/sub.tools.yaml');
    const strong = manifest('tools: [{ name: z }]');
    assert.deepEqual(names([strong, weak]), ['imaginarium.yaml#z']);
    assert.deepEqual(problems([strong, weak], 'x/sub.tools.yaml'), [
      '1:11 warning "imaginarium.yaml" counts more than this manifest, which cannot exclude it.',
    ]);
  });

  it('binds runners with the services of the manifest, and takes away the reason why nothing could run them', () => {
    const text = `include:
  - source: a.json
    tools:
      get.x: { run: { command: [a, "\${id}", "\${service:s.port}"] }, timeout: 2, outputLimit: 10 }
      oracle: { run: { simulate: true } }
services:
  s: { command: [s], ready: { line: "(?<port>[0-9]+)" } }
`;
    const { tools } = shown([manifest(text), source('a.json', ['get.x', 'oracle', 'other'])], 'a.json');
    const [x, oracle, other] = tools;
    assert.deepEqual(x?.runner?.kind, 'command');
    assert.deepEqual(
      [x?.notRunnable, x?.tool.runnable, x?.timeoutMs, x?.outputLimit],
      [null, true, 2000, 10],
    );
    assert.deepEqual(
      x?.services.map(({ name, source: path }) => [name, path]),
      [['s', 'imaginarium.yaml']],
    );
    assert.deepEqual([oracle?.runner?.kind, oracle?.tool.runnable], ['simulate', true]);
    assert.deepEqual([other?.runner, other?.tool.runnable], [null, false]);
  });

  it('says that a runner names an argument that the tool does not have, and does not run that', () => {
    const text = `include:
  - source: a.json
    run: { command: [a, "\${ID}"] }
    tools:
      y: { run: { http: { url: "http://h/\${idd}" } } }
`;
    const sources = [manifest(text), source('a.json', ['x', 'y'])];
    assert.deepEqual(problems(sources), [
      '3:5 error "${ID}" is no parameter of x, y. Did you mean "id"?',
      '5:12 error "${idd}" is no parameter of y. Did you mean "id"?',
    ]);
    const [x] = shown(sources, 'a.json').tools;
    assert.equal(x?.notRunnable, 'its runner in the manifest names ${ID}, which is none of its parameters.');
    assert.deepEqual([x?.runner, x?.tool.runnable], [null, false]);
  });

  it('settles a risk, which then has no reason; a guess is made anew for another runner', () => {
    const text = `include:
  - source: a.json
    run: { http: { method: DELETE, url: "http://h/\${id}" } }
    tools: { settled: { risk: read }, get: { run: { http: { url: "http://h/" } } }, cmd_get: { run: { command: [x] } } }
`;
    const { tools } = shown(
      [manifest(text), source('a.json', ['guessed', 'settled', 'get', 'cmd_get'])],
      'a.json',
    );
    assert.deepEqual(
      tools.map(({ tool: { risk, riskReason } }) => [risk, riskReason ?? null]),
      [
        ['destructive', 'DELETE requests delete.'],
        ['read', null],
        ['read', 'GET requests read by convention.'],
        ['unknown', 'Its name has "get": it may only read, but nothing else says so.'],
      ],
    );
  });

  it('counts more by name than by pattern, and by pattern than for all; then later, then the nearer manifest', () => {
    const risk = (...manifests: SourceResult[]): string | undefined =>
      shown([...manifests, source('a.json', ['del.x'])], 'a.json').tools[0]?.tool.risk;
    const all = '{ source: a.json, risk: read }';
    const pattern = '{ source: "*.json", tools: { "del*": { risk: write } } }';
    const named = '{ source: a.json, tools: { del.x: { risk: destructive } } }';
    assert.equal(risk(manifest(`include: [${named}, ${pattern}, ${all}]`)), 'destructive');
    assert.equal(risk(manifest(`include: [${pattern}, ${all}]`)), 'write');
    assert.equal(risk(manifest(`include: [${all}, { source: a.json, risk: write }]`)), 'write');
    const near = manifest(`include: [${all}]`);
    const far = manifest('include: [{ source: a.json, risk: write }]', 'x/imaginarium.yaml');
    const beside = manifest('include: [{ source: a.json, risk: write }]', 'a.tools.yaml');
    assert.equal(risk(near, far), 'read');
    assert.equal(risk(far, near), 'read');
    assert.equal(risk(near, beside), 'read');
    // What a farther one says by name still counts more than what the nearest says of all.
    assert.equal(risk(near, manifest(`include: [${named}]`, 'x/y.tools.yaml')), 'destructive');
    const first = manifest('include: [{ source: a.json, risk: destructive }]', 'a.tools.yaml');
    const second = manifest('include: [{ source: a.json, risk: write }]', 'b.tools.yaml');
    assert.equal(risk(first, second), 'destructive');
  });

  it('with errors stops the tools it is about, for nobody knows what was meant', () => {
    const text = 'include: [{ source: a.json, tools: { x: { risk: destructiv } } }]';
    const read = readSource('/w', 'imaginarium.yaml', text);
    const running = tool('a.json', 'x', { runner: { kind: 'simulate' }, notRunnable: null });
    const sources = [read, source('a.json', [], { tools: [running, tool('a.json', 'y')] })];
    const [x] = shown(sources, 'a.json').tools;
    assert.deepEqual([x?.runner, x?.tool.runnable], [null, false]);
    assert.match(x?.notRunnable ?? '', /has errors/);
    assert.match(problems(sources)[0] ?? '', /1:49 error .*Did you mean "destructive"/);
  });

  it('gives OpenAPI operations a server and secrets, and makes run what had no server', () => {
    const text = `include:
  - source: "*.yaml"
    auth: { a: "\${secret:A}", b: "\${secret:B}" }
  - source: p.yaml
    server: "http://127.0.0.1:\${service:s.port}"
    auth: { b: "\${env:B}" }
services:
  s: { command: [s], ready: { line: "(?<port>[0-9]+)" } }
`;
    const p = source('p.yaml', [], {
      format: 'openapi',
      tools: [operation('p.yaml', 'x', null), operation('p.yaml', 'y', 'https://h')],
    });
    const { tools } = shown([manifest(text), p], 'p.yaml');
    for (const one of tools) {
      assert.ok(one.runner?.kind === 'openapi');
      assert.equal(one.runner.server, 'http://127.0.0.1:${service:s.port}');
      assert.equal(one.runner.serverIsBound, true);
      assert.deepEqual(one.runner.auth, { a: '${secret:A}', b: '${env:B}' });
      assert.deepEqual([one.notRunnable, one.tool.runnable, one.services.length], [null, true, 1]);
      // Still a guess: a server says nothing about it.
      assert.equal(one.tool.riskReason, 'Guessed.');
    }
  });

  it('sends no secret to a host that a document names which only a pattern means', () => {
    const auth = (text: string) => {
      const p = source('p.yaml', [], {
        format: 'openapi',
        tools: [operation('p.yaml', 'x', 'https://evil')],
      });
      const sources = [manifest(text), p];
      const [one] = shown(sources, 'p.yaml').tools;
      assert.ok(one?.runner?.kind === 'openapi');
      return [one.runner.auth, problems(sources).length];
    };
    const secret = 'auth: { k: "${secret:K}" }';
    const given = { k: '${secret:K}' };
    assert.deepEqual(auth(`include: [{ source: "*.yaml", ${secret} }]`), [{}, 1]);
    assert.deepEqual(auth(`include: [{ source: "{p,q}.yaml", ${secret} }]`), [{}, 1]);
    assert.deepEqual(auth(`include: [{ source: p.yaml, ${secret} }]`), [given, 0]);
    assert.deepEqual(auth(`include: [{ source: "*.yaml", server: "https://h", ${secret} }]`), [given, 0]);
  });

  it('gives an MCP server its environment, for listing and for calls', () => {
    const server = {
      name: 'one',
      source: { path: '.mcp.json', line: 1, column: 1 },
      transport: { kind: 'stdio' as const, command: 'x', args: [], env: { A: '1' }, cwd: null },
      problem: null,
    };
    const file = source('.mcp.json', [], {
      format: 'mcpServers',
      servers: [server, { ...server, name: 'two' }],
    });
    const called = tool('.mcp.json#one', 'x', {
      runner: { kind: 'mcp', server, tool: 'x' },
      notRunnable: null,
    });
    const one = source('.mcp.json#one', [], { file: '.mcp.json', format: 'mcpServers', tools: [called] });
    const sources = [manifest('include: [{ source: .mcp.json#one, env: { T: "${secret:T}" } }]'), file, one];
    assert.deepEqual(problems(sources), []);
    const expected = { T: '${secret:T}' };
    assert.deepEqual(
      shown(sources, '.mcp.json').servers?.map(({ manifestEnv }) => manifestEnv ?? null),
      [expected, null],
    );
    const [bound] = shown(sources, '.mcp.json#one').tools;
    assert.ok(bound?.runner?.kind === 'mcp');
    assert.deepEqual(bound.runner.server.manifestEnv, expected);
  });

  it('tells what a manifest gives an MCP server, and that it is another with it', () => {
    const server = {
      name: 'one',
      source: { path: '.mcp.json', line: 1, column: 1 },
      transport: { kind: 'stdio' as const, command: 'x', args: [], env: { A: '1' }, cwd: null },
      problem: null,
    };
    const state = { name: 'one', transport: 'stdio' as const, shown: 'x', status: 'unlisted' as const };
    const one = source('.mcp.json#one', [], {
      file: '.mcp.json',
      format: 'mcpServers',
      servers: [server],
      server: { ...state, problem: null, given: ['A'], hash: 'without' },
    });
    const given = (text: string) => shown([manifest(text), one], '.mcp.json#one').server;
    const hashes = new Set(['without']);
    for (const value of ['x', 'y', '${service:db.port}']) {
      const now = given(`include: [{ source: .mcp.json#one, env: { T: "${value}" } }]
services: { db: { command: [node, db.mjs], ready: { line: "port (?<port>.*)" } } }`);
      assert.deepEqual(now?.given, ['A', 'T']);
      hashes.add(now?.hash ?? 'none');
    }
    const other = given(`include: [{ source: .mcp.json#one, env: { T: "\${service:db.port}" } }]
services: { db: { command: [node, other.mjs], ready: { line: "port (?<port>.*)" } } }`);
    hashes.add(other?.hash ?? 'none');
    assert.equal(hashes.size, 5);
  });

  it('is reported where nothing comes of it', () => {
    const text = `include:
  - source: petstor.yaml
  - source: pets.json
  - source: "none/*"
  - source: a.json
    only: [getX, y*]
    server: https://h
    env: { A: b }
    tools: { zz: { risk: read } }
  - source: gone.json
exclude: [gone.json]
`;
    const sources = [
      manifest(text),
      source('petstore.yaml', ['x']),
      source('deep/pets.json', ['x']),
      source('a.json', ['get.x', 'other']),
      source('gone.json', ['x']),
    ];
    assert.deepEqual(problems(sources), [
      '2:13 warning There is no source of tools "petstor.yaml": no such file, or none that tools are read from. Did you mean "petstore.yaml"?',
      '3:13 warning There is no source of tools "pets.json": no such file, or none that tools are read from. Did you mean "deep/pets.json"?',
      '4:13 warning No source of tools is called like "none/*".',
      '6:12 warning "a.json" has no tool "getX". Did you mean "get.x"?',
      '6:18 warning "a.json" has no tool "y*".',
      '7:5 warning "server" goes with OpenAPI documents and means nothing for this source.',
      '8:5 warning "env" goes with MCP servers and means nothing for this source.',
      '9:14 warning "a.json" has no tool "zz".',
      '10:13 warning "gone.json" is excluded by a manifest, so nothing comes of this entry.',
    ]);
  });

  it('is not missed while sources are still searched, and known to be excluded where it was not even read', () => {
    const searched = applyBindings([manifest('include: [{ source: a.json }]')], { complete: false });
    assert.deepEqual(searched[0]?.problems, []);
    assert.deepEqual(problems([manifest('include: [{ source: old/a.json }]\nexclude: [old]')]), [
      '1:21 warning "old/a.json" is excluded by a manifest, so nothing comes of this entry.',
    ]);
  });

  it('is not held against a server that has not told its tools', () => {
    const server = { name: 'one', transport: 'stdio' as const, shown: 'x', problem: null };
    const unlisted = source('.mcp.json#one', [], { server: { ...server, status: 'unlisted' } });
    const text = 'include: [{ source: .mcp.json#one, only: [x], env: { A: b } }]';
    assert.deepEqual(problems([manifest(text), unlisted]), []);
  });

  it('takes no time, however much it says', () => {
    const text = `include:
${Array.from(
  { length: 300 },
  (_, index) => `  - source: "*a*a*a*${index}*"
    only: [${Array.from({ length: 60 }, (_, name) => `nobody${index}x${name}`).join(', ')}]
    run: { command: [x, "\${${'y'.repeat(300)}}"] }`,
).join('\n')}
  - source: big.json
    only: [${Array.from({ length: 1500 }, (_, name) => `tool${name}s`).join(', ')}]
    tools: { ${Array.from({ length: 90 }, (_, name) => `"*t*o*o*l*${name}*z": { risk: read }`).join(', ')} }
`;
    const read = readSource('/w', 'imaginarium.yaml', text);
    const big = source(
      'big.json',
      Array.from({ length: 5000 }, (_, index) => `tool${index}`),
    );
    const small = Array.from({ length: 200 }, (_, index) =>
      source(`${'a'.repeat(100)}${index}.json`, ['nobody0x0']),
    );
    const began = performance.now();
    applyBindings([read, big, ...small]);
    const took = performance.now() - began;
    assert.ok(took < 2000, `it took ${took} ms`);
  });

  it('means a manifest only where it names one', () => {
    const own = manifest('tools: [{ name: x, risk: read, run: { command: [x] } }]', 'b.tools.yaml');
    const risk = (text: string): string | undefined =>
      shown([manifest(text), own], 'b.tools.yaml').tools[0]?.tool.risk;
    assert.equal(risk('include: [{ source: "**", risk: destructive }]'), 'read');
    assert.equal(risk('include: [{ source: b.tools.yaml, risk: destructive }]'), 'destructive');
  });
});
