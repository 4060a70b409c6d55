import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../helpers/eventually.ts';
import { launchVSCode, type VSCode } from '../helpers/vscode/launch.ts';
import { packedExtension } from '../helpers/vscode/packed.ts';
import { pictureOnFailure } from './failurePicture.ts';
import { doubted, type LearnedWorkspace, learnedTool, learnedWorkspace } from './learnedWorkspace.ts';
import { walkReview } from './reviewWalk.ts';
import { Window } from './window.ts';

describe('Examples that hold, as a person comes by them', () => {
  let vscode: VSCode;
  let window: Window;
  let prepared: LearnedWorkspace;
  const faults: string[] = [];

  pictureOnFailure(() => vscode);

  before(async () => {
    prepared = await learnedWorkspace();
    vscode = await launchVSCode({
      workspace: prepared.folder,
      inPlace: true,
      settings: prepared.settings,
      trusted: true,
      extension: { vsix: await packedExtension() },
      size: { width: 1400, height: 900 },
    });
    window = new Window(vscode.page);
    vscode.page.on('pageerror', (error) => faults.push(error.message));
  });

  after(async () => {
    await vscode?.dispose();
    await prepared?.remove();
  });

  it('are judged, decided with the keyboard where judge and calls disagree, and exported', async () => {
    const steps: string[] = [];
    await walkReview(window, async (step) => void steps.push(step));
    assert.ok(steps.length >= 8, steps.join(', '));
    const file = join(prepared.folder, '.imaginarium', 'examples', `imaginarium.yaml#${learnedTool}.jsonl`);
    const kept = await eventually('the file says so', async () => {
      const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
      const example = lines.map((line) => JSON.parse(line)).find(({ query }) => query === doubted);
      return example?.verification === 'accepted' && example;
    });
    assert.equal(kept.checks.judge.faithful, false, 'what the judge said stays beside the word');
    const exports = join(prepared.folder, '.imaginarium', 'exports');
    const exported = await readFile(join(exports, 'examples.llama-factory.jsonl'), 'utf8');
    assert.ok(exported.includes(doubted));
  });

  it('carry a badge for what they are worth, and say so aloud', async () => {
    await window.row('Tools', /JPY called\?, judged right, \+ helps, 3 paraphrases$/).waitFor();
  });

  it('leave no error in the page', () => {
    assert.deepEqual(faults, []);
  });
});
