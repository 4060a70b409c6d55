/** A list of the editor that is filled as the person types. */
import { type QuickPick, type QuickPickItem, window } from 'vscode';
import { Searching } from '../choose/searching.ts';
import type { Choice, Search } from '../surroundings.ts';
import { pickItem } from './pickItem.ts';

interface Item<T> extends QuickPickItem {
  /** Absent in the line that says that nothing was found. */
  choice?: Choice<T>;
}

export function searchOne<T>(search: Search<T>): Promise<T | undefined> {
  const pick = open(search);
  const searching = new Searching<T>(search, {
    busy: (busy) => {
      pick.busy = busy;
    },
    show: (choices, nothing) => {
      pick.items = choices.length > 0 ? choices.map(line) : [said(nothing)];
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
  const ticked = new Map<T, Choice<T>>();
  /** While the lines are changed, the editor tells of ticks that go with them. */
  let drawing = false;
  const searching = new Searching<T>(search, {
    busy: (busy) => {
      pick.busy = busy;
    },
    show: (choices, nothing) => {
      drawing = true;
      const found = new Set(choices.map(({ value }) => value));
      const others = [...ticked.values()].filter(({ value }) => !found.has(value));
      const items: Item<T>[] = [...choices, ...others].map(line);
      pick.items = items.length > 0 ? items : [said(nothing)];
      pick.selectedItems = items.filter((item) => item.choice && ticked.has(item.choice.value));
      drawing = false;
    },
  });
  pick.onDidChangeSelection((items) => {
    if (drawing) return;
    ticked.clear();
    for (const { choice } of items) if (choice) ticked.set(choice.value, choice);
  });
  return answer(pick, search, searching, () => ({ value: [...ticked.keys()] }));
}

function open<T>({ title, placeholder, value }: Search<T>): QuickPick<Item<T>> {
  const pick = window.createQuickPick<Item<T>>();
  pick.title = title;
  pick.placeholder = placeholder;
  pick.value = value ?? '';
  return pick;
}

/** Shows the list until it is answered or put away. */
function answer<T, R>(
  pick: QuickPick<Item<T>>,
  search: Search<T>,
  searching: Searching<T>,
  chosen: () => { value: R } | 'stay',
): Promise<R | undefined> {
  return new Promise((resolve) => {
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
      searching.dispose();
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
    searching.begin(pick.value);
  });
}

/** The engine has searched already: the editor shows every line that it found. */
function line<T>(choice: Choice<T>): Item<T> {
  return { ...pickItem(choice), alwaysShow: true };
}

function said<T>(text: string): Item<T> {
  return { label: text, alwaysShow: true };
}
