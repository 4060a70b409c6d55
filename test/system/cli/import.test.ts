import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loggedSession, writeLog } from '../../helpers/referenceLog.ts';
import { type CliResult, jsonLines, runCli } from '../../helpers/testCli.ts';
import { echo, type WorkspaceFixture, workspaceFixture } from '../../helpers/workspaceFixture.ts';

describe('CLI: import', () => {
  let workspace: WorkspaceFixture;
  before(() => {
    workspace = workspaceFixture([echo('add')]);
    const answered = {
      query: 'Say hello \u001b[31mfor me.',
      turns: [
        { action: 'add', input: '{"text": "hello"}', observation: 'you said hello' },
        { answer: 'It says hello.' },
      ],
      verdict: 'Yes',
    };
    writeLog(join(workspace.folder, 'data_dict.json'), {
      add: [loggedSession('add', [answered]), { item_list: 5 }],
      'far\u001b[31m away': [loggedSession('far', [answered])],
    });
  });
  after(() => workspace.remove());

  function cli(...args: string[]): Promise<CliResult> {
    return runCli(args, { cwd: workspace.folder });
  }

  it('says what came of it, and shows it as what was explored here', async () => {
    const { code, out, said } = await cli('import', 'data_dict.json', '--model', 'gpt-3.5');
    assert.equal(code, 0, said);
    assert.match(out, /^Imported 2 trials of 2 tools, 1 example \(run imported-[0-9a-f]{16}\)\.\n$/);
    assert.match(said, /\$\["add"\]\[1\]\.item_list: this has to be a list; left out/);
    assert.match(said, /"far away" is not among the tools of this workspace/);

    const trials = await cli('trials');
    assert.match(trials.out, /Say hello for me\./);
    assert.match(trials.out, /you said hello/);
    const examples = await cli('examples', '--format', 'jsonl');
    const [example] = jsonLines<{ provenance: { imported: boolean; model: string } }>(examples.out);
    assert.deepEqual([example?.provenance.imported, example?.provenance.model], [true, 'gpt-3.5']);
    // Of a tool that no file here describes, too.
    const far = await cli('trials', '--tool', 'far\u001b[31m away', '--json');
    assert.equal(jsonLines(far.out).length, 1);
  });

  it('again: nothing new, as data for scripts', async () => {
    const { code, out } = await cli('import', 'data_dict.json', '--json');
    assert.equal(code, 0);
    const [imported] = jsonLines<{ trials: number; known: number; problems: unknown[] }>(out);
    assert.deepEqual([imported?.trials, imported?.known, imported?.problems.length], [0, 2, 1]);
  });

  it('what is no log ends with an error', async () => {
    const { code, said } = await cli('import', 'imaginarium.yaml');
    assert.equal(code, 1);
    assert.match(said, /no valid JSON/);
    assert.equal((await cli('import')).code, 2);
  });
});
