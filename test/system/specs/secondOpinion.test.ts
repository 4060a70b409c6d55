/** What another reader of OpenAPI finds wrong with operations, ours finds, too, and says where. */
import assert from 'node:assert/strict';
import { validate } from '@readme/openapi-parser';
import { readSource } from '../../../src/tools/source.ts';

const info = { title: 'T', version: '1' };
const responses = { 200: { description: 'Fine.' } };
const operation = (operationId: string, parameters: object[] = []): object => ({
  operationId,
  parameters,
  responses,
});
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

const wrong: [paths: object, theirs: RegExp, ours: RegExp][] = [
  [
    { '/a': { get: operation('same') }, '/b': { get: operation('same') } },
    /operationId/i,
    /"same" is that of GET \/a, too/,
  ],
  [{ '/a/{id}': { get: operation('a') } }, /\{id\}|"id"/, /The path has \{id\}, which no parameter tells of/],
  [{ '/a': { get: operation('a', [id]) } }, /id/, /"id" does not stand in the path "\/a"/],
];

describe('A second opinion on OpenAPI documents', () => {
  for (const [paths, theirs, ours] of wrong) {
    it(`agrees: ${ours.source}`, async () => {
      const document = { openapi: '3.0.3', info, servers: [{ url: 'https://api.example.com' }], paths };
      const opinion = await validate(structuredClone(document) as Parameters<typeof validate>[0]);
      assert.equal(opinion.valid, false);
      assert.match(opinion.valid ? '' : opinion.errors.map(({ message }) => message).join('\n'), theirs);
      const source = readSource('/nowhere', 'api.json', JSON.stringify(document, null, 2));
      const problem = source?.problems.find(({ message }) => ours.test(message));
      assert.ok(problem && problem.line > 1, JSON.stringify(source?.problems));
    });
  }
});
