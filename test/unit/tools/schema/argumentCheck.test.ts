import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json.ts';
import type { Tool } from '../../../../src/core/tool.ts';
import { ArgumentCheck } from '../../../../src/tools/schema/argumentCheck.ts';

let count = 0;
function tool(parameters: JsonObject): Tool {
  return {
    id: 'x#x',
    name: 'x',
    description: '',
    parameters: { type: 'object', ...parameters },
    source: { path: 'x', line: 1, column: 1 },
    risk: 'read',
    runnable: true,
    specHash: String(++count),
  };
}

describe('The check of arguments', () => {
  const log: string[] = [];
  const check = new ArgumentCheck((line) => log.push(line), 5000);
  after(() => check.dispose());

  async function types(parameters: JsonObject, args: JsonObject): Promise<string[]> {
    const failures = await check.check(tool(parameters), args);
    return failures.map(({ type, argument }) => `${type} ${argument}`);
  }

  it('finds nothing wrong with valid arguments', async () => {
    assert.deepEqual(await types({ properties: { a: { type: 'string' } } }, { a: 'x' }), []);
    assert.deepEqual(await types({}, { anything: 1 }), []);
  });

  it('names every failure, the gravest first', async () => {
    const parameters = {
      properties: {
        date: { type: 'string', format: 'date' },
        days: { type: 'integer' },
        unit: { enum: ['day', 'week'] },
        who: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
      },
      required: ['date', 'who'],
    };
    const failures = await check.check(tool(parameters), { days: 'two', unit: 'year', who: {}, 'a/b': 1 });
    assert.deepEqual(failures, [
      { type: 'missing_argument', message: '"date" is missing.', argument: '/date' },
      { type: 'missing_argument', message: '"who.name" is missing.', argument: '/who/name' },
      { type: 'unexpected_argument', message: '"a/b" is no parameter.', argument: '/a~1b' },
      { type: 'wrong_type', message: '"days" must be an integer, not "two".', argument: '/days' },
      {
        type: 'invalid_value',
        message: '"unit" must be one of "day", "week", not "year".',
        argument: '/unit',
      },
    ]);
    assert.deepEqual(await types(parameters, { date: 'soon', who: { name: 'x' } }), ['invalid_value /date']);
  });

  it('counts a name that the schema does not know, unless it says that there are others', async () => {
    const properties = { a: {} };
    assert.deepEqual(await types({ properties }, { b: 1 }), ['unexpected_argument /b']);
    assert.deepEqual(await types({ properties, additionalProperties: false }, { b: 1 }), [
      'unexpected_argument /b',
    ]);
    assert.deepEqual(await types({ properties, unevaluatedProperties: false }, { b: 1 }), [
      'unexpected_argument /b',
    ]);
    assert.deepEqual(await types({ properties, additionalProperties: true }, { b: 1 }), []);
    assert.deepEqual(await types({ properties, patternProperties: { '^b': {} } }, { b: 1 }), []);
    assert.deepEqual(await types({ properties: {} }, { b: 1 }), ['unexpected_argument /b']);
  });

  it('says of a choice only that none of it fits', async () => {
    const parameters = {
      properties: { a: { anyOf: [{ type: 'string' }, { type: 'object', required: ['b'] }] } },
    };
    const failures = await check.check(tool(parameters), { a: 5 });
    assert.deepEqual(
      failures.map(({ type, message }) => [type, message]),
      [['invalid_value', '"a" fits none of the forms it may have; it is 5.']],
    );
  });

  it('is not misled by what every object has', async () => {
    const parameters = {
      properties: { constructor: { type: 'string' } },
      required: ['constructor', 'toString'],
    };
    assert.deepEqual(await types(parameters, {}), [
      'missing_argument /constructor',
      'missing_argument /toString',
    ]);
  });

  it('reads draft-07 where the schema says so', async () => {
    const items = {
      properties: { a: { type: 'array', items: [{ type: 'string' }], additionalItems: false } },
    };
    assert.deepEqual(
      await types({ $schema: 'http://json-schema.org/draft-07/schema#', ...items }, { a: ['x', 1] }),
      ['invalid_value /a'],
    );
  });

  it('checks a schema that refers to itself as a whole', async () => {
    const parameters = { properties: { inner: { $ref: '#' }, a: { type: 'string' } } };
    assert.deepEqual(await types(parameters, { inner: { inner: { a: 7 } } }), ['wrong_type /inner/inner/a']);
    assert.deepEqual(log, []);
  });

  it('lets two schemas have the same $id', async () => {
    assert.deepEqual(await types({ $id: 'http://x/', required: ['a'] }, {}), ['missing_argument /a']);
    assert.deepEqual(await types({ $id: 'http://x/', required: ['b'] }, {}), ['missing_argument /b']);
  });

  it('gives up a schema that takes too long twice, and goes on with others', async () => {
    const evil = tool({ properties: { a: { type: 'string', pattern: '^(a+)+$' } } });
    const quick = new ArgumentCheck((line) => log.push(line), 100);
    const args = { a: `${'a'.repeat(40)}!` };
    const answers = [await quick.check(evil, args), await quick.check(evil, args)];
    const start = performance.now();
    answers.push(await quick.check(evil, args));
    assert.ok(performance.now() - start < 50);
    assert.deepEqual(answers, [[], [], []]);
    assert.equal(log.length, 2);
    assert.match(log[1] ?? '', /"x" are no longer checked.*could not be checked in time/);
    assert.deepEqual(
      (await check.check(tool({ required: ['b'] }), {})).map(({ argument }) => argument),
      ['/b'],
    );
    await quick.dispose();
  });

  it('does not change what it returned before', async () => {
    const schema = tool({ required: ['a'] });
    const [failure] = await check.check(schema, {});
    assert.ok(failure);
    failure.message = 'changed by the caller';
    assert.equal((await check.check(schema, {}))[0]?.message, '"a" is missing.');
  });
});
