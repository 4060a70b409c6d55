import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCli } from '../../helpers/cliProcess.ts';
import { eventually } from '../../helpers/eventually.ts';
import { type CliResult, jsonLines, runCli } from '../../helpers/testCli.ts';
import { allGone, isAlive, pidIn } from '../tools/toolBench.ts';
import { fixture, serverProgram } from './servers.ts';

describe('The CLI and MCP servers', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-cli-')));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const entry = (how = 'good', env: Record<string, string> = {}): object => ({
    command: process.execPath,
    args: [fixture, how],
    env: { PID: join(folder, 'pid'), ...env },
  });
  function configure(servers: object): void {
    writeFileSync(join(folder, '.mcp.json'), JSON.stringify({ mcpServers: servers }));
  }
  const cli = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: folder });

  it('tools starts them, says what it starts and what goes wrong, and shows the rest', async () => {
    configure({
      everything: {
        command: process.execPath,
        args: [serverProgram('everything')],
        env: { KEY: 'a-secret-of-mine' },
      },
      dead: entry('dies'),
      off: { ...entry(), disabled: true },
      wrong: { args: [] },
    });
    const { code, out, said } = await cli('tools');
    assert.equal(code, 0);
    assert.match(said, /^MCP server everything: starting \S+ \S+server-everything\/dist\/index\.js$/m);
    assert.match(said, /^MCP server everything: 1[34] tools$/m);
    assert.match(
      said,
      /^MCP server dead: .*ended with exit code 2\. The key is not right\. Look at its entry in \.mcp\.json, line 1\.$/m,
    );
    assert.match(said, /^MCP server off: It is switched off/m);
    assert.match(said, /^MCP server wrong: The server needs a "command"/m);
    assert.match(out, /^\.mcp\.json#everything\nTool +Risk/m);
    assert.match(out, /^get-env +unknown/m);
    assert.match(out, /^\.mcp\.json#dead\n\(The MCP server "dead" ended/m);
    assert.match(out, /^\.mcp\.json:1:\d+ error The server needs a "command"/m);
    assert.ok(!`${out}${said}`.includes('a-secret-of-mine'));
    // It only reads.
    assert.equal(existsSync(join(folder, '.imaginarium')), false);
  });

  it('tools --no-connect starts none, and --json lists what was told', async () => {
    configure({ one: entry() });
    const without = await cli('tools', '--no-connect');
    assert.match(without.out, /^\.mcp\.json#one\n\(not asked yet: /m);
    assert.equal(existsSync(join(folder, 'pid')), false);
    writeFileSync(join(folder, 'imaginarium.yaml'), 'include:\n  - source: .mcp.json#one\n    risk: read\n');
    assert.match((await cli('tools', '--no-connect')).out, /^imaginarium\.yaml\n\(no tools of its own; /m);
    rmSync(join(folder, 'imaginarium.yaml'));
    const { out } = await cli('tools', '--json');
    const [first] = JSON.parse(out);
    assert.deepEqual(
      [first.risk, typeof first.riskReason],
      ['unknown', 'string'],
      'a guess, and what it was made from',
    );
    assert.deepEqual(
      JSON.parse(out)
        .map((tool: { id: string }) => tool.id)
        .slice(0, 2),
      ['.mcp.json#one#say', '.mcp.json#one#wait'],
    );
    assert.equal(isAlive(await pidIn(join(folder, 'pid'))), false);
  });

  it('explore finds their tools by name, and next time without asking', async () => {
    configure({ one: entry(), two: entry('dies') });
    const run = [
      'explore',
      'say',
      '--model',
      'offline',
      '--episodes',
      '1',
      '--trials',
      '1',
      '--json',
      '--allow-writes',
    ];
    const first = await cli(...run);
    assert.equal(first.code, 0, first.said);
    assert.match(first.said, /^MCP server one: 7 tools$/m);
    assert.match(first.said, /^MCP server two: .*The key is not right/m);
    const [trial] = jsonLines(first.out).filter(({ event }) => event === 'trial.finished');
    assert.deepEqual([trial?.tool, trial?.outcome], ['.mcp.json#one#say', 'fulfilled']);
    assert.match(readFileSync(join(folder, '.imaginarium/servers.json'), 'utf8'), /"say"/);

    const again = await cli(...run);
    assert.doesNotMatch(again.said, /MCP server/);
    assert.equal(jsonLines(again.out).at(-1)?.status, 'finished');

    const byId = await cli(...run.map((arg) => (arg === 'say' ? '.mcp.json#two#anything' : arg)));
    assert.equal(byId.code, 2);
    assert.doesNotMatch(byId.said, /MCP server one/);
  });

  it('explore starts no server that a run does not need, resumed or not', async () => {
    const served = (name: string): object => ({
      command: process.execPath,
      args: [fixture],
      env: { PID: join(folder, `${name}.pid`) },
    });
    configure({ one: served('one'), two: served('two') });
    const limits = ['--model', 'offline', '--max-calls', '2', '--allow-writes'];
    const { said, code } = await cli('explore', '.mcp.json#one#say', ...limits);
    assert.equal(code, 0, said);
    assert.match(said, /^MCP server one: 7 tools$/m);
    rmSync(join(folder, '.imaginarium/servers.json'));
    const again = await cli('explore', '--resume', '--max-calls', '4');
    assert.equal(again.code, 0, again.said);
    assert.match(again.said, /^MCP server one: 7 tools$/m);
    assert.deepEqual(
      [existsSync(join(folder, 'one.pid')), existsSync(join(folder, 'two.pid'))],
      [true, false],
    );
  });

  it('explore blocks what is not known to read, unless it is allowed', async () => {
    configure({ one: entry() });
    const run = ['explore', 'say', '--model', 'offline', '--episodes', '1', '--trials', '1', '--json'];
    const { out, said } = await cli(...run);
    assert.match(said, /^Calls that may change things will be blocked .*: say$/m);
    assert.deepEqual(jsonLines(out).find(({ event }) => event === 'trial.finished')?.failures, ['blocked']);
  });

  it('explore without names leaves out what is not known to read, and says so', async () => {
    configure({ one: entry() });
    const none = await cli('explore', '--model', 'offline');
    assert.equal(none.code, 2);
    assert.match(none.said, /^error: Calls of all tools that can be run may change things: say, /m);
    writeFileSync(
      join(folder, 'imaginarium.yaml'),
      'include:\n  - source: .mcp.json#one\n    tools: { say: { risk: read } }\n',
    );
    const shape = ['--model', 'offline', '--episodes', '1', '--trials', '1', '--json'];
    const { code, out, said } = await cli('explore', ...shape);
    assert.equal(code, 0, said);
    assert.match(said, /^Left out, since calls may change things \(--allow-writes makes them\): wait, /m);
    assert.deepEqual(jsonLines(out)[0]?.tools, ['.mcp.json#one#say']);
  });

  it('that is killed leaves none of them', async () => {
    const received = join(folder, 'received.jsonl');
    configure({ one: entry('good', { RECEIVED: received }) });
    const { child, ended } = startCli(
      ['explore', 'wait', '--model', 'offline', '--episodes', '1', '--trials', '1', '--allow-writes'],
      { cwd: folder },
    );
    const pid = await pidIn(join(folder, 'pid'));
    await eventually(
      'a call',
      () => existsSync(received) && readFileSync(received, 'utf8').includes('tools/call'),
    );
    assert.ok(isAlive(pid));
    child.kill('SIGKILL');
    await ended;
    await allGone([pid], 2000);
  });
});
