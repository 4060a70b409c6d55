import assert from 'node:assert/strict';
import { table } from '../../../src/cli/table.ts';

const columns = [{ title: 'Tool' }, { title: 'Trials', align: 'right' as const }, { title: 'Description' }];
const rows = [
  ['add_date', '12', 'Adds a number of days to a date.'],
  ['東京', '3', 'Short.'],
];

describe('table', () => {
  it('aligns its columns, numbers at the right', () => {
    assert.deepEqual(table(columns, rows, 80), [
      'Tool      Trials  Description',
      'add_date      12  Adds a number of days to a date.',
      '東京           3  Short.',
    ]);
  });

  it('wraps the last column between words', () => {
    assert.deepEqual(table(columns, rows.slice(0, 1), 44), [
      'Tool      Trials  Description',
      'add_date      12  Adds a number of days to a',
      '                  date.',
    ]);
  });

  it('puts it below its row on a narrow terminal', () => {
    assert.deepEqual(table(columns, rows.slice(0, 1), 30), [
      'Tool      Trials',
      'add_date      12',
      '    Adds a number of days to a',
      '    date.',
    ]);
  });
});
