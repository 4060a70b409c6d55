import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../../src/core/json.ts';
import { toolName } from '../../../src/core/toolName.ts';
import { checkExample } from '../../../src/store/lineCheck.ts';
import { questionFile } from '../../bench/experiment/questions.ts';
import { jsonLines } from '../../helpers/testCli.ts';
import { examplesFolder, SampleWorkspace } from '../examples/sampleWorkspace.ts';

const questions = jsonLines<JsonObject>(readFileSync(questionFile, 'utf8')).map((line) => {
  const checked = checkExample(line);
  if ('problem' in checked) throw new Error(`${JSON.stringify(line)}: ${checked.problem}`);
  return checked.value;
});

describe('The questions of the experiment', function () {
  this.timeout(60_000);
  const workspace = new SampleWorkspace(examplesFolder);
  after(() => workspace.stop());

  it('are unlike each other, at least four a sample tool', () => {
    assert.equal(new Set(questions.map(({ id }) => id)).size, questions.length);
    assert.equal(new Set(questions.map(({ query }) => query)).size, questions.length);
    const counts = new Map<string, number>();
    for (const { tool } of questions) counts.set(toolName(tool), (counts.get(toolName(tool)) ?? 0) + 1);
    assert.deepEqual(
      workspace.manifest.tools.filter(({ name }) => (counts.get(name) ?? 0) < 4),
      [],
    );
    assert.equal(counts.size, workspace.manifest.tools.length);
  });

  it('have one right call each, which the tool itself takes, or none', async () => {
    const called = questions.filter(({ kind }) => kind === undefined);
    assert.equal(questions.length - called.length, 10);
    await Promise.all(
      called.map(async ({ id, tool, calls }) => {
        const [call, ...others] = calls;
        assert.deepEqual(others, [], id);
        assert.equal(call?.tool, tool, id);
        const answer = await workspace.call(toolName(tool), call?.arguments ?? {});
        assert.ok(answer.ok, `${id}: ${answer.text}`);
        // An empty answer would say that the value means nothing to the tool.
        assert.doesNotMatch(answer.text, /^\s*$|"departures":\[\]|^\[\]$/, id);
      }),
    );
  });
});
