import type { Verdict } from '../../core/evaluate/grade.ts';
import type { GraderName } from '../../core/evaluate/gradeFiles.ts';
import { type Figures, summaryOf } from '../../core/evaluate/summary.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { counted, oneLine, shortened } from '../text.ts';

const graders: Record<GraderName, string> = {
  ste: "the paper's grader",
  strict: 'the strict grader',
};

/** Verdicts for people: the figures, tool by tool, and what went wrong. */
export function gradeReport(
  verdicts: readonly Verdict[],
  grader: GraderName,
  { colors, width }: Pick<Terminal, 'colors' | 'width'>,
): string[] {
  const { perTool, failures, ...all } = summaryOf(verdicts);
  const columns = [
    { title: 'answers', align: 'right' as const },
    { title: 'well-formed', align: 'right' as const },
    { title: 'API match', align: 'right' as const },
    { title: 'correct', align: 'right' as const },
    { title: 'tool' },
  ];
  const rows = Object.entries(perTool).map(([tool, figures]) => [
    ...cells(figures),
    shortened(oneLine(tool), 80),
  ]);
  const wrong = Object.entries(failures).map(([type, count]) => `${type} ${count}`);
  const judges = [...new Set(verdicts.flatMap(({ judge }) => (judge === undefined ? [] : [judge])))];
  const byJudge = verdicts.filter(({ judge }) => judge !== undefined).length;
  return [
    ...table(columns, [...rows, [...cells(all), colors.bold('all')]], width),
    '',
    `Graded by ${graders[grader]}: well-formed and correct are shares of all answers, API match is one of the well-formed.`,
    `Wrong: ${wrong.length > 0 ? wrong.join(', ') : 'none'}`,
    ...judges.map(
      (judge) =>
        `A judge ruled on ${counted(byJudge, 'answer')}: ${judge === 'recorded' ? 'the one whose verdicts stand in the file' : oneLine(judge)}`,
    ),
  ];
}

function cells({ n, wellFormed, apiMatch, correct }: Figures): string[] {
  return [String(n), ...[wellFormed, apiMatch, correct].map((share) => share.toFixed(3))];
}
