/** The words of the views, for the page. */
import { failureTypes, type Outcome, type Verification } from '../../core/trial.ts';
import type { PanelWords } from '../../protocol/panel.ts';
import {
  kindSentence,
  kindWord,
  liftWord,
  verificationSentence,
  verificationWord,
} from '../state/exampleTexts.ts';
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
  const verification = (name: Verification) => ({
    word: verificationWord(name),
    why: verificationSentence(name),
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
    verification: {
      unverified: verification('unverified'),
      executed: verification('executed'),
      verified: verification('verified'),
      review: verification('review'),
      accepted: verification('accepted'),
      rejected: verification('rejected'),
    },
    kinds: {
      near_miss: { word: kindWord('near_miss'), why: kindSentence('near_miss') },
      missing_value: { word: kindWord('missing_value'), why: kindSentence('missing_value') },
    },
    lifts: { '+': liftWord('+'), '0': liftWord('0'), '−': liftWord('−') },
  };
}
