/** The `$ref` of a schema: what they lead to, and under which name that stands among `$defs`. */
import { isJsonObject, type Json } from '../../core/json.ts';
import { valueAt } from '../../core/jsonPointer.ts';
import type { Resolve } from './schema.ts';

/** What is no larger than this, and refers to nothing itself, is written out. */
const inlined = 30;

export interface Definition {
  name: string;
  /** JSON Pointer into the schema as it is written; empty for what stands elsewhere. */
  at: string;
  schema: Json;
}

export class SchemaReferences {
  readonly #root: Json;
  readonly #resolve: Resolve | undefined;
  readonly #names = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #waiting: Definition[] = [];

  constructor(root: Json, resolve: Resolve | undefined) {
    this.#root = root;
    this.#resolve = resolve;
  }

  /** The schema itself when it is short, the name of its definition otherwise; null where a reference leads nowhere. */
  use(reference: string): { schema: Json } | { name: string } | null {
    const known = this.#names.get(reference);
    if (known !== undefined) return { name: known };
    const schema = this.#target(reference);
    if (schema === undefined) return null;
    if (isSmall(schema)) return { schema };
    const name = this.#newName(reference);
    this.#names.set(reference, name);
    const at = reference.startsWith('#') ? decoded(reference.slice(1)) : '';
    this.#waiting.push({ name, at, schema });
    return { name };
  }

  /** The next definition that was referred to and is not mapped yet. */
  next(): Definition | undefined {
    return this.#waiting.shift();
  }

  #target(reference: string): Json | undefined {
    if (reference === '#') return this.#root;
    if (reference.startsWith('#/')) {
      const own = valueAt(this.#root, decoded(reference.slice(1)));
      if (own !== undefined) return own;
    }
    return this.#resolve?.(reference);
  }

  #newName(reference: string): string {
    const last = decoded(reference).split('/').at(-1) ?? '';
    const plain = last.replace(/[^A-Za-z0-9_.-]+/g, '_').replace(/^_+|_+$/g, '');
    const base = plain.slice(0, 64) || 'schema';
    let name = base;
    for (let count = 2; this.#taken.has(name); count++) name = `${base}_${count}`;
    this.#taken.add(name);
    return name;
  }
}

function isSmall(schema: Json): boolean {
  let left = inlined;
  const open: Json[] = [schema];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (--left < 0) return false;
    if (isJsonObject(next) && ('$ref' in next || '$dynamicRef' in next || '$recursiveRef' in next))
      return false;
    const inner = Array.isArray(next) ? next : isJsonObject(next) ? Object.values(next) : [];
    open.push(...inner.slice(0, inlined + 1));
  }
  return true;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
