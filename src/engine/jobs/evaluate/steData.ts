/** The paper's test set as questions: queries with the right call of each, API by API. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { DataText } from '../../../core/evaluate/data/dataText.ts';
import { writeGold } from '../../../core/evaluate/goldText.ts';
import { exactly } from '../../../core/evaluate/grade.ts';
import { OfferedTools } from '../../../core/evaluate/offered.ts';
import type { AskedQuestion } from '../../../core/evaluate/plan.ts';
import { parsePythonJson } from '../../../core/evaluate/python/json.ts';
import { isDict, type PythonDict, type PythonValue, toJson } from '../../../core/evaluate/python/values.ts';
import { stringMatched } from '../../../core/evaluate/ste/stringMatched.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Tool } from '../../../core/tool.ts';
import { defaultTimeoutMs } from '../../../tools/boundTool.ts';
import { ReadingThread } from '../../../tools/reading.ts';
import { WrongRequest } from '../../errors.ts';
import { goneNote } from './material.ts';
import { type Catalogue, dataText, type ReadData } from './readData.ts';

/** The descriptions of the APIs, which lie beside the test set. */
const descriptions = 'API_descriptions.json';

/** Tools come from the workspace, or from the descriptions that lie beside the file. Rejects with `WrongRequest`. */
export async function steData(path: string, file: DataText, catalogue: Catalogue): Promise<ReadData> {
  const apis = isDict(file.whole) ? file.whole : new Map<string, PythonValue>();
  const { known, offered } = await toolsOf(path, [...apis.keys()].map(String), catalogue);
  const questions: AskedQuestion[] = [];
  const tools = new Map<string, Tool>();
  let gone = 0;
  let judged = 0;
  for (const [key, list] of apis) {
    const api = String(key);
    const tool = known.get(api);
    const around = tool === undefined ? null : offered.around([tool.id]);
    await breathe();
    for (const [index, entry] of (Array.isArray(list) ? list : []).filter(isDict).entries()) {
      const at = `${path}:${file.lineOf(entry)}`;
      const query = entry.get('query');
      if (typeof query !== 'string')
        throw new WrongRequest(`${at}: "query" is no text.`, 'Each question has to have one.');
      if (tool === undefined || around === null) {
        gone += 1;
        continue;
      }
      if (!stringMatched.has(api)) judged += 1;
      for (const one of around) tools.set(one.id, one);
      questions.push({
        id: `${api}#${index + 1}`,
        query,
        kind: 'call',
        tool: tool.id,
        offered: around.map(({ id }) => id),
        gold: writeGold({ kind: 'calls', calls: [exactly(tool.name, argumentsOf(entry, at))] }),
      });
    }
  }
  if (questions.length === 0) {
    throw new WrongRequest(
      `None of the APIs that ${path} asks for is in this workspace.`,
      `Put ${descriptions} into the workspace, or beside the file.`,
    );
  }
  return {
    data: basename(path),
    grader: 'ste',
    questions,
    tools,
    families: questions.map(({ query }) => ({ query })),
    notes: [...goneNote(gone), ...judgedNote(judged)],
  };
}

function judgedNote(count: number): string[] {
  if (count === 0) return [];
  const what = count === 1 ? '1 question is for an API' : `${count} questions are for APIs`;
  return [
    `${what} whose arguments a judge model ruled on in the paper; here all are compared as texts, so that fewer count as correct.`,
  ];
}

/** Tools by the names that the paper has for them. */
async function toolsOf(
  path: string,
  apis: readonly string[],
  { tools, offered, limit }: Catalogue,
): Promise<{ known: Map<string, Tool>; offered: OfferedTools }> {
  const named = byApi(apis, tools);
  const beside = join(dirname(path), descriptions);
  if (named.size > 0 || !existsSync(beside)) return { known: named, offered };
  const thread = new ReadingThread();
  try {
    const { source } = await thread.read({
      folder: dirname(path),
      path: descriptions,
      text: await dataText(beside),
      defaults: { timeoutMs: defaultTimeoutMs },
    });
    const found = source?.tools.map(({ tool }) => tool) ?? [];
    return { known: byApi(apis, found), offered: new OfferedTools(found, limit) };
  } finally {
    await thread.dispose();
  }
}

function byApi(apis: readonly string[], tools: readonly Tool[]): Map<string, Tool> {
  const wanted = new Set(apis);
  const found = new Map<string, Tool>();
  for (const tool of tools) {
    // The name as it is written stands in the id, after the path.
    const api = tool.id.slice(tool.source.path.length + 1);
    if (wanted.has(api) && !found.has(api)) found.set(api, tool);
  }
  return found;
}

function argumentsOf(entry: PythonDict, at: string): JsonObject {
  const given = entry.get('action_input') ?? null;
  if (isDict(given)) return toJson(given) as JsonObject;
  try {
    const read = typeof given === 'string' ? parsePythonJson(given) : null;
    if (isDict(read)) return toJson(read) as JsonObject;
  } catch {
    // Said below.
  }
  throw new WrongRequest(
    `${at}: "action_input" is no JSON object.`,
    'It has to be the arguments of the right call, as JSON.',
  );
}
