import * as l10n from '@vscode/l10n';
import { type ExampleForm, engine, type Insertion } from '../../protocol/engine.ts';
import * as counts from '../state/counts.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';
import { copyExampleAs } from './copyExampleAs.ts';
import { ExampleList, paramsOf } from './exampleList.ts';
import { ExampleSearch } from './exampleSearch.ts';
import { formName } from './forms.ts';
import type { InsertWindow, TextPlace } from './ports.ts';
import { surroundingText } from './surroundingText.ts';

/** How often a document may change under our hands before we give up. */
const attempts = 3;

/**
 * Brings examples into the text editor, at each cursor or over each selection: the ones that the command was called with,
 * or those that the person ticks in a list (of one tool, where it was called with that).
 */
export async function insertExamples(
  around: Surroundings,
  window: InsertWindow,
  targets: readonly Target[],
): Promise<void> {
  const { person } = around;
  const given = targets.flatMap(({ exampleId }) => exampleId ?? []);
  const fromView = targets.some(({ exampleId, toolId }) => exampleId !== undefined || toolId !== undefined);
  const place = await window.place(fromView);
  if (!place || place.isReadonly) {
    const why = place
      ? l10n.t('{0} cannot be written to.', place.label)
      : l10n.t(
          'There is no text editor to insert examples into. Open the file that needs them, and place the cursor.',
        );
    const copy = l10n.t('Copy Example As…');
    if ((await person.tell('info', why, copy)) === copy) await copyExampleAs(around, window, targets);
    return;
  }
  if (given.length > 0) {
    await insertIds(
      around,
      window,
      { ids: given, form: window.rememberedForm(place.languageId), isAsked: false },
      fromView,
    );
    return;
  }
  const chosen = await choose(around, window, place, targets[0]?.toolId);
  if (chosen) await insertIds(around, window, chosen, fromView);
}

/** Inserts them where the cursors are now; where nothing can be inserted it is said. */
async function insertIds(
  around: Surroundings,
  window: InsertWindow,
  { ids, form, isAsked, lessons = false }: Chosen,
  fromView: boolean,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const place = await window.place(fromView);
    if (!place) return;
    const answer = await findInsertion(around, place, ids, form, isAsked, lessons);
    if ('nothing' in answer) return offerInstead(around, window, answer);
    const result = await place.edit(answer.edits);
    if (result === 'done') {
      window.note(l10n.t('Inserted {0} as {1}', counts.examples(ids.length), formName(answer.form)));
      return;
    }
    if (result === 'refused') {
      const { text } = await around.link.request(engine.writeExamples, { ids, form: answer.form });
      return offerCopy(
        around,
        window,
        l10n.t('Nothing was inserted: {0} cannot be written to.', place.label),
        text,
      );
    }
  }
  await around.person.tell(
    'warning',
    l10n.t('Nothing was inserted: the document was changed meanwhile. Try again.'),
  );
}

/** What brings examples into a place, or why nothing does. A form that was only remembered gives way to what the file needs. */
export async function findInsertion(
  { link }: Pick<Surroundings, 'link'>,
  place: Omit<TextPlace, 'edit'>,
  ids: string[],
  form: ExampleForm | null,
  isAsked: boolean,
  lessons = false,
): Promise<Insertion> {
  const ask = (one: ExampleForm | null): Promise<Insertion> =>
    link.request(engine.insertion, paramsOf(place, ids, one, lessons));
  const answer = await ask(form);
  return 'edits' in answer || form === null || isAsked ? answer : ask(null);
}

/** Says why nothing was inserted, and offers to copy. */
export function offerInstead(
  around: Surroundings,
  window: InsertWindow,
  { nothing, copy }: Extract<Insertion, { nothing: unknown }>,
): Promise<void> {
  return offerCopy(around, window, l10n.t('Nothing was inserted. {0}', nothing), copy);
}

async function offerCopy(
  { person }: Surroundings,
  window: InsertWindow,
  why: string,
  text: string,
): Promise<void> {
  const copy = l10n.t('Copy');
  if ((await person.tell('warning', why, copy)) !== copy) return;
  await window.copy(text);
  window.note(l10n.t('Copied'));
}

interface Chosen {
  ids: string[];
  form: ExampleForm | null;
  /** The form was chosen now, and not only remembered. */
  isAsked: boolean;
  /** With lessons of the tools, where the form is text. */
  lessons?: boolean;
}

/** Lets the person tick examples; undefined where they ticked none, or there are none, which is said. */
async function choose(
  around: Surroundings,
  window: InsertWindow,
  place: TextPlace,
  tool: string | undefined,
): Promise<Chosen | undefined> {
  const { link, person } = around;
  const search = new ExampleSearch(
    link,
    surroundingText(place),
    (message) => void person.tell('warning', message),
    tool,
  );
  const has = await search.has();
  if (has === 'nothing') {
    const none =
      tool === undefined
        ? l10n.t('There are no learned examples yet. Explore a tool first.')
        : l10n.t('There are no learned examples of this tool yet. Explore it first.');
    await person.tell('info', none);
    return undefined;
  }
  if (has !== 'examples') {
    const simulated = has === 'simulated';
    const include = simulated ? l10n.t('Include Simulated') : l10n.t('Include Demonstrations');
    const said = simulated
      ? l10n.t(
          'There are only simulated examples here: a model played the tool. They are no evidence about the real one.',
        )
      : l10n.t(
          'There are only demonstrations here: examples that the offline sampler invented, without a language model.',
        );
    if ((await person.tell('info', said, include)) !== include) return undefined;
    search.demonstrations = true;
  }
  const list = new ExampleList(around, window, place, search);
  try {
    const ids = await person.searchMany<string>(list);
    return ids && ids.length > 0
      ? { ids, form: list.form, isAsked: list.isAsked, lessons: list.lessons }
      : undefined;
  } finally {
    await list.dispose();
  }
}
