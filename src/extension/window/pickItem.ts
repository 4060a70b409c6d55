import { type QuickPickItem, QuickPickItemKind, ThemeIcon } from 'vscode';
import { forRow } from '../state/harmless.ts';
import type { Choice } from '../surroundings.ts';

/** A line; the heading of a group has no choice. */
export type PickLine<T> = QuickPickItem & { choice?: Choice<T> };

/** The lines of a list, with the headings of their groups between them. */
export function pickLines<T>(choices: readonly Choice<T>[]): PickLine<T>[] {
  return choices.flatMap((choice, index) => {
    const { group } = choice;
    const heading: PickLine<T>[] =
      group !== undefined && group !== choices[index - 1]?.group
        ? [{ kind: QuickPickItemKind.Separator, label: group }]
        : [];
    return [...heading, pickItem(choice)];
  });
}

/** A line of a list, drawn: its texts are texts, and an icon comes from `icon` alone. */
export function pickItem<T>(choice: Choice<T>): QuickPickItem & { choice: Choice<T> } {
  const { label, description, detail, icon } = choice;
  return {
    kind: QuickPickItemKind.Default,
    label: forRow(label),
    choice,
    ...(description === undefined ? {} : { description: forRow(description) }),
    ...(detail === undefined ? {} : { detail: forRow(detail) }),
    ...(icon === undefined ? {} : { iconPath: new ThemeIcon(icon) }),
  };
}
