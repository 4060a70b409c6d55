/** What the three lists have in common: a row of two lines that may be opened up, and what is offered for it. */
import type { TemplateResult } from 'lit';

export interface RowView {
  /** The trial that Enter opens. */
  trialId: string;
  /** The example that can be inserted. */
  exampleId?: string;
  icon: { name: string; tone: string } | null;
  /** First line. */
  title: string | TemplateResult;
  /** Beside the first line: `Demonstration`, `Stale`. */
  badges: { word: string; why: string }[];
  /** Second line. */
  detail: string | TemplateResult;
  /** Milliseconds since 1970; null where it is not known. */
  at: number | null;
  /** What the row shows when it is opened up; null for one that has no more. */
  more: (() => TemplateResult) | null;
}
