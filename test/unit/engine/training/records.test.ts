import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FileRecord, recordsOf } from '../../../../src/engine/training/lint/records.ts';

describe('Records of a file', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'imaginarium-records-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  async function records(text: string, longest?: number): Promise<FileRecord[]> {
    const path = join(folder, 'file');
    writeFileSync(path, text);
    const found: FileRecord[] = [];
    for await (const record of recordsOf(path, longest)) found.push(record);
    return found;
  }

  it('lines, with empty ones left out and counted', async () => {
    assert.deepEqual(await records('\n\n{"a":1}\r\n \n{"b":\n'), [
      { line: 3, text: '{"a":1}\r' },
      { line: 5, text: '{"b":' },
    ]);
    assert.deepEqual(await records('{"a":1}'), [{ line: 1, text: '{"a":1}' }]);
    assert.deepEqual(await records(''), []);
    assert.deepEqual(await records(' \n\n'), []);
  });

  it('items of one list, whatever stands in their texts', async () => {
    const items = [{ a: ['],[', '"\\'] }, {}, { b: { c: '\\"]' } }, 7];
    for (const indent of [0, 2]) {
      const found = await records(`\n${JSON.stringify(items, null, indent)}\n`);
      assert.deepEqual(
        found.map(({ text }) => JSON.parse(text ?? '') as unknown),
        items,
      );
    }
    const found = await records('[\n  {"a": 1},\n\n  {"b":\n 2}\n]');
    assert.deepEqual(
      found.map(({ line }) => line),
      [2, 4],
    );
    assert.deepEqual(await records('[]'), []);
    // Cut off in the middle: what is there is handed out.
    assert.deepEqual(
      (await records('[{"a": 1}, {"b"')).map(({ text }) => text?.trim()),
      ['{"a": 1}', '{"b"'],
    );
  });

  it('what is too long is said to be, and not kept', async () => {
    const long = `{"a":"${'x'.repeat(300_000)}"}`;
    assert.deepEqual(await records(`{"b":1}\n${long}\n{"c":1}\n`, 1000), [
      { line: 1, text: '{"b":1}' },
      { line: 2, text: null },
      { line: 3, text: '{"c":1}' },
    ]);
    assert.deepEqual(
      (await records(`[{"b":1},\n${long},{"c":1}]`, 1000)).map(({ text }) => text),
      ['{"b":1}', null, '{"c":1}'],
    );
  });

  it('a sign of several bytes on the border of two pieces stays whole', async () => {
    const text = `{"a":"${'é🍵'.repeat(100_000)}"}`;
    assert.deepEqual(await records(`${text}\n`), [{ line: 1, text }]);
  });
});
