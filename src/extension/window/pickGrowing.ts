/** A list of the editor that is on the screen while it is made. */
import { type QuickPick, window } from 'vscode';
import { forMessage } from '../state/harmless.ts';
import type { Choice } from '../surroundings.ts';
import { type PickLine, pickLines } from './pickItem.ts';

export function pickGrowing<T>(
  title: string,
  placeholder: string,
  lists: AsyncIterable<Choice<T>[]>,
): Promise<T | undefined> {
  const list = window.createQuickPick<PickLine<T>>();
  list.title = forMessage(title);
  list.placeholder = placeholder;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.keepScrollPosition = true;
  list.busy = true;
  return new Promise<T | undefined>((resolve, reject) => {
    let open = true;
    list.onDidAccept(() => {
      const [picked] = list.selectedItems;
      if (!picked?.choice) return;
      resolve(picked.choice.value);
      list.hide();
    });
    list.onDidHide(() => {
      open = false;
      resolve(undefined);
      list.dispose();
    });
    list.show();
    grow(list, lists, () => open).catch((error: unknown) => {
      reject(error);
      list.dispose();
    });
  });
}

/** Rows come in above and below the one that is marked: it stays marked. */
async function grow<T>(
  list: QuickPick<PickLine<T>>,
  lists: AsyncIterable<Choice<T>[]>,
  isOpen: () => boolean,
): Promise<void> {
  for await (const choices of lists) {
    if (!isOpen()) return;
    const [active] = list.activeItems;
    const touched = active !== undefined && active !== list.items.find(({ choice }) => choice !== undefined);
    list.items = pickLines(choices);
    const same = list.items.find(
      ({ label, description }) => label === active?.label && description === active.description,
    );
    if (touched && same) list.activeItems = [same];
  }
  list.busy = false;
}
