/** Files of training data as what is in them, one record after another, in bounded memory. */
import { createReadStream } from 'node:fs';

/** One row as it is written. */
export interface FileRecord {
  /** Where it begins; counts from 1. */
  line: number;
  /** Null when it is longer than is read. */
  text: string | null;
}

/** What a row may have at most, characters: more is no training data, and would fill the memory. */
const longestRecord = 16 * 1024 * 1024;

/**
 * The lines of a file of JSON lines, empty ones left out; or, where the file is one JSON list, its items. Rejects with what
 * the file system says.
 */
export async function* recordsOf(path: string, longest = longestRecord): AsyncGenerator<FileRecord, void> {
  let splitter: Splitter | null = null;
  let line = 1;
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 256 * 1024 })) {
    let text = chunk as string;
    if (splitter === null) {
      // What is before the first sign that is no space says nothing.
      const start = text.search(/[^\s\uFEFF]/);
      line += count(start < 0 ? text : text.slice(0, start));
      if (start < 0) continue;
      splitter = text[start] === '[' ? new ItemSplitter(line, longest) : new LineSplitter(line, longest);
      text = text.slice(start);
    }
    yield* splitter.add(text);
  }
  if (splitter !== null) yield* splitter.end();
}

interface Splitter {
  add(text: string): Iterable<FileRecord>;
  end(): Iterable<FileRecord>;
}

/** A piece of text that grows, up to a limit. */
class Growing {
  readonly #longest: number;
  #parts: string[] = [];
  #length = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  add(text: string): void {
    this.#length += text.length;
    if (this.#length > this.#longest) this.#parts = [];
    else this.#parts.push(text);
  }

  /** What has come together, null where it was too long; the next one begins. */
  take(): string | null {
    const text = this.#length > this.#longest ? null : this.#parts.join('');
    this.#parts = [];
    this.#length = 0;
    return text;
  }
}

class LineSplitter implements Splitter {
  readonly #row: Growing;
  #line: number;

  constructor(line: number, longest: number) {
    this.#line = line;
    this.#row = new Growing(longest);
  }

  *add(text: string): Generator<FileRecord> {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#row.add(text.slice(from, end));
      from = end + 1;
      yield* this.end();
      this.#line += 1;
    }
    this.#row.add(text.slice(from));
  }

  *end(): Generator<FileRecord> {
    const text = this.#row.take();
    if (text === null || text.trim() !== '') yield { line: this.#line, text };
  }
}

/** The items of one JSON list: it looks at brackets and texts alone, so that a broken item spoils no other more than it must. */
class ItemSplitter implements Splitter {
  readonly #item: Growing;
  #line: number;
  /** Line in which the item under way begins; 0 between items. */
  #began = 0;
  #depth = 0;
  #inText = false;
  #escaped = false;

  constructor(line: number, longest: number) {
    this.#line = line;
    this.#item = new Growing(longest);
  }

  *add(text: string): Generator<FileRecord> {
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const char = text.charCodeAt(at);
      if (char === 10) this.#line += 1;
      if (this.#inText) {
        if (this.#escaped) this.#escaped = false;
        else if (char === 92) this.#escaped = true;
        else if (char === 34) this.#inText = false;
        continue;
      }
      // A comma, or the closing bracket of the list, ends an item.
      if (this.#depth === 1 && (char === 44 || char === 93)) {
        this.#item.add(text.slice(from, at));
        from = at + 1;
        yield* this.end();
        if (char === 93) this.#depth = 0;
        continue;
      }
      if (this.#began === 0 && this.#depth === 1 && char > 32) {
        this.#began = this.#line;
        from = at;
      }
      if (char === 34) this.#inText = true;
      else if (char === 91 || char === 123) {
        this.#depth += 1;
        if (this.#depth === 1) from = at + 1;
      } else if (char === 93 || char === 125) this.#depth -= 1;
    }
    if (this.#began > 0) this.#item.add(text.slice(from));
  }

  *end(): Generator<FileRecord> {
    const text = this.#item.take();
    if (this.#began > 0 && (text === null || text.trim() !== '')) yield { line: this.#began, text };
    this.#began = 0;
  }
}

function count(text: string): number {
  return text.split('\n').length - 1;
}
