import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../src/build/install.mjs';
import { eventually } from '../helpers/eventually.ts';
import { launchVSCode, type VSCode } from '../helpers/vscode/launch.ts';
import { packedExtension } from '../helpers/vscode/packed.ts';
import { pictureOnFailure } from './failurePicture.ts';
import { walk, walked } from './walk.ts';
import { Window } from './window.ts';

describe('The main path, as a person goes it', () => {
  let vscode: VSCode;
  let window: Window;
  const faults: string[] = [];

  pictureOnFailure(() => vscode);

  before(async () => {
    vscode = await launchVSCode({
      workspace: join(root, 'examples'),
      trusted: true,
      extension: { vsix: await packedExtension() },
      size: { width: 1400, height: 900 },
    });
    window = new Window(vscode.page);
    vscode.page.on('pageerror', (error) => faults.push(error.message));
  });

  after(() => vscode.dispose());

  it('leads from the command palette to examples in a prompt file', async () => {
    assert.ok(vscode.workspace);
    const steps: string[] = [];
    const text = await walk(window, vscode.workspace, async (step) => void steps.push(step));
    assert.ok(steps.length >= 11, steps.join(', '));
    const learned = await learnedQueries(vscode.workspace);
    const headings = [...text.matchAll(/^### (.+)$/gm)].map((match) => match[1] ?? '');
    assert.equal(headings.length, 2, text);
    for (const heading of headings)
      assert.ok(
        learned.some((query) => heading.includes(query)),
        heading,
      );
    // Not those that failed first.
    const calls = [...text.matchAll(/^(?:Call|This: call) `.+`:\n\n```json\n([\s\S]*?)\n```/gm)].map(
      (match) => JSON.parse(match[1] ?? ''),
    );
    assert.ok(calls.length >= 2);
    for (const call of calls) assert.equal(typeof call.code, 'string');
    // What stood there before stands there still, in front.
    assert.ok(text.startsWith('---\ndescription: Answers questions about codes.\n---\n'));
  });

  it('is undone in one step', async () => {
    await window.page.keyboard.press('ControlOrMeta+Z');
    await eventually('the examples are gone', async () => !(await window.shownText()).includes('```json'));
    assert.match(await window.shownText(), /## Examples/);
  });

  it('leaves no error in the page', () => {
    assert.deepEqual(faults, []);
  });
});

async function learnedQueries(workspace: string): Promise<string[]> {
  const path = join(workspace, '.imaginarium', 'examples', `imaginarium.yaml#${walked.tool}.jsonl`);
  const lines = (await readFile(path, 'utf8')).split('\n').filter(Boolean);
  return lines.map((line) => (JSON.parse(line) as { query: string }).query);
}
