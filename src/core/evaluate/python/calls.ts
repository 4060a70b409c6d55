import { operate } from './arithmetic.ts';
import { repr } from './text.ts';
import { PythonSyntaxError, type Token, tokensOf } from './tokens.ts';
import { dictKey, type PythonDict, type PythonValue } from './values.ts';
import { constants, keywords } from './words.ts';

/** A call as it is written in Python: what has no name stands under its number, which is the name of no argument. */
export interface WrittenCall {
  tool: string;
  arguments: PythonDict;
}

/** Python itself refuses more open brackets. */
const maxDepth = 200;

/**
 * Reads `[f(a=1), g.h(b=[1, 2])]` or `f(a=1)`: calls with values, and nothing but those. Of a name that stands twice the last
 * value counts. Values are literals of every kind,
 * arithmetic of constants, a name (which stands for its own text), or a call. Nothing is evaluated but arithmetic.
 * Throws `PythonSyntaxError` for anything else.
 */
export function readPythonCalls(text: string): WrittenCall[] {
  const parser = new Parser(text);
  const calls = parser.calls();
  parser.expectEnd();
  return calls;
}

/** What an expression is: a name and a call are values only where they stand as an argument. */
type Expression =
  | { kind: 'value'; value: PythonValue }
  | { kind: 'name'; path: string[] }
  /** `start`, `end`: of its parentheses. */
  | { kind: 'call'; call: WrittenCall; hasNames: boolean; start: number; end: number };

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  calls(): WrittenCall[] {
    if (!this.#takeSign('[')) return [this.#call()];
    const calls: WrittenCall[] = [];
    while (!this.#takeSign(']')) {
      calls.push(this.#call());
      if (!this.#takeSign(',')) {
        this.#expectSign(']');
        break;
      }
    }
    return calls;
  }

  expectEnd(): void {
    const token = this.#token();
    if (token.kind !== 'end') throw new PythonSyntaxError('Something follows', token.start);
  }

  #call(): WrittenCall {
    const { start } = this.#token();
    const expression = this.#sum();
    if (expression.kind === 'call') return expression.call;
    throw new PythonSyntaxError('This is no call', start);
  }

  #value(): PythonValue {
    const { start } = this.#token();
    if (++this.#depth > maxDepth) throw new PythonSyntaxError('Nested too deeply', start);
    const value = this.#asValue(this.#sum(), start);
    this.#depth--;
    return value;
  }

  #asValue(expression: Expression, start: number): PythonValue {
    if (expression.kind === 'value') return expression.value;
    if (expression.kind === 'call') {
      const { call, hasNames, start: from, end } = expression;
      if (call.arguments.size === 0) return `${call.tool}()`;
      if (!hasNames) return call.tool + this.#text.slice(from, end);
      return new Map([[call.tool, call.arguments]]);
    }
    const [name = '', ...rest] = expression.path;
    if (rest.length > 0) throw new PythonSyntaxError('A member of something is no value', start);
    return name;
  }

  #sum(): Expression {
    return this.#operators(['+', '-'], () => this.#product());
  }

  #product(): Expression {
    return this.#operators(['*', '/', '//', '%'], () => this.#signed());
  }

  #operators(signs: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const { start } = this.#token();
      const operator = signs.find((sign) => this.#takeSign(sign));
      if (operator === undefined) return left;
      left = this.#operated(operator, left, operand(), start);
    }
  }

  #operated(operator: string, left: Expression, right: Expression, at: number): Expression {
    if (left.kind === 'value' && right.kind === 'value') {
      const value = operate(operator, left.value, right.value);
      if (value !== null) return { kind: 'value', value };
    }
    throw new PythonSyntaxError(`"${operator}" gives no value here`, at);
  }

  #signed(): Expression {
    const { start } = this.#token();
    const isNegative = this.#takeSign('-');
    if (!isNegative && !this.#takeSign('+')) return this.#power();
    if (++this.#depth > maxDepth) throw new PythonSyntaxError('Nested too deeply', start);
    const operand = this.#signed();
    this.#depth--;
    const value = operand.kind === 'value' ? operand.value : null;
    if (typeof value !== 'bigint' && typeof value !== 'number') {
      throw new PythonSyntaxError('A sign stands before what is no number', start);
    }
    return { kind: 'value', value: isNegative ? -value : value };
  }

  #power(): Expression {
    const base = this.#primary();
    const { start } = this.#token();
    return this.#takeSign('**') ? this.#operated('**', base, this.#signed(), start) : base;
  }

  /** An atom with what hangs on it: members, arguments, an index. */
  #primary(): Expression {
    const { start } = this.#token();
    let expression = this.#atom();
    for (;;) {
      const { start: at } = this.#token();
      if (this.#takeSign('.')) {
        const member = this.#take();
        if (expression.kind !== 'name' || member.kind !== 'name') {
          throw new PythonSyntaxError('This has no members', at);
        }
        expression = { kind: 'name', path: [...expression.path, member.text] };
      } else if (this.#takeSign('(')) {
        if (expression.kind !== 'name') throw new PythonSyntaxError('This cannot be called', at);
        expression = this.#called(expression.path.join('.'), at);
      } else if (expression.kind === 'name' && this.#takeSign('[')) {
        const index = this.#token();
        const value = this.#value();
        const { start: close } = this.#expectSign(']');
        const written = index.kind === 'text' ? repr(value) : this.#text.slice(index.start, close);
        expression = { kind: 'value', value: `${this.#text.slice(start, at)}[${written}]` };
      } else return expression;
    }
  }

  #called(tool: string, start: number): Expression {
    const given: PythonDict = new Map();
    let hasNames = false;
    let unnamed = 0n;
    let isOpen = !this.#takeSign(')');
    while (isOpen) {
      const { start: at } = this.#token();
      const name = this.#argumentName();
      if (name === null && hasNames) throw new PythonSyntaxError('A name is missing', at);
      given.set(name ?? unnamed++, this.#value());
      hasNames ||= name !== null;
      if (!this.#takeSign(',')) {
        this.#expectSign(')');
        isOpen = false;
      } else isOpen = !this.#takeSign(')');
    }
    const { end } = this.#tokens[this.#next - 1] as Token;
    return { kind: 'call', call: { tool, arguments: given }, hasNames, start, end };
  }

  #argumentName(): string | null {
    const token = this.#token();
    const after = this.#tokens[this.#next + 1];
    if (token.kind !== 'name' || after?.kind !== 'sign' || after.text !== '=') return null;
    if (keywords.has(token.text) || constants.has(token.text)) {
      throw new PythonSyntaxError(`"${token.text}" is a word of Python`, token.start);
    }
    this.#next += 2;
    return token.text;
  }

  #atom(): Expression {
    const token = this.#take();
    switch (token.kind) {
      case 'number':
        return { kind: 'value', value: token.value };
      case 'text':
        return { kind: 'value', value: this.#joined(token.value) };
      case 'name': {
        if (keywords.has(token.text)) throw new PythonSyntaxError(`"${token.text}" is no value`, token.start);
        const constant = constants.get(token.text);
        return constant === undefined
          ? { kind: 'name', path: [token.text] }
          : { kind: 'value', value: constant };
      }
      case 'sign':
        if (token.text === '[') return { kind: 'value', value: this.#list(']') };
        if (token.text === '{') return { kind: 'value', value: this.#dict() };
        if (token.text === '(') return this.#parenthesized();
        if (token.text === '...') return { kind: 'value', value: '...' };
    }
    throw new PythonSyntaxError('A value is missing', token.start);
  }

  /** Texts that stand side by side are one. */
  #joined(first: string): string {
    let value = first;
    for (let token = this.#token(); token.kind === 'text'; token = this.#token()) {
      value += token.value;
      this.#next++;
    }
    return value;
  }

  #list(close: ']' | ')'): PythonValue[] {
    const items: PythonValue[] = [];
    while (!this.#takeSign(close)) {
      items.push(this.#value());
      if (!this.#takeSign(',')) {
        this.#expectSign(close);
        break;
      }
    }
    return items;
  }

  #dict(): PythonDict {
    const dict: PythonDict = new Map();
    while (!this.#takeSign('}')) {
      const { start } = this.#token();
      const key = dictKey(this.#value());
      if (key === null) throw new PythonSyntaxError('This cannot be a key', start);
      this.#expectSign(':');
      dict.set(key.key, this.#value());
      if (!this.#takeSign(',')) {
        this.#expectSign('}');
        break;
      }
    }
    return dict;
  }

  /** An expression in parentheses, or a tuple: it is the comma that makes it one. */
  #parenthesized(): Expression {
    if (this.#takeSign(')')) return { kind: 'value', value: { tuple: [] } };
    const { start } = this.#token();
    if (++this.#depth > maxDepth) throw new PythonSyntaxError('Nested too deeply', start);
    const first = this.#sum();
    this.#depth--;
    if (this.#takeSign(')')) return first;
    this.#expectSign(',');
    return { kind: 'value', value: { tuple: [this.#asValue(first, start), ...this.#list(')')] } };
  }

  #token(): Token {
    return this.#tokens[this.#next] as Token;
  }

  #take(): Token {
    const token = this.#token();
    if (token.kind !== 'end') this.#next++;
    return token;
  }

  #takeSign(sign: string): boolean {
    const token = this.#token();
    if (token.kind !== 'sign' || token.text !== sign) return false;
    this.#next++;
    return true;
  }

  #expectSign(sign: string): Token {
    const token = this.#token();
    if (!this.#takeSign(sign)) throw new PythonSyntaxError(`"${sign}" is missing`, token.start);
    return token;
  }
}
