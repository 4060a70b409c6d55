import * as l10n from '@vscode/l10n';
import type { ExampleForm } from '../../protocol/engine.ts';
import type { Choice, Person } from '../surroundings.ts';
import type { TextPlace } from './ports.ts';

const all: readonly ExampleForm[] = ['markdown', 'react', 'messages', 'objects', 'input_examples'];

export function isForm(value: unknown): value is ExampleForm {
  return all.some((form) => form === value);
}

/** What a form is called; null is left to the file. */
export function formName(form: ExampleForm | null): string {
  switch (form) {
    case 'markdown':
      return l10n.t('Markdown');
    case 'react':
      return l10n.t('ReAct (Thought and Action)');
    case 'messages':
      return l10n.t('OpenAI Messages');
    case 'objects':
      return l10n.t('Objects');
    case 'input_examples':
      return l10n.t('Anthropic input_examples');
    default:
      return l10n.t('What the File Needs');
  }
}

function formDetail(form: ExampleForm): string {
  switch (form) {
    case 'markdown':
      return l10n.t(
        'A heading for each query, its calls as JSON in code blocks, and what the tool returned.',
      );
    case 'react':
      return l10n.t('Lines of Thought, Action, Action Input and Observation, for models without tool calls.');
    case 'messages':
      return l10n.t('Chat messages with tool calls and their results.');
    case 'objects':
      return l10n.t('One object per example, with its query, calls and answer.');
    case 'input_examples':
      return l10n.t('The arguments alone, as a tool definition carries them.');
  }
}

/** Forms that can be asked for in a document. */
export function formsFor({
  languageId,
  fileName,
}: Pick<TextPlace, 'languageId' | 'fileName'>): ExampleForm[] {
  const isLines = languageId === 'jsonl' || /\.(?:jsonl|ndjson)$/i.test(fileName);
  return isLines ? ['objects', 'messages'] : [...all];
}

/** Asks for a form to insert in; undefined when nothing was chosen, null for what the file needs. */
export async function chooseFormFor(
  person: Pick<Person, 'pick'>,
  place: Pick<TextPlace, 'languageId' | 'fileName' | 'label'>,
  current: ExampleForm | null,
): Promise<ExampleForm | null | undefined> {
  const mark = (form: ExampleForm | null): { description?: string } =>
    form === current ? { description: l10n.t('current') } : {};
  const byFile: Choice<{ form: ExampleForm | null }> = {
    label: formName(null),
    detail: l10n.t('Told by the language of the file, and by what stands around the cursor.'),
    value: { form: null },
    ...mark(null),
  };
  const picked = await person.pick(
    l10n.t('Form of the Examples'),
    l10n.t('Kept for files of the language {0}', place.languageId),
    [byFile, ...formsFor(place).map((form) => ({ ...choiceOf(form), value: { form }, ...mark(form) }))],
  );
  return picked?.form;
}

/** Asks for a form to copy in. */
export function chooseForm(person: Pick<Person, 'pick'>): Promise<ExampleForm | undefined> {
  return person.pick(l10n.t('Copy Example As'), l10n.t('Form of the example'), all.map(choiceOf));
}

function choiceOf(form: ExampleForm): Choice<ExampleForm> {
  return { label: formName(form), detail: formDetail(form), value: form };
}
