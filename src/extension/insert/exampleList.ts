import * as l10n from '@vscode/l10n';
import { type ExampleForm, engine, type InsertionParams } from '../../protocol/engine.ts';
import type { ListButton, Search, Surroundings } from '../surroundings.ts';
import type { ExampleSearch } from './exampleSearch.ts';
import { chooseFormFor, formName } from './forms.ts';
import type { InsertWindow, TextPlace } from './ports.ts';

/** The list of examples with its buttons: the form, demonstrations, a preview of what would be inserted. */
export class ExampleList implements Search<string> {
  readonly title: string;
  readonly placeholder: string;
  readonly lineButton: NonNullable<Search<string>['lineButton']>;
  form: ExampleForm | null;
  isAsked = false;
  /** With lessons of the tools, where the form is text. */
  lessons = false;
  readonly #around: Surroundings;
  readonly #window: InsertWindow;
  readonly #place: TextPlace;
  readonly #search: ExampleSearch;
  /** The example that the preview shows; null while there is no preview. */
  #previewed: string | null = null;
  /** Counts previews: one that comes late is not shown. */
  #previews = 0;

  constructor(around: Surroundings, window: InsertWindow, place: TextPlace, search: ExampleSearch) {
    this.#around = around;
    this.#window = window;
    this.#place = place;
    this.#search = search;
    this.form = window.rememberedForm(place.languageId);
    this.title = l10n.t('Insert Learned Examples');
    this.placeholder = l10n.t('Search and tick examples to insert');
    this.lineButton = {
      icon: 'open-preview',
      tooltip: l10n.t('Show What Would Be Inserted'),
      press: async (id) => {
        await this.#preview(id);
      },
    };
  }

  readonly subtitle = (): string => (this.form === null ? '' : formName(this.form));

  readonly find = (text: string): ReturnType<ExampleSearch['find']> => this.#search.find(text);

  readonly nothing = (text: string): string =>
    text.trim() === '' ? l10n.t('There are no examples.') : l10n.t('No example matches “{0}”.', text);

  readonly buttons = (): ListButton[] => [
    {
      icon: 'symbol-snippet',
      tooltip: l10n.t('Choose Form ({0})', formName(this.form)),
      press: async () => {
        const form = await chooseFormFor(this.#around.person, this.#place, this.form);
        if (form === undefined) return;
        this.form = form;
        this.isAsked = true;
        await this.#window.rememberForm(this.#place.languageId, form);
        if (this.#previewed !== null) await this.#preview(this.#previewed);
      },
    },
    {
      icon: 'beaker',
      tooltip: l10n.t('Include Demonstrations and Simulated Examples'),
      checked: this.#search.demonstrations,
      press: async () => {
        this.#search.demonstrations = !this.#search.demonstrations;
      },
    },
    {
      icon: 'lightbulb',
      tooltip: l10n.t('Include Lessons (in Markdown and ReAct)'),
      checked: this.lessons,
      press: async () => {
        this.lessons = !this.lessons;
        if (this.#previewed !== null) await this.#preview(this.#previewed);
      },
    },
  ];

  readonly active = (id: string): void => {
    if (this.#previewed !== null) void this.#preview(id).catch(this.#around.log);
  };

  async dispose(): Promise<void> {
    this.#previews += 1;
    if (this.#previewed !== null) await this.#window.closePreview();
  }

  /** What the document would get at its first cursor; where nothing fits, why, and what could be copied. */
  async #preview(id: string): Promise<void> {
    this.#previewed = id;
    this.#previews += 1;
    const turn = this.#previews;
    const { link } = this.#around;
    const place = this.#place;
    const [first = { start: 0, end: 0 }] = place.selections;
    const answer = await link.request(
      engine.insertion,
      paramsOf({ ...place, selections: [first] }, [id], this.form, this.lessons),
    );
    if (turn !== this.#previews) return;
    if ('nothing' in answer) {
      await this.#window.preview(
        `${l10n.t('Nothing would be inserted. {0}', answer.nothing)}\n\n${answer.copy}`,
        'plaintext',
      );
      return;
    }
    const texts = answer.edits.map(({ text }) => text.replace(/^\s*\n|\s+$/g, ''));
    await this.#window.preview(`${texts.join('\n')}\n`, place.languageId);
  }
}

/** What the engine is asked, for examples at a place. */
export function paramsOf(
  place: Omit<TextPlace, 'edit'>,
  exampleIds: string[],
  form: ExampleForm | null,
  lessons = false,
): InsertionParams {
  const { languageId, fileName, text, selections, indent } = place;
  return {
    exampleIds,
    languageId,
    fileName,
    text,
    selections,
    form,
    indent,
    ...(lessons ? { lessons } : {}),
  };
}
