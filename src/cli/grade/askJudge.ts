import type { ChatModel } from '../../core/chat.ts';
import { Cancelled } from '../../core/errors.ts';
import type { Verdict } from '../../core/evaluate/grade.ts';
import type { GradedAnswer } from '../../core/evaluate/gradeFiles.ts';
import { meansTheSame, ruled } from '../../core/evaluate/judge.ts';

/** Questions that a judge has at once. */
const atOnce = 4;

/**
 * The verdicts after a judge has ruled on what is open, in their order. Rejects as `ChatModel.chat` does.
 *
 * @param onRuling Told of each ruling; null where the judge said neither yes nor no.
 */
export async function askJudge(
  answers: readonly GradedAnswer[],
  model: ChatModel,
  signal: AbortSignal,
  onRuling: (same: boolean | null) => void,
): Promise<Verdict[]> {
  const verdicts = answers.map(({ verdict }) => verdict);
  const waiting = answers.entries();
  const work = async (): Promise<void> => {
    for (const [i, { verdict, open }] of waiting) {
      if (open === null) continue;
      if (signal.aborted) throw new Cancelled();
      const same = await meansTheSame(model, open, signal);
      onRuling(same);
      verdicts[i] = ruled(verdict, same, model.id);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return verdicts;
}
