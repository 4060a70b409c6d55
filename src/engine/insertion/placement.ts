/** What each kind of document answers with. */
import type { ExampleForm } from '../../protocol/engine.ts';
import type { Document, Edit } from './document.ts';
import type { Material } from './material.ts';

export interface Placed {
  edits: Edit[];
  /** The form that went in. */
  form: ExampleForm;
}

/** Finds places for every selection. `form` null: what each place takes. Throws `NothingFits`. */
export type Placement = (document: Document, material: Material, form: ExampleForm | null) => Placed;

/** The forms that are text and not data. */
export function isTextForm(form: ExampleForm | null): form is 'markdown' | 'react' {
  return form === 'markdown' || form === 'react';
}

/** `Line 3: …`, where there is more than one cursor. */
export function located(document: Document, offset: number, message: string): string {
  if (document.selections.length < 2) return message;
  const line = document.text.slice(0, offset).split('\n').length;
  return `Line ${line}: ${message}`;
}

/** Whether a value has everything that another had, and perhaps more elements and members: nothing was lost. */
export function hasGrown(before: unknown, after: unknown): boolean {
  if (before === null || before === undefined) return true;
  if (typeof before === 'string' && typeof after === 'string') {
    if (before === after) return true;
    // Text came into it somewhere: its beginning and its end are still there.
    let same = 0;
    while (same < before.length && before[same] === after[same]) same += 1;
    return (
      after.endsWith(before.slice(same).trimEnd()) || after.trimEnd().endsWith(before.slice(same).trimEnd())
    );
  }
  if (Array.isArray(before)) {
    if (!Array.isArray(after)) return false;
    let at = 0;
    for (const element of before) {
      while (at < after.length && !hasGrown(element, after[at])) at += 1;
      if (at === after.length) return false;
      at += 1;
    }
    return true;
  }
  if (typeof before === 'object') {
    if (typeof after !== 'object' || after === null) return false;
    const members = after as Record<string, unknown>;
    return Object.entries(before).every(
      ([key, value]) => Object.hasOwn(members, key) && hasGrown(value, members[key]),
    );
  }
  return Object.is(before, after);
}
