/** What can be done at a learned problem, besides changing the spec by hand. */
import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver/node';
import { commands } from '../../protocol/contributions.ts';
import { type LearnedData, learnedCode, type ProblemActionData } from '../../protocol/language.ts';
import { placeOfTrial } from './learnedDiagnostics.ts';

/** Trials that are offered to open. */
const trialsOffered = 2;

/** The titles are written by the extension, in the person's language; these stand where there is none. */
export function problemActions(diagnostics: readonly Diagnostic[]): CodeAction[] {
  return diagnostics.flatMap((diagnostic) => {
    const learned = learnedOf(diagnostic);
    if (learned === null) return [];
    const { problem, trials, proposes } = learned;
    const action = (
      title: string,
      command: string,
      target: object,
      data: ProblemActionData,
      more: Partial<CodeAction> = {},
    ): CodeAction => ({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      command: { title, command, arguments: [target] },
      data,
      ...more,
    });
    const problemId = problem;
    return [
      ...(proposes
        ? [
            action(
              'Propose a Change of the Spec',
              commands.proposeSpecChange,
              { problemId },
              { action: 'propose', problem },
              { isPreferred: true },
            ),
          ]
        : []),
      ...trials.slice(0, trialsOffered).map((trial) => {
        const place = placeOfTrial(trial);
        const data = { action: 'openTrial', trial, place } as const;
        return action(`Open Trial ${place}`, commands.openTrial, { trialId: trial }, data);
      }),
      action('Dismiss for Good', commands.dismissProblem, { problemId }, { action: 'dismiss', problem }),
    ];
  });
}

/** What came back from the editor is looked at anew. */
function learnedOf({ code, data }: Diagnostic): LearnedData | null {
  if (code !== learnedCode || typeof data !== 'object' || data === null) return null;
  const { problem, trials, proposes } = data as Partial<LearnedData>;
  if (typeof problem !== 'string' || !Array.isArray(trials)) return null;
  const ids = trials.filter((trial) => typeof trial === 'string');
  return { problem, trials: ids, proposes: proposes === true };
}
