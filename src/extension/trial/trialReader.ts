/** Fetches trials and what stands around them, and makes their documents. Knows no editor. */
import * as l10n from '@vscode/l10n';
import type { Example, Trial } from '../../core/trial.ts';
import { engine } from '../../protocol/engine.ts';
import { reviewStamp } from '../state/reviewStamp.ts';
import type { Surroundings } from '../surroundings.ts';
import type { TrialSurroundings } from './headRows.ts';
import { shownJson, shownLine } from './plainText.ts';
import { type TrialText, trialText } from './trialText.ts';

/** A document of a trial; `trial` is null when there is none of that id. */
export interface TrialDocument extends TrialText {
  trial: Trial | null;
}

/** An editor asks for the same document several times as it opens it: what is this new is not fetched again, milliseconds. */
const fresh = 1000;
/** So many documents are kept for the outline and the links of editors that are open. */
const kept = 16;

export class TrialReader {
  readonly #around: Pick<Surroundings, 'link' | 'log' | 'workbench'>;
  readonly #read = new Map<string, { at: number; stamp: string; document: Promise<TrialDocument> }>();

  constructor(around: Pick<Surroundings, 'link' | 'log' | 'workbench'>) {
    this.#around = around;
  }

  /**
   * The document of a trial as it is now.
   *
   * @throws as `EngineLink.request` does
   */
  document(id: string): Promise<TrialDocument> {
    const known = this.#read.get(id);
    const stamp = reviewStamp(this.#around.workbench);
    if (known?.stamp === stamp && performance.now() - known.at < fresh) return known.document;
    const document = this.#fetch(id);
    this.#read.delete(id);
    this.#read.set(id, { at: performance.now(), stamp, document });
    document.catch(() => this.#read.delete(id));
    for (const oldest of [...this.#read.keys()].slice(0, -kept)) this.#read.delete(oldest);
    return document;
  }

  /** The document that an editor shows with this text; null when it is another one by now. */
  async shown(id: string, text: string): Promise<TrialDocument | null> {
    const known = await this.#read.get(id)?.document.catch(() => null);
    const document = known?.text === text ? known : await this.document(id);
    return document.text === text ? document : null;
  }

  /** Everything that is kept of a trial, its messages and model calls first, as JSON text. */
  async messages(id: string): Promise<string> {
    const { trial } = await this.document(id);
    if (trial === null) return `${JSON.stringify({ error: notThere(id) }, null, 2)}\n`;
    const { messages, exchanges, ...others } = trial;
    return `${shownJson(JSON.stringify({ messages, exchanges, ...others }, null, 2))}\n`;
  }

  async #fetch(id: string): Promise<TrialDocument> {
    const trial = await this.#around.link.request(engine.trial, { id });
    if (trial === null) return { trial, text: missingText(id), sections: [], links: [] };
    const [tool, siblings, example] = await Promise.all([
      this.#tool(trial.tool),
      this.#siblings(trial),
      this.#example(id),
    ]);
    return { trial, ...trialText(trial, { tool, siblings, ...(example ? { example } : {}) }) };
  }

  async #tool(id: string): Promise<TrialSurroundings['tool']> {
    const tool = await this.#unlessAway(this.#around.link.request(engine.tool, { id }));
    return tool && { risk: tool.risk, specHash: tool.specHash, source: tool.source };
  }

  /** What it left, not what says the same in other words. */
  async #example(trial: string): Promise<Example | undefined> {
    const page = await this.#unlessAway(
      this.#around.link.request(engine.examples, { trial, seeds: true, limit: 5 }),
    );
    return page?.rows.find(({ kind, paraphraseOf }) => kind === undefined && paraphraseOf === undefined);
  }

  async #siblings({
    id,
    runId,
    tool,
    episode,
    trial,
    outcome,
  }: Trial): Promise<TrialSurroundings['siblings']> {
    const page = await this.#unlessAway(
      this.#around.link.request(engine.trials, { runId, tool, episode, limit: 200 }),
    );
    const rows = page?.rows.filter((row) => row.episode === episode) ?? [];
    const own = rows.some((row) => row.id === id) ? [] : [{ id, episode, trial, outcome }];
    return [...rows, ...own].sort((a, b) => a.trial - b.trial);
  }

  /** A trial is worth showing also where what stands around it cannot be had. */
  async #unlessAway<T>(asked: Promise<T>): Promise<T | null> {
    try {
      return await asked;
    } catch (error) {
      this.#around.log(error);
      return null;
    }
  }
}

function missingText(id: string): string {
  return `${notThere(id)}\n\n  – ${l10n.t('Its trial log may have been deleted, or it belongs to another workspace.')}\n`;
}

function notThere(id: string): string {
  return l10n.t('This trial is not in the trial log of this workspace: {0}', shownLine(id));
}
