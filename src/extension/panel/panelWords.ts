/** The words of the views, for the page. */
import { failureTypes, type Outcome } from '../../core/trial.ts';
import type { PanelWords } from '../../protocol/panel.ts';
import {
  failureWord,
  lessonExplanation,
  outcomeExplanation,
  outcomeIcon,
  outcomeWord,
  trialExplanation,
} from '../state/failureWords.ts';

export function panelWords(): PanelWords {
  const outcome = (name: Outcome) => ({
    word: outcomeWord(name),
    icon: outcomeIcon(name),
    why: outcomeExplanation(name),
  });
  return {
    trial: trialExplanation(),
    lesson: lessonExplanation(),
    outcomes: {
      fulfilled: outcome('fulfilled'),
      unfulfilled: outcome('unfulfilled'),
      abandoned: outcome('abandoned'),
      error: outcome('error'),
    },
    failures: Object.fromEntries(
      failureTypes.map((type) => [type, failureWord(type)]),
    ) as PanelWords['failures'],
  };
}
