/** Colours a document as the editor does: the same engine for grammars, with our grammar and a small one for JSON. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { root } from '../../../src/build/install.mjs';

export interface Token {
  text: string;
  /** From the outermost to the innermost. */
  scopes: string[];
}

/** Stands for the editor's own: what matters is that it can open something and never close it. */
const json = {
  scopeName: 'source.json',
  patterns: [{ include: '#value' }],
  repository: {
    value: {
      patterns: [
        { include: '#object' },
        { include: '#array' },
        { include: '#string' },
        { include: '#number' },
      ],
    },
    object: {
      begin: '\\{',
      end: '\\}',
      name: 'meta.structure.dictionary.json',
      patterns: [{ include: '#value' }],
    },
    array: { begin: '\\[', end: '\\]', name: 'meta.structure.array.json', patterns: [{ include: '#value' }] },
    string: { begin: '"', end: '"', name: 'string.quoted.double.json', patterns: [{ match: '\\\\.' }] },
    number: { match: '-?\\d+', name: 'constant.numeric.json' },
  },
};

/** The tokens of each line. */
export async function tokenized(text: string): Promise<Token[][]> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
  const { createOnigScanner, createOnigString, loadWASM } = oniguruma;
  await loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const path = join(root, 'syntaxes', 'trial.tmLanguage.json');
  const ours = textmate.parseRawGrammar(readFileSync(path, 'utf8'), path);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async (scope) =>
      scope === 'source.json' ? textmate.parseRawGrammar(JSON.stringify(json), 'json.json') : ours,
  });
  const grammar = await registry.loadGrammar('text.imaginarium-trial');
  if (!grammar) throw new Error('The grammar is not there.');
  let state = textmate.INITIAL;
  return text.split('\n').map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.map(({ startIndex, endIndex, scopes }) => ({
      text: line.slice(startIndex, endIndex),
      scopes,
    }));
  });
}
