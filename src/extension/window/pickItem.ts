import { type QuickPickItem, QuickPickItemKind, ThemeIcon } from 'vscode';
import type { Choice } from '../surroundings.ts';

/** A line of a list, drawn: its texts are texts, and an icon comes from `icon` alone. */
export function pickItem<T>(choice: Choice<T>): QuickPickItem & { choice: Choice<T> } {
  const { label, description, detail, icon } = choice;
  return {
    kind: QuickPickItemKind.Default,
    label: plain(label),
    choice,
    ...(description === undefined ? {} : { description: plain(description) }),
    ...(detail === undefined ? {} : { detail: plain(detail) }),
    ...(icon === undefined ? {} : { iconPath: new ThemeIcon(icon) }),
  };
}

/** The editor draws `$(name)` in a list as an icon, unless there is a backslash before it. */
function plain(text: string): string {
  return text.replaceAll('$(', '\\$(');
}
