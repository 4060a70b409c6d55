/** What the words of a trial's document mean, for whoever has not read how the method works. */
import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../core/trial.ts';
import { outcomeExplanation, trialExplanation } from '../state/failureWords.ts';
import type { SectionKind, TrialSection } from './page.ts';

/** What to say of a line of the document; undefined where its words are everybody's. */
export function explanationAt(
  line: number,
  text: string,
  sections: readonly TrialSection[],
  outcome: Outcome,
): string | undefined {
  const section = sections.findLast((one) => one.line <= line);
  if (section?.kind === 'trial' && section.line === line) {
    return `${outcomeExplanation(outcome)} ${trialExplanation()}`;
  }
  if (section?.kind === 'trial' && text.trimStart().startsWith(l10n.t('Episode'))) {
    return l10n.t('An episode is a few trials in one conversation: the later ones see the earlier ones.');
  }
  const begun = [section, ...(section?.children ?? [])].find((one) => one?.line === line);
  return begun && meaning(begun.kind);
}

function meaning(kind: SectionKind): string | undefined {
  switch (kind) {
    case 'query':
      return l10n.t('What the model imagined that somebody would ask.');
    case 'step':
      return l10n.t('A step: what the model thought and called, and what came back.');
    case 'observation':
      return l10n.t('What the tool returned, as the model was shown it.');
    case 'fix':
      return l10n.t('The later call of this trial that worked, and what was changed for it.');
    case 'reflection':
      return l10n.t(
        'How the model judges the trial: whether the query was fulfilled, why, and what is worth remembering (the lesson).',
      );
    case 'example':
      return l10n.t(
        'What the trial left to show in prompts: whether its calls fit the spec and worked, what a judge (a language model) says of it, and what you say.',
      );
    default:
      return undefined;
  }
}
