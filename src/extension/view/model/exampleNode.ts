import * as l10n from '@vscode/l10n';
import { isDemonstration, isSimulated } from '../../../core/exploit/demonstration.ts';
import { kindOf } from '../../../core/exploit/usable.ts';
import { engine, type ShownExample } from '../../../protocol/engine.ts';
import * as counts from '../../state/counts.ts';
import {
  checkLines,
  kindSentence,
  kindWord,
  liftSentence,
  liftWord,
  staleSentence,
  staleWord,
  verificationSentence,
  verificationWord,
} from '../../state/exampleTexts.ts';
import { oneLine, severalLines } from '../../state/oneLine.ts';
import { simulatedSentence } from '../../state/simulatedText.ts';
import type { Target } from '../../target.ts';
import { addressOf } from '../../trial/trialAddress.ts';
import type { Asking } from './asking.ts';
import { argumentsLine, callLine } from './callText.ts';
import { Level } from './level.ts';
import { type Row, TreeNode } from './treeNode.ts';

/** Calls of an example that its tooltip shows. */
const callsShown = 5;

/**
 * A query with the calls that answer it, below it those that say it in other words. A click opens its trial; what a person
 * wrote by hand has none, but its file.
 */
export class ExampleNode extends TreeNode<ShownExample> {
  readonly #level: Level<ShownExample, ExampleNode>;

  constructor(asking: Asking, parent: TreeNode, data: ShownExample) {
    super(parent, data);
    const { id, tool } = data.example;
    this.#level = new Level<ShownExample, ExampleNode>({
      asking,
      owner: this,
      ask: (after, limit) =>
        asking.request(engine.shownExamples, {
          tool,
          family: id,
          limit,
          ...(after === undefined ? {} : { after }),
        }),
      key: ({ example }) => example.id,
      make: (paraphrase) => new ExampleNode(asking, this, paraphrase),
    });
  }

  get id(): string {
    return `example:${this.data.example.id}`;
  }

  get row(): Row {
    const { query, provenance, tool } = this.data.example;
    // Of an example that was edited nobody knows here what its trial asked.
    const opened = provenance.edited ? undefined : addressOf(provenance.trialId, tool, query);
    const text = oneLine(query) || l10n.t('(no query)');
    const marks = this.#marks();
    return {
      // Where the view is narrow a description is not seen: what an example does to prompts stands first.
      label: this.#badge() + text,
      description: [...marks, this.#called()].filter(Boolean).join(' · '),
      tooltip: this.#tooltip(),
      spoken: [text, ...this.#silentMarks(), ...marks].join(', '),
      ...this.#icon(),
      context: this.#context(),
      opens: this.data.paraphrases > 0 ? 'closed' : 'never',
      click: provenance.trialId === '' ? 'openExampleFile' : 'openTrial',
      ...(opened ? { opened } : {}),
    };
  }

  override get target(): Target {
    const { id, tool, provenance } = this.data.example;
    return { exampleId: id, toolId: tool, trialId: provenance.trialId, runId: provenance.runId };
  }

  override children(): TreeNode[] | Promise<TreeNode[]> {
    return this.data.paraphrases > 0 ? this.#level.rows() : [];
  }

  override outdate(): void {
    this.#level.outdate();
  }

  /** Nothing for what makes no difference, or was not measured. */
  #badge(): string {
    const mark = this.data.lift?.mark ?? '0';
    return mark === '0' ? '' : `[${mark}] `;
  }

  /** What makes it another than most, in words; what most are is said by the icon alone. */
  #marks(): string[] {
    const { example, stale, lift, paraphrases } = this.data;
    const { verification } = example;
    return [
      ...(isSimulated(example) ? [l10n.t('simulated')] : []),
      ...(isDemonstration(example) ? [l10n.t('demonstration')] : []),
      kindWord(kindOf(example)),
      ...(stale ? [staleWord()] : []),
      ...(verification === 'verified' || verification === 'accepted' || verification === 'rejected'
        ? [verificationWord(verification)]
        : []),
      ...(lift === null ? [] : [liftWord(lift.mark)]),
      ...(paraphrases > 0 ? [counts.paraphrases(paraphrases)] : []),
    ].filter(Boolean);
  }

  /** What only the icon tells whoever sees it. */
  #silentMarks(): string[] {
    const { verification, provenance } = this.data.example;
    return [
      ...(verification === 'executed' ? [verificationWord(verification)] : []),
      ...(provenance.edited ? [l10n.t('by hand')] : []),
    ];
  }

  #called(): string {
    const { calls, tool: own } = this.data.example;
    const called = calls.map(({ tool, arguments: given }) =>
      tool === own ? argumentsLine(given) : callLine({ tool, arguments: given }),
    );
    return oneLine(called.join(' → '));
  }

  #icon(): Pick<Row, 'icon' | 'colour'> {
    const { example, stale } = this.data;
    const { verification, provenance } = example;
    const kind = kindOf(example);
    const good = { colour: 'testing.iconPassed' };
    const trusted = verification === 'verified' || verification === 'accepted' ? good : {};
    if (isSimulated(example)) return { icon: 'mirror' };
    if (isDemonstration(example)) return { icon: 'beaker' };
    if (stale) return { icon: 'history', colour: 'list.warningForeground' };
    if (verification === 'rejected') return { icon: 'thumbsdown', colour: 'disabledForeground' };
    if (kind === 'near_miss') return { icon: 'circle-slash', ...trusted };
    if (kind === 'missing_value') return { icon: 'question', ...trusted };
    if (verification === 'accepted') return { icon: 'thumbsup', ...good };
    if (verification === 'verified') return { icon: 'verified', ...good };
    if (provenance.edited) return { icon: 'edit' };
    return { icon: verification === 'executed' ? 'check' : 'comment' };
  }

  /** `example`, with what menus go by after it. */
  #context(): string {
    const { example, stale } = this.data;
    return [
      'example',
      ...(isDemonstration(example) ? ['demonstration'] : []),
      ...(stale ? ['stale'] : []),
      ...(example.verification === 'rejected' || example.verification === 'accepted'
        ? [example.verification]
        : []),
    ].join('.');
  }

  #tooltip(): string {
    const { example, stale, lift } = this.data;
    const { query, calls, answer, contrasts = [], verification, provenance } = example;
    const shown = calls
      .slice(0, callsShown)
      .flatMap((call) => [callLine(call), `→ ${oneLine(call.observation)}`]);
    const avoided = contrasts.map(({ tool, arguments: given }) =>
      l10n.t('Not this: {0}', callLine({ tool, arguments: given })),
    );
    const kind = kindSentence(kindOf(example));
    const parts = [
      severalLines(query, 4),
      '',
      ...(kind === '' ? [] : [kind]),
      ...shown,
      ...(calls.length > callsShown ? ['…'] : []),
      ...avoided.slice(0, callsShown),
      ...(answer === null ? [] : ['', l10n.t('Answer: {0}', oneLine(answer))]),
      '',
      ...(isSimulated(example) ? [simulatedSentence()] : []),
      ...(verification === 'unverified' ? [] : [verificationSentence(verification)]),
      ...(verification === 'executed' ? [] : checkLines(example)),
      ...(stale ? [staleSentence()] : []),
      ...(lift === null ? [] : [liftSentence(lift)]),
      ...this.#origin(),
      ...(provenance.edited ? [l10n.t('Edited by hand.')] : []),
    ];
    return parts.join('\n');
  }

  /** What a person wrote by hand names no model. */
  #origin(): string[] {
    const { example } = this.data;
    const { model, imported } = example.provenance;
    if (imported) return [l10n.t('From an exploration log of another program.')];
    if (isDemonstration(example))
      return [l10n.t('A demonstration: the offline sampler made up the query, no language model did.')];
    return model === '' ? [] : [l10n.t('Imagined by {0}.', oneLine(model))];
  }
}
