/** What `npm start` shows, on a copy of the sample workspace. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCli } from '../../helpers/testCli.ts';

describe('The demonstration', () => {
  it('explores the sample workspace within 30 s and shows what was learned', async () => {
    const packageFolder = mkdtempSync(join(tmpdir(), 'imaginarium-demo-'));
    const examples = fileURLToPath(new URL('../../../examples', import.meta.url));
    cpSync(examples, join(packageFolder, 'examples'), {
      recursive: true,
      filter: (path) => !path.endsWith('.imaginarium'),
    });
    const began = performance.now();
    const { code, out, said } = await runCli(['demo'], { cwd: packageFolder, packageFolder });
    const seconds = (performance.now() - began) / 1000;
    rmSync(packageFolder, { recursive: true });

    assert.equal(code, 0, said);
    assert.ok(seconds < 30, `${seconds} s`);
    assert.match(said, /^Model: Offline sampler \(no language model\)$/m);
    assert.doesNotMatch(said, /^error:/m);
    for (const part of [
      'A learned example, in full',
      'A failed call, in full',
      'In VS Code',
      '\nFinished: ',
    ]) {
      assert.ok(out.includes(part), part);
    }
    const tools = [
      ...out.matchAll(/^(\w+)\n {2}\d+ trials?, (\d+) examples?, \d+ lessons?\n {2}failed calls: (.*)$/gm),
    ];
    assert.equal(tools.length, 12);
    for (const [, name, examplesOfTool] of tools) {
      assert.ok(Number(examplesOfTool) >= 3, `${name} has ${examplesOfTool} examples`);
    }
    const types = new Set(tools.flatMap(([, , , failures]) => failures?.match(/[a-z_]+/g) ?? []));
    types.delete('none');
    assert.ok(types.size >= 4, [...types].join(' '));
  }).timeout(60_000);
});
