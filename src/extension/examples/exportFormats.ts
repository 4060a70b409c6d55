import * as l10n from '@vscode/l10n';
import type { ExportParams } from '../../protocol/engine.ts';

export type ExportFormat = ExportParams['format'];

export interface FormatText {
  format: ExportFormat;
  label: string;
  /** What it is for, in a line. */
  detail: string;
  /** `training`: for fine-tuning; `other`: for another tool. */
  group: 'training' | 'other';
  /** Ending of its files, without the dot. */
  ending: string;
}

/** Every form of an export, in the order in which they are offered. */
export function exportFormats(): FormatText[] {
  const training = (format: ExportFormat, label: string, detail: string, ending = 'jsonl'): FormatText => ({
    format,
    label,
    detail,
    group: 'training',
    ending,
  });
  const other = (format: ExportFormat, label: string, detail: string, ending: string): FormatText => ({
    format,
    label,
    detail,
    group: 'other',
    ending,
  });
  return [
    training('openai', 'OpenAI, Azure', l10n.t('Conversations with tools, for their fine-tuning services.')),
    training('trl', 'TRL, Unsloth', l10n.t('Conversations with tools, for open models on your own machine.')),
    training(
      'axolotl',
      'Axolotl',
      l10n.t('Conversations with tools, with what is learned from and what is not.'),
    ),
    training(
      'llama-factory',
      'LLaMA-Factory',
      l10n.t('ShareGPT conversations, with the entry for dataset_info.json beside them.'),
    ),
    training('mistral', 'Mistral', l10n.t('Conversations with tools, for its fine-tuning service.')),
    training(
      'paper',
      l10n.t('As in the paper'),
      l10n.t('A row for the call and a row for the answer, as text.'),
    ),
    training(
      'dpo',
      l10n.t('Preference pairs (TRL)'),
      l10n.t('What worked beside what failed, to learn which of the two is better (DPO).'),
    ),
    training(
      'openai-dpo',
      l10n.t('Preference pairs (OpenAI)'),
      l10n.t('What worked beside what failed, for its service.'),
    ),
    other(
      'promptfoo',
      'promptfoo',
      l10n.t('Tests that check which tool is called, with which arguments.'),
      'yaml',
    ),
    other(
      'bfcl',
      'BFCL',
      l10n.t('Questions and accepted answers in the form of the function calling leaderboard.'),
      'jsonl',
    ),
    other('dspy', 'DSPy', l10n.t('Examples for its optimizers.'), 'jsonl'),
    other('anthropic', 'Anthropic input_examples', l10n.t('Tools, each with calls that worked.'), 'json'),
  ];
}
