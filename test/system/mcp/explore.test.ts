/** The real servers, explored with the offline sampler: what they may do, what they learn, and what they leave alone. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Engine } from '../../../src/engine/engine.ts';
import type { ApprovalRequest } from '../../../src/engine/ports.ts';
import { type ExploreParams, nothingSet } from '../../../src/protocol/engine.ts';
import { eventually } from '../../helpers/eventually.ts';
import { testEngine } from '../../helpers/testEngine.ts';
import { freePort } from './freePort.ts';
import { serverProgram } from './servers.ts';

/** Share of the tools that have to succeed within three trials: of all, and of any server. They get in each other's way. */
const wantedOfAll = 0.85;
const wantedOfEach = 0.7;
/** Fetches from the public network, or takes its time whatever it is asked. */
const leftOut = /#(?:gzip-file-as-resource|trigger-long-running-operation)$/;

describe('Exploring MCP servers', function () {
  this.timeout(60_000);

  let root: string;
  let folder: string;
  let scratch: string;
  let port: number;
  let web: ChildProcess;
  let engine: Engine | null = null;

  before(async () => {
    port = await freePort();
    web = spawn(process.execPath, [serverProgram('everything'), 'streamableHttp'], {
      env: { PATH: process.env.PATH, PORT: String(port) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    web.stderr?.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    await eventually('the server to listen', () => /listening/i.test(said));
  });
  after(() => web.kill('SIGKILL'));

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-explore-')));
    folder = join(root, 'workspace');
    scratch = join(folder, 'scratch');
    for (const path of ['scratch/src', 'scratch/docs', 'src', '../neighbour']) {
      mkdirSync(join(folder, path), { recursive: true });
    }
    for (const path of ['README.md', 'package.json', 'notes.txt', 'src/index.js', 'src/main.js']) {
      writeFileSync(join(scratch, path), `The text of ${path}.\n`);
      writeFileSync(join(folder, path), 'Not to be touched.\n');
    }
    writeFileSync(join(root, 'neighbour/notes.txt'), 'Not to be touched either.\n');
    const packaged = (name: string, ...args: string[]): object => ({
      command: 'node',
      args: [serverProgram(name), ...args],
      cwd: '${workspaceFolder}/scratch',
    });
    const servers = {
      files: packaged('filesystem', '${workspaceFolder}/scratch'),
      memory: { ...packaged('memory'), env: { MEMORY_FILE_PATH: '${workspaceFolder}/scratch/memory.jsonl' } },
      everything: packaged('everything'),
      think: packaged('sequential-thinking'),
      web: { type: 'http', url: `http://127.0.0.1:${port}/mcp` },
    };
    mkdirSync(join(folder, '.vscode'));
    writeFileSync(join(folder, '.vscode/mcp.json'), `// Ours\n${JSON.stringify({ servers }, null, 2)}`);
  });
  afterEach(async () => {
    await engine?.dispose();
    engine = null;
    rmSync(root, { recursive: true });
  });

  const id = (server: string, tool: string): string => `.vscode/mcp.json#${server}#${tool}`;

  async function open(allow: (request: ApprovalRequest) => boolean): Promise<ApprovalRequest[]> {
    const asked: ApprovalRequest[] = [];
    const ask = async (request: ApprovalRequest): Promise<boolean> => {
      asked.push(request);
      return allow(request);
    };
    ({ engine } = await testEngine(folder, {
      approvals: { ask },
      settings: { ...nothingSet, toolTimeout: 5000 },
    }));
    const one = engine;
    const rows = one.sources().sources.filter(({ server }) => server !== null);
    assert.equal(rows.length, 5);
    await Promise.all(rows.map((row) => one.listServer({ folder, path: row.path })));
    return asked;
  }

  async function explore(params: Partial<ExploreParams>): Promise<void> {
    assert.ok(engine);
    const { runId } = await engine.explore({
      model: 'offline',
      seed: 4,
      concurrency: 8,
      tools: [],
      ...params,
      settings: { episodes: 1, trials: 3, stopRule: false, ...params.settings },
    });
    const { status, error } = await engine.finished(runId);
    assert.equal(status, 'finished', error?.message);
  }

  const runnable = (): string[] =>
    (engine?.catalogue().sources ?? [])
      .flatMap(({ tools }) => tools)
      .filter((tool) => tool.runnable && !leftOut.test(tool.id))
      .map((tool) => tool.id);

  /** What is there apart from the scratch folder and what the engine keeps, the packages of the servers included. */
  function surroundings(): Record<string, string> {
    const packages = ['filesystem', 'memory', 'everything', 'sequential-thinking'].map((name) =>
      dirname(serverProgram(name)),
    );
    return Object.assign(
      {},
      ...[root, ...packages].map((one) => hashes(one, [scratch, join(folder, '.imaginarium')])),
    );
  }

  it('runs nothing that nobody has allowed, whatever a server says of itself', async () => {
    const asked = await open(() => false);
    const before = [surroundings(), hashes(scratch)];
    const tools = runnable();
    await explore({ tools, settings: { trials: 1 } });
    assert.deepEqual([surroundings(), hashes(scratch)], before);
    assert.deepEqual([...new Set(asked.map(({ tool }) => tool))].sort(), [...tools].sort());
    // Its server marks it as read-only, and it prints the environment.
    const env = asked.find(({ tool }) => tool === id('everything', 'get-env'));
    assert.deepEqual([env?.risk, env?.scope], ['unknown', 'run']);
    for (const tool of tools) {
      const { rows } = (await engine?.learned.trials({ tool, limit: 10 })) ?? { rows: [] };
      assert.ok(rows.length > 0, tool);
      for (const { id: trial } of rows) {
        for (const { call, observation } of (await engine?.learned.trial(trial))?.steps ?? []) {
          if (call)
            assert.ok(['blocked', 'not_run'].includes(observation.status), `${tool} ${observation.status}`);
        }
      }
    }
  });

  it('asks for every call that may destroy, and makes those that are allowed', async () => {
    const allowed: ApprovalRequest[] = [];
    const asked = await open((request) => {
      const isWrite = request.tool === id('files', 'write_file');
      const known = ['notes.txt', 'README.md'].includes(String(request.arguments.path));
      if (isWrite && known && allowed.length === 0) allowed.push(request);
      return allowed.at(-1) === request || request.tool === id('files', 'create_directory');
    });
    const before = [surroundings(), hashes(scratch)] as const;
    const tools = ['write_file', 'move_file', 'edit_file', 'create_directory'].map((name) =>
      id('files', name),
    );
    await explore({ tools, settings: { trials: 6 } });
    const [written] = allowed;
    assert.ok(written, JSON.stringify(asked.map(({ arguments: args }) => args)));
    assert.equal(
      readFileSync(join(scratch, String(written.arguments.path)), 'utf8'),
      written.arguments.content,
    );

    const byTool = Map.groupBy(asked, ({ tool }) => tool);
    const writes = byTool.get(id('files', 'write_file')) ?? [];
    assert.ok(writes.length > 1, 'once a call');
    assert.ok(writes.every(({ risk, scope }) => risk === 'destructive' && scope === 'call'));
    const directories = byTool.get(id('files', 'create_directory')) ?? [];
    assert.deepEqual(
      directories.map(({ risk, scope }) => [risk, scope]),
      [['write', 'run']],
    );

    const after = hashes(scratch);
    const changed = Object.keys(before[1]).filter((path) => before[1][path] !== after[path]);
    // The one file that was allowed; nothing was moved or edited, whatever was asked.
    assert.deepEqual(
      changed.filter((path) => path !== join(scratch, String(written.arguments.path))),
      [],
    );
    assert.deepEqual(surroundings(), before[0]);
  });

  it('learns how nearly all their tools are called, and touches nothing outside the scratch folder', async () => {
    await open(() => true);
    const before = [surroundings(), hashes(scratch)];
    const tools = runnable();
    assert.ok(tools.length >= 45, String(tools.length));
    await explore({ tools });
    assert.deepEqual(surroundings(), before[0]);
    assert.notDeepEqual(hashes(scratch), before[1]);

    const figures: Record<string, [number, number]> = {};
    for (const tool of tools) {
      const server = tool.split('#')[1] ?? '';
      const { rows } = (await engine?.learned.trials({ tool, limit: 100, outcome: 'fulfilled' })) ?? {
        rows: [],
      };
      const [good, all] = figures[server] ?? [0, 0];
      figures[server] = [good + (rows.length > 0 ? 1 : 0), all + 1];
    }
    console.log(
      `      tools that succeed within 3 trials: ${Object.entries(figures)
        .map(([server, [good, all]]) => `${server} ${good} of ${all}`)
        .join(', ')}`,
    );
    const counts = Object.entries(figures);
    assert.equal(counts.length, 5);
    for (const [server, [good, all]] of counts) {
      assert.ok(good / all >= wantedOfEach, `${server}: ${good} of ${all}`);
    }
    const good = counts.reduce((sum, [, [one]]) => sum + one, 0);
    assert.ok(good / tools.length >= wantedOfAll, `${good} of ${tools.length}`);
  });
});

/** Of every file below a folder, by path; a folder that is empty counts, too. */
function hashes(root: string, without: readonly string[] = []): Record<string, string> {
  const found: Record<string, string> = {};
  const visit = (path: string): void => {
    if (without.includes(path)) return;
    const entries = readdirSync(path, { withFileTypes: true });
    if (entries.length === 0) found[path] = 'empty';
    for (const entry of entries) {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) visit(inner);
      else found[inner] = entry.isFile() ? hash('sha256', readFileSync(inner)) : entry.name;
    }
  };
  visit(root);
  return found;
}
