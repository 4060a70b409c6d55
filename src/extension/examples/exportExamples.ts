import * as l10n from '@vscode/l10n';
import { toolName } from '../../core/toolName.ts';
import { type ExportParams, engine } from '../../protocol/engine.ts';
import { mayExplore } from '../commands/mayExplore.ts';
import * as counts from '../state/counts.ts';
import { oneLine } from '../state/oneLine.ts';
import type { Choice, Person, Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';
import { chooseTools } from './chooseTools.ts';
import { exportFormats, type FormatText } from './exportFormats.ts';
import type { FileDialogs } from './ports.ts';
import { tellExported } from './tellExported.ts';

type Options = Required<
  Pick<ExportParams, 'tools' | 'validation' | 'simulated' | 'demonstrations' | 'stale'>
>;

/** Writes examples as training data, or in the form of another tool, to a file that the person chooses. */
export async function exportExamples(
  around: Surroundings,
  files: FileDialogs,
  target: Target,
): Promise<void> {
  if (!(await mayExplore(around))) return;
  const { link, person } = around;
  const { rows } = await link.request(engine.examples, { limit: 1 });
  if (rows.length === 0) {
    await person.tell('info', l10n.t('There are no learned examples yet. Explore a tool first.'));
    return;
  }
  const format = await chooseFormat(person);
  const options = format && (await chooseOptions(around, format, target));
  if (!format || !options) return;
  const path = await files.chooseTarget(titleOf(format), fileName(format, options), [format.ending]);
  if (path === undefined) return;
  const result = await link.request(engine.exportData, {
    format: format.format,
    path,
    replace: true,
    ...options,
  });
  await tellExported(around, result);
}

function chooseFormat(person: Person): Promise<FormatText | undefined> {
  const groups = { training: l10n.t('Training data'), other: l10n.t('For other tools') };
  return person.pick(
    l10n.t('Export Examples'),
    l10n.t('In which form?'),
    exportFormats().map((format) => ({
      label: format.label,
      detail: format.detail,
      group: groups[format.group],
      value: format,
    })),
  );
}

/** What goes in, changed one by one as often as the person likes. */
async function chooseOptions(
  around: Surroundings,
  format: FormatText,
  { toolId }: Target,
): Promise<Options | undefined> {
  let options: Options = {
    tools: toolId === undefined ? [] : [toolId],
    validation: 0,
    simulated: false,
    demonstrations: false,
    stale: false,
  };
  for (;;) {
    const chosen = await around.person.pick(
      titleOf(format),
      l10n.t('What should be in it?'),
      optionRows(around, format, options),
    );
    if (chosen === undefined) return undefined;
    if (chosen === 'go') return options;
    options = { ...options, ...(await chosen()) };
  }
}

type Change = () => Promise<Partial<Options>>;

function optionRows(around: Surroundings, { group }: FormatText, options: Options): Choice<Change | 'go'>[] {
  const { tools, validation, simulated, demonstrations, stale } = options;
  const [only] = tools;
  const yes = (on: boolean): string => (on ? l10n.t('yes') : l10n.t('no'));
  const rows: Choice<Change | 'go'>[] = [
    {
      label: l10n.t('Choose File…'),
      description: l10n.t('and export'),
      icon: 'export',
      value: 'go',
    },
    {
      label: l10n.t('Tools'),
      description: only === undefined ? l10n.t('all') : oneLine(toolName(only)),
      icon: 'list-tree',
      value: async () => {
        const chosen = await chooseTools(around, l10n.t('Export Examples'), {});
        return chosen === undefined ? {} : { tools: chosen };
      },
    },
    {
      label: l10n.t('Simulated examples'),
      description: yes(simulated),
      detail: l10n.t('A model played the tool: what they show may not be so.'),
      icon: 'mirror',
      value: async () => ({ simulated: !simulated }),
    },
    {
      label: l10n.t('Demonstrations'),
      description: yes(demonstrations),
      detail: l10n.t('The offline sampler made up the query, no language model did.'),
      icon: 'beaker',
      value: async () => ({ demonstrations: !demonstrations }),
    },
    {
      label: l10n.t('Examples whose spec has changed'),
      description: yes(stale),
      detail: l10n.t('Their calls may not fit the tool as it is now.'),
      icon: 'history',
      value: async () => ({ stale: !stale }),
    },
  ];
  if (group === 'training') {
    rows.splice(2, 0, {
      label: l10n.t('Kept for validation'),
      description: validation === 0 ? l10n.t('none') : `${counts.number(validation * 100)} %`,
      detail: l10n.t('A file of its own. An example and its paraphrases stay together.'),
      icon: 'split-horizontal',
      value: async () => {
        const typed = await askShare(around.person, validation);
        return typed === undefined ? {} : { validation: typed };
      },
    });
  }
  return rows;
}

/** 0 to 0.9; undefined when the person went away. */
async function askShare(person: Person, now: number): Promise<number | undefined> {
  const typed = await person.type({
    title: l10n.t('Kept for validation'),
    prompt: l10n.t('How many of 100 examples should be kept aside? 0 for none.'),
    value: String(now === 0 ? 10 : now * 100),
    check: (text) => (shareOf(text) === null ? l10n.t('A whole number from 0 to 90.') : null),
  });
  return typed === undefined ? undefined : (shareOf(typed) ?? undefined);
}

function shareOf(text: string): number | null {
  const value = /^\s*\d{1,2}\s*%?\s*$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
  return value <= 90 ? value / 100 : null;
}

function titleOf({ label }: FormatText): string {
  return l10n.t('Export Examples ({0})', label);
}

function fileName({ format, ending }: FormatText, { tools }: Options): string {
  const [only] = tools;
  const name = only === undefined ? 'examples' : toolName(only).replace(/[^\w.-]+/g, '_');
  return `${name}.${format}.${ending}`;
}
