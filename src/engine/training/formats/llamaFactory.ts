import { basename, dirname, extname, join } from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { WrongRequest } from '../../errors.ts';
import { turnsOf } from '../turns.ts';
import type { DataFormat, FileOut } from './format.ts';
import { jsonLinesFile } from './jsonLines.ts';

/**
 * What LLaMA-Factory reads as `sharegpt` (`data/README.md` of its repository; `SharegptDatasetConverter` says it exactly):
 * `conversations` with `from` and `value`; `human` and `observation` in odd places, `gpt` and `function_call` in even ones, an even
 * number in all, or the row is skipped. A call is the JSON text of an object with `name` and `arguments`; `tools` is a JSON text as
 * well. It finds a dataset by its entry in `dataset_info.json` in the same folder. No weights: everything that the model says is
 * learned (`mask_history` learns the last turn alone), so an answer that is not to be learned is left out.
 */
export const llamaFactory: DataFormat = {
  label: 'LLaMA-Factory',
  takesMore: true,
  weightless: true,
  rows({ conversation }, { loss }) {
    const said = turnsOf(conversation, loss, false).flatMap((turn): JsonObject[] => {
      if (turn.kind === 'answer') return [{ from: 'gpt', value: turn.text }];
      const { tool: name, arguments: given, observation } = turn.call;
      return [
        { from: 'function_call', value: JSON.stringify({ name, arguments: given }) },
        ...(turn.observed ? [{ from: 'observation', value: observation }] : []),
      ];
    });
    return [
      {
        conversations: [{ from: 'human', value: conversation.query }, ...said],
        tools: JSON.stringify(conversation.tools),
      },
    ];
  },
  async files(rows, path, { read }) {
    const infoPath = join(dirname(path), 'dataset_info.json');
    const entries = withEntry(await read(infoPath), infoPath, path);
    const info: FileOut = {
      path: infoPath,
      text: [`${JSON.stringify(entries, null, 2)}\n`],
      rows: 0,
      lint: null,
      merges: true,
    };
    return [jsonLinesFile(rows, path, 'llama-factory'), info];
  },
};

/** The name of a dataset: that of its file, without the ending. */
function datasetName(path: string): string {
  return basename(path, extname(path)).replace(/[^\w-]+/g, '_');
}

/** What `dataset_info.json` says with the entry for this file; all others stay. */
function withEntry(text: string | null, infoPath: string, path: string): JsonObject {
  let known: Json = {};
  try {
    if (text !== null) known = JSON.parse(text) as Json;
  } catch {
    known = null;
  }
  if (!isJsonObject(known)) {
    throw new WrongRequest(
      `${infoPath} is no JSON object, so the dataset cannot be entered in it.`,
      'Mend it, or write to another folder.',
    );
  }
  const columns = { messages: 'conversations', tools: 'tools' };
  return { ...known, [datasetName(path)]: { file_name: basename(path), formatting: 'sharegpt', columns } };
}
