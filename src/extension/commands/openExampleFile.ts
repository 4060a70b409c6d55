import * as l10n from '@vscode/l10n';
import { isJsonObject, type Json } from '../../core/json.ts';
import { toolFileName } from '../../core/toolFileName.ts';
import { engine } from '../../protocol/engine.ts';
import { chooseExample } from '../choose/chooseExample.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';

/** Shows an example in the file in which it is kept. */
export async function openExampleFile(around: Surroundings, { exampleId }: Target): Promise<void> {
  const { link, editor, person } = around;
  const example =
    exampleId === undefined
      ? await chooseExample(around, l10n.t('Open Example File'))
      : await link.request(engine.example, { id: exampleId });
  if (example === undefined) return;
  const file =
    example && (await editor.readFile(`.imaginarium/examples/${toolFileName(example.tool)}.jsonl`));
  if (!file) {
    await person.tell('info', l10n.t('This example is in no file yet, or no longer.'));
    return;
  }
  await editor.openAt({ path: file.path, line: lineOf(file.text, example.id), column: 1 });
}

/** The line, from 1, on which the example stands; the first where none has it. */
export function lineOf(text: string, id: string): number {
  const index = text.split('\n').findIndex((line) => line.includes(JSON.stringify(id)) && idOf(line) === id);
  return index < 0 ? 1 : index + 1;
}

function idOf(line: string): Json | undefined {
  try {
    const value = JSON.parse(line) as Json;
    return isJsonObject(value) ? value.id : undefined;
  } catch {
    // A line that somebody is in the middle of editing.
    return undefined;
  }
}
