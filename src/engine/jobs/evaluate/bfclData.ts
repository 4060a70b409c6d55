/** Questions of the Berkeley Function-Calling Leaderboard: each brings the tools that a model may choose from. */
import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { type GradedQuestion, needsAnswers, readBfclQuestions } from '../../../core/evaluate/data/bfcl.ts';
import type { DataText } from '../../../core/evaluate/data/dataText.ts';
import { writeGold } from '../../../core/evaluate/goldText.ts';
import type { Gold, ToolDoc } from '../../../core/evaluate/grade.ts';
import type { AskedQuestion } from '../../../core/evaluate/plan.ts';
import { type PythonDict, toJson } from '../../../core/evaluate/python/values.ts';
import { isJsonObject } from '../../../core/json.ts';
import type { Tool } from '../../../core/tool.ts';
import { asWrongRequest } from '../../errors.ts';
import { DocTools } from './docTools.ts';
import { dataText, parsedData, type ReadData } from './readData.ts';

/** Reads questions with the answers that stand in them or in a file beside them. Rejects with `WrongRequest`. */
export async function bfclData(path: string, file: DataText): Promise<ReadData> {
  const beside = needsAnswers(file) ? answersBeside(path) : null;
  const answers = beside === null ? null : parsedData(await dataText(beside), beside);
  const read = asWrongRequest(() => readBfclQuestions(file, answers));
  const docs = new DocTools(basename(path));
  const tools = new Map<string, Tool>();
  const questions = read.map((one, index): AskedQuestion => {
    const offered = docs.toolsOf(described(one, file.rows[index]?.value), one.question.language);
    for (const { tool } of offered) tools.set(tool.id, tool);
    return questionOf(one, offered);
  });
  return {
    data: basename(path),
    grader: 'strict',
    questions,
    tools,
    families: questions.map(({ query }) => ({ query })),
    notes: [],
  };
}

/** A tool of a row, with the name that the row has for it. */
interface NamedTool {
  written: string;
  tool: Tool;
}

function questionOf({ question, tools }: GradedQuestion, offered: readonly NamedTool[]): AskedQuestion {
  const { id, query, gold, language } = question;
  const shown = new Map(offered.map(({ written, tool }) => [written, tool]));
  const counted = shown.get(question.tool) ?? offered[0]?.tool;
  return {
    id,
    query,
    kind: gold.kind === 'abstention' ? 'near_miss' : 'call',
    tool: counted?.id ?? question.tool,
    offered: offered.map(({ tool }) => tool.id),
    gold: writeGold(withShownNames(gold, shown)),
    ...(language === undefined ? {} : { language, docs: renamed(tools, shown) }),
  };
}

/** What the leaderboard says of the tools, by the names that the model is shown. */
function renamed(tools: readonly ToolDoc[], shown: ReadonlyMap<string, Tool>): ToolDoc[] {
  return tools.map((doc) => ({ ...doc, name: shown.get(doc.name)?.name ?? doc.name }));
}

function withShownNames(gold: Gold, shown: ReadonlyMap<string, Tool>): Gold {
  if (gold.kind !== 'calls') return gold;
  return {
    kind: 'calls',
    calls: gold.calls.map((call) => ({ ...call, tool: shown.get(call.tool)?.name ?? call.tool })),
  };
}

/** What the row says of each tool in words, which graders do not need. */
function described(
  { tools }: GradedQuestion,
  row: PythonDict | undefined,
): (GradedQuestion['tools'][number] & { description: string })[] {
  const given = toJson(row?.get('function') ?? null);
  const list = Array.isArray(given) ? given : [given];
  return tools.map((tool, index) => {
    const entry = list[index];
    const inner = isJsonObject(entry) && isJsonObject(entry.function) ? entry.function : entry;
    const said = isJsonObject(inner) ? inner.description : undefined;
    return { ...tool, description: typeof said === 'string' ? said : '' };
  });
}

function answersBeside(path: string): string | null {
  const folder = dirname(path);
  const stem = basename(path, extname(path));
  const candidates = [
    join(folder, `${stem}.answers.jsonl`),
    join(folder, `${stem}.answers.json`),
    join(folder, 'possible_answer', basename(path)),
  ];
  return candidates.find((one) => existsSync(one)) ?? null;
}
