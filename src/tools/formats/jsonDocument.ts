/** JSON, with comments and commas too many, and JSON lines: values, problems and places. */
import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { keysOf } from '../../core/jsonPointer.ts';
import type { SpecProblem } from '../../core/tool.ts';
import type { SpecDocument, SpecRange } from './document.ts';
import { endOfValue, type Member, membersAt, repeatedKeys, skipTrivia, tooDeep } from './jsonScan.ts';
import { TextLines } from './textLines.ts';

/** Levels of brackets that are read. */
const deepest = 200;
/** Problems of one text that are worth telling. */
const mostProblems = 20;
/** Longer texts are not searched for keys that stand twice, characters. */
const searchedForRepeats = 1024 * 1024;
const forbiddenKey = '__proto__';

type Span = readonly [start: number, end: number];

export class JsonDocument implements SpecDocument {
  readonly kind: 'json' | 'jsonl';
  readonly value: Json | undefined;
  readonly #path: string;
  readonly #text: string;
  readonly #lines: TextLines;
  readonly #found: SpecProblem[] = [];
  #problems: SpecProblem[] | null = null;
  /** Lines of JSON lines that are not empty. */
  readonly #rows: Span[] = [];
  /** Members of the containers that were asked for, by the offset where each begins. */
  readonly #members = new Map<number, Map<string, Member>>();

  constructor(path: string, text: string, kind: 'json' | 'jsonl') {
    this.kind = kind;
    this.#path = path;
    this.#text = text;
    this.#lines = new TextLines(text);
    const value = kind === 'json' ? this.#parse(0, text) : this.#parseRows();
    this.value = /__proto__|\\u00[567]/i.test(text) ? this.#withoutProto(value) : value;
  }

  get problems(): readonly SpecProblem[] {
    if (this.#problems) return this.#problems;
    if (this.#text.length <= searchedForRepeats) {
      for (const { name, at } of repeatedKeys(this.#text, mostProblems)) {
        this.#report(at, `${JSON.stringify(name)} stands twice here: only the last one counts.`, 'warning');
      }
    }
    this.#problems = this.#found.sort((a, b) => a.line - b.line || a.column - b.column);
    return this.#problems;
  }

  locate(pointer: string, part: 'key' | 'value' = 'value'): SpecRange {
    const keys = keysOf(pointer);
    const row = this.kind === 'jsonl' ? this.#rows[Number(keys.shift() ?? -1)] : undefined;
    if (this.kind === 'jsonl' && !row) return this.#lines.range(0, this.#text.length);
    let start = skipTrivia(this.#text, row ? row[0] : 0);
    let found: Member | null = null;
    for (const name of keys) {
      const member = this.#membersOf(start).get(name);
      if (!member) break;
      found = member;
      start = member.value[0];
    }
    // The end of the whole is far away, and seldom asked for.
    const whole = found ? null : (row ?? ([start, endOfValue(this.#text, start)] as const));
    return this.#lines.range(...(whole ?? (found as Member)[part]));
  }

  #membersOf(start: number): Map<string, Member> {
    const known = this.#members.get(start);
    if (known) return known;
    const opener = this.#text[start];
    const members =
      opener === '{' || opener === '[' ? membersAt(this.#text, start) : new Map<string, Member>();
    this.#members.set(start, members);
    return members;
  }

  #parseRows(): Json {
    const rows: Json[] = [];
    const lines = /[^\r\n]+/g;
    for (const { index, 0: line } of this.#text.matchAll(lines)) {
      if (line.trim() === '') continue;
      this.#rows.push([index, index + line.length]);
      rows.push(this.#parse(index, line) ?? null);
    }
    return rows;
  }

  /** `offset`: where `text` begins in the whole. */
  #parse(offset: number, text: string): Json | undefined {
    const deep = tooDeep(text, deepest);
    for (const [start, end] of deep.slice(0, mostProblems)) {
      const message = `This is nested more than ${deepest} levels deep: what lies deeper is not read.`;
      this.#report([offset + start, offset + Math.min(end, start + 1)], message);
    }
    const readable = deep.length > 0 ? blanked(text, deep) : text;
    try {
      return JSON.parse(readable) as Json;
    } catch {
      return this.#recover(offset, readable);
    }
  }

  #recover(offset: number, text: string): Json | undefined {
    const builder = new ValueBuilder();
    const reported = new Set<number>();
    visit(
      text,
      {
        ...builder.visitor,
        onError: (code, at, length) => {
          // One mistake is told once, and in the first words the parser finds for it.
          if (reported.has(at) || this.#found.length >= mostProblems) return;
          reported.add(at);
          const start = Math.min(offset + at, Math.max(0, this.#text.length - 1));
          this.#report([start, start + Math.max(1, Math.min(length, 200))], sayError(code));
        },
      },
      { allowTrailingComma: true },
    );
    return builder.value;
  }

  /** Without members that would become an object's prototype where somebody assigns them. */
  #withoutProto(value: Json | undefined): Json | undefined {
    const clean = (one: Json): Json => {
      if (Array.isArray(one)) return one.map(clean);
      if (!isJsonObject(one)) return one;
      const kept = Object.entries(one).filter(([name]) => name !== forbiddenKey);
      return Object.fromEntries(kept.map(([name, inner]) => [name, clean(inner)]));
    };
    const at = this.#text.indexOf(forbiddenKey);
    if (at >= 0) {
      const message = '"__proto__" cannot be used as a name: what stands under it is not read.';
      this.#report([at, at + forbiddenKey.length], message);
    }
    return value === undefined ? undefined : clean(value);
  }

  #report([start, end]: Span, message: string, severity: SpecProblem['severity'] = 'error'): void {
    this.#found.push({ path: this.#path, ...this.#lines.range(start, end), severity, message });
  }
}

/** Puts a value together from what `visit` tells. */
class ValueBuilder {
  value: Json | undefined;
  readonly #open: { container: Json[] | JsonObject; key: string }[] = [];

  readonly visitor = {
    onObjectBegin: () => this.#enter({}),
    onArrayBegin: () => this.#enter([]),
    onObjectEnd: () => this.#leave(),
    onArrayEnd: () => this.#leave(),
    onLiteralValue: (value: Json) => this.#add(value),
    onObjectProperty: (name: string) => {
      const inner = this.#open.at(-1);
      if (inner) inner.key = name;
    },
  };

  #enter(container: Json[] | JsonObject): void {
    this.#add(container);
    this.#open.push({ container, key: '' });
  }

  #leave(): void {
    this.#open.pop();
  }

  #add(value: Json): void {
    const inner = this.#open.at(-1);
    if (!inner) this.value = value;
    else if (Array.isArray(inner.container)) inner.container.push(value);
    else if (inner.key !== forbiddenKey) inner.container[inner.key] = value;
  }
}

/** The same text, as long as before, with nothing in these spans. */
function blanked(text: string, spans: readonly Span[]): string {
  let from = 0;
  const parts: string[] = [];
  for (const [start, end] of spans) {
    parts.push(text.slice(from, start), text.slice(start, end).replace(/[^\r\n]/g, ' '));
    from = end;
  }
  return parts.join('') + text.slice(from);
}

function sayError(code: ParseErrorCode): string {
  const what = printParseErrorCode(code)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  const told: Record<string, string> = {
    'invalid symbol': 'this is nothing that JSON knows; texts stand in double quotes',
    'property name expected': 'a name in double quotes must stand here',
    'value expected': 'a value is missing here',
    'colon expected': 'a colon is missing here',
    'comma expected': 'a comma is missing here',
    'close brace expected': 'a } is missing here',
    'close bracket expected': 'a ] is missing here',
    'end of file expected': 'the text should end here; what follows is not read',
    'unexpected end of comment': 'this comment is not closed',
    'unexpected end of string': 'this text is not closed: a " is missing',
    'invalid escape character': 'this is no escape that JSON knows; a backslash is written \\\\',
    'invalid character': 'this character must be written as an escape',
  };
  return `This is no JSON: ${told[what] ?? what}.`;
}
