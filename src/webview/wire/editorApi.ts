/** What the editor gives to a page, typed. */
import type { FromPage } from '../../protocol/panel.ts';
import type { PageState } from '../state/pageState.ts';

export interface EditorApi {
  postMessage(message: FromPage): void;
  /** What was kept; unknown until it is checked. */
  getState(): unknown;
  setState(state: PageState): void;
}

declare global {
  /** May be called once. */
  function acquireVsCodeApi(): EditorApi;
}
