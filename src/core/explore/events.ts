import type { Call, Failure, Observation, Trial, TrialPlace } from '../trial.ts';

/** What happens while a trial runs, for whoever watches. `trial` is what counts: it carries the whole trial. */
export type ExploreEvent =
  | ({ type: 'trialStarted'; callFirst: boolean } & TrialPlace)
  | ({ type: 'imagined'; query: string; tooClose: boolean } & TrialPlace)
  | ({ type: 'called'; step: number; thought: string; call: Call } & TrialPlace)
  | ({ type: 'observed'; step: number; observation: Observation; failure: Failure | null } & TrialPlace)
  | ({ type: 'answered'; answer: string } & TrialPlace)
  | ({ type: 'reflected'; fulfilled: boolean } & TrialPlace)
  /** The model's answers do not fit the wire protocol that was chosen for it. */
  | ({ type: 'protocolMismatch'; message: string; advice: string } & TrialPlace)
  | { type: 'trial'; trial: Trial };
