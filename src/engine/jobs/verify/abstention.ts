/** Verifying an example in which nothing is to be called: whether the query is still what it is meant to be. */
import { ModelError } from '../../../core/errors.ts';
import {
  abstentionJudgeRequest,
  type Needed,
  neededParameters,
  readVerdict,
} from '../../../core/exploit/expand/index.ts';
import { deriveSeed } from '../../../core/random.ts';
import type { Tool } from '../../../core/tool.ts';
import type { Example, Judgement } from '../../../core/trial.ts';
import type { Stages } from './stages.ts';
import { concluded, type Verified } from './verified.ts';

/** A judge that cannot be understood is asked once more. */
const attempts = 2;

/**
 * The format of a query with a missing value is that the tool needs the value; the rest is for the judge. Without a judge,
 * or when nobody understands it, the example stays as it is. Rejects as models do.
 */
export async function verifyAbstention(before: Example, tool: Tool, stages: Stages): Promise<Verified> {
  const untouched = { example: before, unjudged: stages.model !== null, madeAgain: false };
  let lacks: Needed | null = null;
  if (before.kind === 'missing_value') {
    lacks = neededParameters(tool).find(({ pointer }) => pointer === before.lacks) ?? null;
    if (lacks === null) {
      // Written by hand: it does not say what is missing.
      if (before.lacks === undefined) return untouched;
      return concluded(before, tool, { format: false, execution: null, judge: null });
    }
  }
  const judge = await judgement(before, tool, lacks, stages);
  return judge === null ? untouched : concluded(before, tool, { format: null, execution: null, judge });
}

async function judgement(
  { id, query, answer }: Example,
  tool: Tool,
  lacks: Needed | null,
  { model, signal }: Stages,
): Promise<Judgement | null> {
  if (model === null) return null;
  try {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const seed = deriveSeed(id, 'judge', attempt);
      const request = abstentionJudgeRequest(tool, { query, answer: answer ?? '' }, lacks, seed);
      const verdict = readVerdict((await model.chat(request, signal)).text);
      if (verdict === null) continue;
      const { holds, why } = verdict;
      return { model: model.id, informative: holds, faithful: holds, proper: holds, reasons: why };
    }
    return null;
  } catch (error) {
    if (error instanceof ModelError && !error.fatal) return null;
    throw error;
  }
}
