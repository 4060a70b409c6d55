import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/javascript';
import { root } from '../../../src/build/install.mjs';
import { nlsProblems } from '../../../src/build/nlsProblems.ts';
import { readBundle, translationProblems, translationsOf } from '../../../src/build/translations.ts';

const typescript = parser.configure({ dialect: 'ts' });
const files = globSync('src/{extension,webview}/**/*.ts', { cwd: root }).sort();

/** Members that hold what a person reads. */
const members =
  /^(title|prompt|placeholder|placeHolder|label|description|detail|tooltip|message|advice|question|group|spoken|ariaLabel|badge|text)$/;
/** Calls whose arguments a person reads. */
const calls =
  /(^|\.)(tell|confirm|decide|pick|pickGrowing|show(Information|Warning|Error)Message|showQuickPick|setStatusBarMessage)$|^(UserError|EngineAway)$/;
/** Words: two of them, or one with a capital. What people do not read as English is excepted by its form. */
const words = /[A-Za-z]{2,} [A-Za-z]|^[A-Z][a-z]{2,}/;
const names = /^(Imaginarium|Ollama|OpenAI|LM Studio|llama\.cpp)$|^https?:|^[a-z]+:[\w./-]*$/;

/** Texts for people that do not go through `l10n.t`, each with its line; and calls of `l10n.t` where no language is known yet. */
function offences(source: string): string[] {
  const found: string[] = [];
  const say = (node: SyntaxNode, what: string): void => {
    const line = source.slice(0, node.from).split('\n').length;
    found.push(`line ${line}: ${what} ${source.slice(node.from, Math.min(node.to, node.from + 60))}`);
  };
  typescript.parse(source).iterate({
    enter: ({ node }) => {
      if (node.name === 'CallExpression' && calleeOf(node, source) === 'l10n.t' && !inFunction(node)) {
        say(node, 'is translated before the language is known:');
      }
      if (node.name !== 'String' && node.name !== 'TemplateString') return;
      const text = source.slice(node.from + 1, node.to - 1).replace(/\$\{[^}]*\}/g, 'x');
      if (words.test(text) && !names.test(text) && isRead(node, source)) say(node, 'is not translated:');
    },
  });
  return found;
}

function calleeOf(call: SyntaxNode, source: string): string {
  const callee = call.name === 'NewExpression' ? call.getChild('VariableName') : call.firstChild;
  return callee ? source.slice(callee.from, callee.to) : '';
}

function inFunction(node: SyntaxNode): boolean {
  for (let one = node.parent; one; one = one.parent) {
    if (/^(Function|Arrow|Method)/.test(one.name)) return true;
  }
  return false;
}

/** Whether a text is, by itself or as a branch of a condition, the value of such a member or the argument of such a call. */
function isRead(text: SyntaxNode, source: string): boolean {
  let node = text;
  for (;;) {
    const { parent } = node;
    if (!parent) return false;
    if (/^(ConditionalExpression|ParenthesizedExpression|LogicOp)$/.test(parent.name)) {
      // A comparison is no text.
      node = parent;
    } else if (parent.name === 'BinaryExpression') {
      if (!/[+?|]/.test(source.slice(parent.firstChild?.to, parent.lastChild?.from))) return false;
      node = parent;
    } else if (parent.name === 'Property') {
      const key = parent.firstChild;
      return key !== null && key.to < node.from && members.test(source.slice(key.from, key.to));
    } else if (parent.name === 'ArgList' && parent.parent) {
      return calls.test(calleeOf(parent.parent, source));
    } else {
      return false;
    }
  }
}

describe('Texts for people', () => {
  it('are found by the check where they are not translated', () => {
    const found = offences(`
      import * as l10n from '@vscode/l10n';
      const early = l10n.t('Too early');
      export function f(person: Person, ok: boolean): Choice {
        person.tell('info', 'Nothing to do.');
        person.tell('info', l10n.t('Nothing to do.'));
        throw new UserError(\`No \${ok} here.\`, l10n.t('Look.'));
        return { label: ok ? 'Yes it is' : l10n.t('No'), icon: 'Not shown', detail: 'a' + 'is a text', value: 'New York' };
      }
    `);
    assert.deepEqual(
      found.map((one) => one.replace(/^line \d+: /, '')),
      [
        "is translated before the language is known: l10n.t('Too early')",
        "is not translated: 'Nothing to do.'",
        'is not translated: `No ${ok} here.`',
        "is not translated: 'Yes it is'",
        "is not translated: 'is a text'",
      ],
    );
  });

  it('all go through l10n.t, when the language is known', () => {
    const all = files.flatMap((path) =>
      offences(readFileSync(join(root, path), 'utf8')).map((offence) => `${path}, ${offence}`),
    );
    assert.deepEqual(all, []);
  });

  it('of package.json stand in package.nls.json', () => {
    const manifest = readFileSync(join(root, 'package.json'), 'utf8');
    assert.deepEqual(nlsProblems(manifest, readBundle(join(root, 'package.nls.json'))), []);
    const { length } = nlsProblems('{"contributes":{"a":[{"title":"Plain"},{"title":"%gone%"}]}}', {
      more: '',
    });
    assert.equal(length, 3);
  });
});

describe('Translations', () => {
  const english = [join(root, 'package.nls.json'), join(root, 'media', 'l10n', 'bundle.l10n.json')];

  it('fill in what the English text fills in, and keep its links', () => {
    for (const file of english) {
      const original = readBundle(file);
      const all = translationsOf(file);
      assert.ok(all.length > 0, `nobody has translated ${file}`);
      for (const { path } of all) {
        // What was changed in English since is shown in English until it is translated anew.
        const known = Object.entries(readBundle(path)).filter(([key]) => original[key] !== undefined);
        assert.deepEqual(translationProblems(original, Object.fromEntries(known)), [], path);
      }
    }
  });

  it('with other placeholders are found', () => {
    const original = { '{0} of {1}': '{0} of {1}', a: '[Open](command:x)\nnow' };
    assert.deepEqual(
      translationProblems(original, { '{0} of {1}': '{1} von {0}', a: '[Öffnen](command:x)\njetzt' }),
      [],
    );
    assert.equal(
      translationProblems(original, { '{0} of {1}': '{0} von', a: '[Öffnen](command:y)', b: '' }).length,
      3,
    );
  });
});
