import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { FolderSearch } from '../../../src/tools/discovery/folderSearch.ts';
import { ReadingThread } from '../../../src/tools/reading.ts';

describe('A document that takes a schema from another file', () => {
  let folder: string;
  let thread: ReadingThread;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'other-files-'));
    thread = new ReadingThread();
  });
  after(async () => {
    await thread.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is read anew when that file comes and when it changes', async () => {
    const operation = {
      operationId: 'add',
      requestBody: { content: { 'application/json': { schema: { $ref: 'pet.yaml#/Pet' } } } },
      responses: {},
    };
    const document = { openapi: '3.1.0', info: {}, servers: [], paths: { '/pets': { post: operation } } };
    writeFileSync(join(folder, 'api.yaml'), stringify(document));
    const search = new FolderSearch(folder, { thread });
    await search.search({ timeoutMs: 1000 });
    const told = (): string => JSON.stringify(search.sources);
    assert.match(told(), /there is no such file/);
    const pet = (name: string): string =>
      stringify({ Pet: { type: 'object', properties: { [name]: { type: 'string' } } } });
    writeFileSync(join(folder, 'pet.yaml'), pet('tail'));
    await search.refresh(['pet.yaml']);
    assert.match(told(), /"tail"/);
    assert.doesNotMatch(told(), /there is no such file/);
    writeFileSync(join(folder, 'pet.yaml'), pet('whiskers'));
    await search.refresh(['pet.yaml']);
    assert.match(told(), /"whiskers"/);
    assert.doesNotMatch(told(), /"tail"/);
  });
});
