/** `$ref`: within the document, and into other files of the workspace folder. Nothing is unfolded. */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { valueAt } from '../../core/jsonPointer.ts';
import { parseSpec, type SpecDocument } from '../formats/document.ts';
import { ExternalFiles } from './externalFiles.ts';

/** A file whose values references lead to. */
export interface OpenApiFile {
  /** Relative to the workspace folder. */
  path: string;
  /** Where a pointer leads; the first that has something there counts. */
  roots: Json[];
  locate: SpecDocument['locate'];
}

/** A value with where it stands. */
export interface Place {
  value: Json;
  file: OpenApiFile;
  pointer: string;
}

/** What is wrong with a place, for a person. */
export type Report = (
  place: Pick<Place, 'file' | 'pointer'>,
  message: string,
  severity?: 'error' | 'warning',
) => void;

const mostHops = 32;

export class References {
  readonly #files: ExternalFiles;
  readonly #root: string;
  readonly #read = new Map<string, OpenApiFile | { why: string }>();
  readonly #told = new Set<string>();
  readonly #report: Report;

  constructor(root: OpenApiFile, folder: string, report: Report) {
    this.#files = new ExternalFiles(folder);
    this.#root = root.path;
    this.#read.set(root.path, root);
    this.#report = report;
  }

  /** The other files that were looked into or for, relative to the workspace folder. */
  get otherFiles(): string[] {
    return [...this.#read.keys()].filter((path) => path !== this.#root).sort();
  }

  /** The place itself, or the one its `$ref` leads to at last; null when it leads nowhere, which is reported. */
  follow(place: Place): Place | null {
    let current = place;
    for (let hop = 0; hop < mostHops; hop++) {
      const reference = referenceOf(current.value);
      if (reference === null) return current;
      const next = this.target(reference, current);
      if (!next) return null;
      current = next;
    }
    this.#tell(place, 'This reference leads back to itself.');
    return null;
  }

  /** Where a reference leads, one step; null when that is nowhere, which is reported. */
  target(reference: string, from: Place): Place | null {
    const [path = '', fragment = ''] = split(reference);
    const file = path === '' ? from.file : this.#fileOf(path, from);
    if ('why' in file) {
      this.#tell(from, `"${short(reference)}" is not followed: ${file.why}.`);
      return null;
    }
    const pointer = decoded(fragment);
    const value = pointer === '' || pointer.startsWith('/') ? lookUp(file, pointer) : undefined;
    if (value === undefined) {
      this.#tell(from, `"${short(reference)}" points to nothing.`);
      return null;
    }
    return { value, file, pointer };
  }

  #fileOf(reference: string, from: Place): OpenApiFile | { why: string } {
    const found = this.#files.pathOf(reference, from.file.path);
    if (found.path === null) return found;
    const known = this.#read.get(found.path);
    if (known) return known;
    const read = this.#files.read(found.path);
    const file = read.path === null ? { why: read.why } : this.#parsed(read.path, read.text);
    this.#read.set(found.path, file);
    return file;
  }

  #parsed(path: string, text: string): OpenApiFile | { why: string } {
    const document = parseSpec(path, text);
    const { value } = document;
    if (value === undefined) return { why: 'the file is neither JSON nor YAML' };
    return { path, roots: [value], locate: (pointer, part) => document.locate(pointer, part) };
  }

  /** Each once: a reference that leads nowhere is often met by many ways. */
  #tell(place: Place, message: string): void {
    const key = `${place.file.path} ${place.pointer} ${message}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#report(place, message, 'warning');
  }
}

/** What a value refers to; null when it stands for itself. */
export function referenceOf(value: Json | undefined): string | null {
  return isJsonObject(value) && Object.hasOwn(value, '$ref') && typeof value.$ref === 'string'
    ? value.$ref
    : null;
}

/** A member of a place. */
export function within(place: Place, ...path: (string | number)[]): Place {
  let { value, pointer } = place;
  for (const key of path) {
    pointer += `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
    value = memberOf(value, key) ?? null;
  }
  return { value, file: place.file, pointer };
}

/** The object that a value is; one without members for anything else. */
export function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** A member of an object or array; undefined where there is none. What every object inherits is not there. */
export function memberOf(value: Json | undefined, key: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function lookUp(file: OpenApiFile, pointer: string): Json | undefined {
  for (const root of file.roots) {
    const value = valueAt(root, pointer);
    if (value !== undefined) return value;
  }
  return undefined;
}

function split(reference: string): [string, string] {
  const at = reference.indexOf('#');
  return at < 0 ? [reference, ''] : [reference.slice(0, at), reference.slice(at + 1)];
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** For a message: what a document says may be of any length. */
export function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
