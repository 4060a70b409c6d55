import * as l10n from '@vscode/l10n';
import { isDemonstration, isSimulated } from '../../../core/exploit/demonstration.ts';
import type { Example } from '../../../core/trial.ts';
import { oneLine, severalLines } from '../../state/oneLine.ts';
import { simulatedSentence } from '../../state/simulatedText.ts';
import type { Target } from '../../target.ts';
import { addressOf } from '../../trial/trialAddress.ts';
import { argumentsLine, callLine } from './callText.ts';
import { type Row, TreeNode } from './treeNode.ts';

/** Calls of an example that its tooltip shows. */
const callsShown = 5;

/** A query with the calls that answer it. A click opens its trial; what a person wrote by hand has none, but its file. */
export class ExampleNode extends TreeNode<Example> {
  get id(): string {
    return `example:${this.data.id}`;
  }

  get row(): Row {
    const { query, calls, provenance, tool: own } = this.data;
    const isMade = isDemonstration(this.data);
    // Of an example that was edited nobody knows here what its trial asked.
    const opened = provenance.edited ? undefined : addressOf(provenance.trialId, own, query);
    const label = oneLine(query) || l10n.t('(no query)');
    const isPlayed = isSimulated(this.data);
    const marks = [...(isPlayed ? [l10n.t('simulated')] : []), ...(isMade ? [l10n.t('demonstration')] : [])];
    const called = calls.map(({ tool, arguments: given }) =>
      tool === own ? argumentsLine(given) : callLine({ tool, arguments: given }),
    );
    return {
      label,
      description: oneLine([...marks, called.join(' → ')].filter(Boolean).join(' · ')),
      tooltip: this.#tooltip(),
      spoken: [label, ...marks].join(', '),
      icon: isPlayed ? 'mirror' : isMade ? 'beaker' : 'comment',
      context: isMade ? 'example.demonstration' : 'example',
      opens: 'never',
      click: provenance.trialId === '' ? 'openExampleFile' : 'openTrial',
      ...(opened ? { opened } : {}),
    };
  }

  override get target(): Target {
    const { id, tool, provenance } = this.data;
    return { exampleId: id, toolId: tool, trialId: provenance.trialId, runId: provenance.runId };
  }

  #tooltip(): string {
    const { query, calls, answer, provenance } = this.data;
    const shown = calls
      .slice(0, callsShown)
      .flatMap((call) => [callLine(call), `→ ${oneLine(call.observation)}`]);
    const parts = [
      severalLines(query, 4),
      '',
      ...shown,
      ...(calls.length > callsShown ? ['…'] : []),
      ...(answer === null ? [] : ['', l10n.t('Answer: {0}', oneLine(answer))]),
      '',
      ...(isSimulated(this.data) ? [simulatedSentence()] : []),
      ...this.#origin(),
      ...(provenance.edited ? [l10n.t('Edited by hand.')] : []),
    ];
    return parts.join('\n');
  }

  /** What a person wrote by hand names no model. */
  #origin(): string[] {
    const { model } = this.data.provenance;
    if (isDemonstration(this.data))
      return [l10n.t('A demonstration: the offline sampler made up the query, no language model did.')];
    return model === '' ? [] : [l10n.t('Imagined by {0}.', oneLine(model))];
  }
}
