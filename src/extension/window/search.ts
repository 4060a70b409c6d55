/** A list of the editor that is filled as the person types. */
import { type QuickInputButton, type QuickPick, ThemeIcon, window } from 'vscode';
import { Searching } from '../choose/searching.ts';
import { Ticks } from '../choose/ticks.ts';
import { forRow } from '../state/harmless.ts';
import type { Choice, ListButton, Search } from '../surroundings.ts';
import { type PickLine, pickLines } from './pickItem.ts';

export function searchOne<T>(search: Search<T>): Promise<T | undefined> {
  const pick = open(search);
  const searching = new Searching<T>(search, {
    busy: (busy) => {
      pick.busy = busy;
    },
    show: (choices, nothing) => {
      pick.items = choices.length > 0 ? lines(search, choices) : [said(nothing)];
    },
  });
  return answer(pick, search, searching, () => {
    const [chosen] = pick.selectedItems;
    return chosen?.choice === undefined ? 'stay' : { value: chosen.choice.value };
  });
}

export function searchMany<T extends string>(search: Search<T>): Promise<T[] | undefined> {
  const pick = open(search);
  pick.canSelectMany = true;
  const ticks = new Ticks<T>();
  /** While the lines are changed, the editor tells of ticks that go with them. */
  let drawing = false;
  const searching = new Searching<T>(search, {
    busy: (busy) => {
      pick.busy = busy;
    },
    show: (choices, nothing) => {
      drawing = true;
      ticks.show(choices);
      const found = new Set(choices.map(({ value }) => value));
      const others = ticks.choices.filter(({ value }) => !found.has(value));
      const items = lines(search, [...choices, ...others]);
      pick.items = items.length > 0 ? items : [said(nothing)];
      pick.selectedItems = items.filter((item) => item.choice && ticks.has(item.choice.value));
      drawing = false;
    },
  });
  pick.onDidChangeSelection((items) => {
    if (!drawing) ticks.hear(items.flatMap(({ choice }) => choice ?? []));
  });
  pick.onDidChangeValue(() => ticks.type());
  return answer(pick, search, searching, () => {
    const at = pick.activeItems[0]?.choice;
    const ticked = ticks.choices.map(({ value }) => value);
    if (ticked.length > 0) return { value: ticked };
    return at === undefined ? 'stay' : { value: [at.value] };
  });
}

function open<T>({ title, placeholder, value }: Search<T>): QuickPick<PickLine<T>> {
  const pick = window.createQuickPick<PickLine<T>>();
  pick.title = title;
  pick.placeholder = placeholder;
  pick.value = value ?? '';
  return pick;
}

/** Shows the list until it is answered or put away. */
function answer<T, R>(
  pick: QuickPick<PickLine<T>>,
  search: Search<T>,
  searching: Searching<T>,
  chosen: () => { value: R } | 'stay',
): Promise<R | undefined> {
  return new Promise((resolve, reject) => {
    // What a button does may cover the list: it comes back.
    let pressed = 0;
    let buttons = dress(pick, search);
    const press = async (button: Pick<ListButton, 'press'> | undefined): Promise<void> => {
      pressed += 1;
      try {
        await button?.press();
      } finally {
        pressed -= 1;
      }
      buttons = dress(pick, search);
      pick.show();
      searching.begin(pick.value);
    };
    const end = (): void => {
      searching.dispose();
      pick.dispose();
    };
    const failed = (error: unknown): void => {
      reject(error);
      // It may be covered, and would then not be told that it is hidden.
      end();
    };
    pick.onDidTriggerButton((button) => void press(buttons.get(button)).catch(failed));
    pick.onDidTriggerItemButton(({ item }) => {
      if (item.choice) search.lineButton?.press(item.choice.value).catch(failed);
    });
    pick.onDidChangeValue((text) => searching.type(text));
    pick.onDidChangeActive(([item]) => {
      if (item?.choice) search.active?.(item.choice.value);
    });
    pick.onDidAccept(() => {
      const answered = chosen();
      if (answered === 'stay') return;
      resolve(answered.value);
      pick.hide();
    });
    pick.onDidHide(() => {
      if (pressed > 0) return;
      end();
      resolve(undefined);
    });
    pick.show();
    searching.begin(pick.value);
  });
}

/** Title and buttons as they are now. */
function dress<T>(
  pick: QuickPick<PickLine<T>>,
  { title, subtitle, buttons }: Search<T>,
): Map<QuickInputButton, ListButton> {
  const said = subtitle?.() ?? '';
  pick.title = said === '' ? title : `${title} · ${said}`;
  const drawn = new Map(
    (buttons?.() ?? []).map((button): [QuickInputButton, ListButton] => {
      const { icon, tooltip, checked } = button;
      return [
        { iconPath: new ThemeIcon(icon), tooltip, ...(checked === undefined ? {} : { toggle: { checked } }) },
        button,
      ];
    }),
  );
  pick.buttons = [...drawn.keys()];
  return drawn;
}

/** The engine has searched already: the editor shows every line that it found. */
function lines<T>({ lineButton }: Search<T>, choices: readonly Choice<T>[]): PickLine<T>[] {
  const buttons = lineButton
    ? [{ iconPath: new ThemeIcon(lineButton.icon), tooltip: lineButton.tooltip }]
    : [];
  return pickLines(choices).map((line) => ({ ...line, alwaysShow: true, buttons }));
}

function said<T>(text: string): PickLine<T> {
  return { label: forRow(text), alwaysShow: true };
}
