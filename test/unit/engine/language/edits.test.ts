import assert from 'node:assert/strict';
import { changedJson } from '../../../../src/engine/language/jsonEdits.ts';
import { changedYaml } from '../../../../src/engine/language/yamlEdits.ts';

describe('Changes of a JSON text', () => {
  it('stay on the line of what they change, and leave comments and layout', () => {
    const text = '{ // tools\n  "a": {"type": "string"}, // one line\n  "required": ["x"],\n}\n';
    assert.equal(
      changedJson(text, [
        { do: 'set', at: '/a/format', value: 'date' },
        { do: 'append', at: '/required', value: 'y' },
      ]),
      '{ // tools\n  "a": {"type": "string", "format": "date"}, // one line\n  "required": ["x", "y"],\n}\n',
    );
  });

  it('are indented as the text is', () => {
    const text = '{\n    "a": {\n        "type": "string"\n    }\n}\n';
    assert.equal(
      changedJson(text, [{ do: 'set', at: '/a/format', value: 'date' }]),
      '{\n    "a": {\n        "type": "string",\n        "format": "date"\n    }\n}\n',
    );
    const tabs = '{\r\n\t"a": {\r\n\t\t"type": "string"\r\n\t}\r\n}\r\n';
    assert.equal(
      changedJson(tabs, [{ do: 'set', at: '/a/format', value: 'date' }]),
      '{\r\n\t"a": {\r\n\t\t"type": "string",\r\n\t\t"format": "date"\r\n\t}\r\n}\r\n',
    );
  });

  it('replace and take away', () => {
    const text = '{"a": {"enum": [1, 2], "format": "x"}, "required": ["p", "q"]}';
    assert.equal(
      changedJson(text, [
        { do: 'set', at: '/a/enum', value: [1] },
        { do: 'remove', at: '/a/format' },
        { do: 'remove', at: '/required/0' },
      ]),
      '{"a": {"enum": [1]}, "required": ["q"]}',
    );
  });

  it('are none where there is no such place', () => {
    assert.equal(changedJson('{"a": 1}', [{ do: 'set', at: '/b/c', value: 1 }]), null);
    assert.equal(changedJson('{"a": 1}', [{ do: 'append', at: '/a', value: 1 }]), null);
    assert.equal(changedJson('', [{ do: 'set', at: '/a', value: 1 }]), null);
  });
});

describe('Changes of a YAML text', () => {
  const manifest = `# mine
tools:
  - name: add   # the name
    parameters:
      type: object
      properties:
        date: { type: string, description: "a, day" }
        zone:
          type: string # of the clock
          description: >
            Where it is,
            folded.
      required: [date]
    run: { command: [a] }
`;
  const changed = (...changes: Parameters<typeof changedYaml>[1]) => changedYaml(manifest, changes);
  const at = '/tools/0/parameters';

  it('go into brackets and blocks as these are written', () => {
    assert.equal(
      changed(
        { do: 'set', at: `${at}/properties/date/format`, value: 'date' },
        { do: 'set', at: `${at}/properties/zone/pattern`, value: '^[A-Z]{2}$' },
        { do: 'append', at: `${at}/required`, value: 'zone' },
      ),
      manifest
        .replace('"a, day" }', '"a, day", format: date }')
        .replace('# of the clock', '# of the clock\n          pattern: "^[A-Z]{2}$"')
        .replace('[date]', '[date, zone]'),
    );
  });

  it('add a member where every other one has lines of its own, and a list where there is none', () => {
    const text = 'a:\n  b:\n    c: 1\nd: 2\n';
    assert.equal(
      changedYaml(text, [{ do: 'set', at: '/a/x', value: 'w' }]),
      'a:\n  x: w\n  b:\n    c: 1\nd: 2\n',
    );
    assert.equal(
      changed({ do: 'set', at: `${at}/properties/unit`, value: { type: 'string' } }),
      manifest.replace('"a, day" }', '"a, day" }\n        unit: { type: string }'),
    );
    assert.equal(
      changedYaml(text, [{ do: 'set', at: '/a/x', value: ['w'] }]),
      'a:\n  x: [w]\n  b:\n    c: 1\nd: 2\n',
    );
  });

  it('add a sentence to a text, in quotes, plain or folded', () => {
    assert.equal(
      changed(
        { do: 'set', at: `${at}/properties/date/description`, value: 'a, day. It: is' },
        { do: 'set', at: `${at}/properties/zone/description`, value: 'Where it is, folded. In capitals.' },
      ),
      manifest
        .replace('"a, day"', '"a, day. It: is"')
        .replace('folded.\n', 'folded.\n            In capitals.\n'),
    );
  });

  it('write a list anew, and take items and members away', () => {
    const text = 'enum:\n  - a\n  - b\nformat: x\nlast: [p, q]\n';
    assert.equal(
      changedYaml(text, [{ do: 'set', at: '/enum', value: ['a'] }]),
      'enum: [a]\nformat: x\nlast: [p, q]\n',
    );
    assert.equal(
      changedYaml(text, [
        { do: 'remove', at: '/enum/0' },
        { do: 'remove', at: '/format' },
        { do: 'remove', at: '/last/1' },
      ]),
      'enum:\n  - b\nlast: [p]\n',
    );
    assert.equal(changedYaml('- a: 1\n  b: 2\n', [{ do: 'remove', at: '/0/a' }]), '- b: 2\n');
    assert.equal(changedYaml('a: { b: 1, c: 2 }\n', [{ do: 'remove', at: '/a/b' }]), 'a: { c: 2 }\n');
  });

  it('leave Windows line ends as they are', () => {
    assert.equal(
      changedYaml('a:\r\n  b: 1\r\nc: 2\r\n', [{ do: 'set', at: '/a/d', value: 3 }]),
      'a:\r\n  b: 1\r\n  d: 3\r\nc: 2\r\n',
    );
  });

  it('are none behind an alias, in what is broken, or where nothing stands', () => {
    const shared = 'x: &p { type: string }\ny: *p\n';
    assert.equal(changedYaml(shared, [{ do: 'set', at: '/y/format', value: 'date' }]), null);
    assert.equal(changedYaml('a: [', [{ do: 'append', at: '/a', value: 1 }]), null);
    assert.equal(changedYaml('a: 1\n', [{ do: 'set', at: '/b/c', value: 1 }]), null);
  });

  it('cannot be turned into other YAML by what they write', () => {
    const evil = [
      'a: b',
      '- x',
      '#',
      "'",
      '"',
      '\n  evil: 1',
      '{',
      ']',
      ', b: c',
      '&x',
      '*x',
      '\u2028',
      '!!js',
      '%',
    ];
    for (const value of evil) {
      for (const [text, pointer] of [
        ['a: { b: c }\nd: 1\n', '/a/x'],
        ['a:\n  b: c\nd: 1\n', '/a/x'],
        ['a:\n  x: old\nd: 1\n', '/a/x'],
      ] as const) {
        const after = changedYaml(text, [{ do: 'set', at: pointer, value }]) ?? '';
        const again = changedYaml(after, [{ do: 'set', at: '/d', value: 2 }]);
        assert.ok(again?.endsWith('d: 2\n') && again.split('\n').length === after.split('\n').length, after);
      }
    }
  });
});
