import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { commands, lm, workspace } from 'vscode';
import type { TestApi } from '../../../src/extension/testApi.ts';
import { commands as ids } from '../../../src/protocol/contributions.ts';
import { engine } from '../../../src/protocol/engine.ts';
import { eventually, fileIn, openListed } from '../window.ts';

const server = 'server-that-nobody-starts';

describe('Sources in Restricted Mode', () => {
  let api: TestApi;
  const said: string[] = [];
  const asked: string[] = [];

  before(async () => {
    api = await openListed(said);
    api.answer({
      decide: async (question, _detail, answers) => {
        asked.push(question);
        return answers[0];
      },
    });
    // It would leave this file behind.
    const mark = fileIn('started').fsPath;
    const start = ['-e', `require('fs').writeFileSync(${JSON.stringify(mark)}, '${server}')`];
    writeFileSync(
      fileIn('.mcp.json').fsPath,
      JSON.stringify({ mcpServers: { [server]: { command: process.execPath, args: start } } }),
    );
    await eventually('the server is listed', () => row(server) !== undefined);
  });

  const row = (name: string) =>
    api.workbench.sources?.sources.find(({ path, server: state }) => path === name || state?.name === name);

  it('the window is what the suite says it is', () => assert.equal(workspace.isTrusted, false));

  it('specs are read and shown', () => {
    assert.equal(row('library.openapi.yaml')?.tools, 4);
    assert.equal(row('assistant/functions.json')?.tools, 2);
    assert.equal(row('package.json')?.tools, 2);
  });

  it('a server is named, and it is said that it has not been started', () => {
    assert.equal(row(server)?.server?.status, 'unlisted');
  });

  it('a server is started by nobody, whoever asks', async () => {
    await commands.executeCommand(ids.listServer, {
      source: { folder: row(server)?.folder, path: row(server)?.path },
    });
    assert.match(said.join(), /Restricted Mode/);
    assert.deepEqual(asked, [], 'nobody is even asked whether it may');
    const { folder = '', path = '' } = row(server) ?? {};
    await assert.rejects(api.link.request(engine.listServer, { folder, path }), /trust/i);
    assert.equal(existsSync(fileIn('started').fsPath), false);
    if (process.platform === 'linux') {
      const pid = api.link.pid ?? 0;
      const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
        readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean),
      );
      assert.deepEqual(children, []);
    }
  });

  it('the editor is not asked for its tools', () => {
    assert.ok(
      lm.tools.some(({ name }) => name === 'fake_colour'),
      'the editor has some',
    );
    assert.equal(row('editor'), undefined);
  });
});
