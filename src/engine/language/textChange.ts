import type { Json } from '../../core/json.ts';

/** One change of a JSON or YAML text; `at` is a JSON Pointer into what it says. */
export type TextChange =
  /** A member of an object, there already or not; the object is there. */
  | { do: 'set'; at: string; value: Json }
  /** A member of an object, or an item of a list. */
  | { do: 'remove'; at: string }
  /** An item at the end of a list that is there. */
  | { do: 'append'; at: string; value: Json };
