import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { guessRisk, type RiskHints } from '../../../src/tools/risk.ts';

const require = createRequire(import.meta.url);

function guess(name: string, more: Omit<RiskHints, 'name'> = {}): string {
  return guessRisk({ name, ...more }).risk;
}

describe('The first guess of a risk', () => {
  it('goes by the HTTP method', () => {
    for (const method of ['GET', 'head']) assert.equal(guess('pets', { method }), 'read');
    for (const method of ['POST', 'put', 'Patch']) assert.equal(guess('pets', { method }), 'write');
    assert.equal(guess('pets', { method: 'DELETE' }), 'destructive');
    assert.equal(guess('pets', { method: 'BREW' }), 'unknown');
  });

  it('believes a name that says more harm than the method, and not one that says less', () => {
    assert.equal(guess('deleteUser', { method: 'GET' }), 'destructive');
    assert.equal(guess('users/purge-all', { method: 'GET' }), 'destructive');
    assert.equal(guess('sendMail', { method: 'GET' }), 'write');
    assert.equal(guess('drop_table', { method: 'POST' }), 'destructive');
    assert.equal(guess('searchUsers', { method: 'POST' }), 'write');
    assert.equal(guess('getUser', { method: 'DELETE' }), 'destructive');
    // The first verb decides, unless a later one destroys or is joined to it.
    assert.equal(guess('get_and_delete_user', { method: 'GET' }), 'destructive');
    assert.equal(guess('findThenSend', { method: 'GET' }), 'write');
    assert.equal(guess('listInvites', { method: 'GET' }), 'read');
    assert.equal(guess('getOrderById', { method: 'GET', path: '/store/order/{id}' }), 'read');
    assert.equal(guess('repos/get-update', { method: 'GET' }), 'read');
    assert.equal(guess('list_deleted_items', { method: 'GET' }), 'read');
  });

  it('believes a path that destroys', () => {
    assert.equal(guess('users', { method: 'GET', path: '/users/{id}/delete' }), 'destructive');
    assert.equal(guess('getPassword', { method: 'GET', path: '/password/reset/{token}' }), 'destructive');
    assert.equal(guess('users', { method: 'GET', path: '/deletions/{id}' }), 'read');
    assert.equal(guess('users', { method: 'GET', path: '/{delete}' }), 'read');
  });

  it('is never "read" for a name alone', () => {
    assert.equal(guess('get_env'), 'unknown');
    assert.equal(guess('convert_units'), 'unknown');
    assert.equal(guess('update_user'), 'write');
    assert.equal(guess('HTTPDelete'), 'destructive');
    assert.equal(guess('kill-process'), 'destructive');
    assert.equal(guess('天気'), 'unknown');
  });

  it('is never "read" for what a server says of itself', () => {
    assert.equal(guess('x', { annotations: { readOnlyHint: true } }), 'unknown');
    assert.equal(guess('get-env', { annotations: { readOnlyHint: true } }), 'unknown');
    assert.equal(guess('delete_all', { annotations: { readOnlyHint: true } }), 'destructive');
    assert.equal(guess('x', { annotations: { destructiveHint: true } }), 'destructive');
    assert.equal(guess('x', { annotations: { readOnlyHint: false, destructiveHint: false } }), 'write');
    // As the protocol has it: what changes something may destroy, unless it says that it does not.
    assert.equal(guess('x', { annotations: { readOnlyHint: false } }), 'destructive');
    assert.equal(guess('x', { annotations: {} }), 'unknown');
  });

  it('tells its reason in a sentence', () => {
    const reasons = [
      guessRisk({ name: 'getPet', method: 'GET' }),
      guessRisk({ name: 'deletePet', method: 'GET' }),
      guessRisk({ name: 'pet_delete' }),
      guessRisk({ name: 'get_pet' }),
      guessRisk({ name: 'x', annotations: { readOnlyHint: true } }),
      guessRisk({ name: 'x' }),
    ].map(({ reason }) => reason);
    assert.deepEqual(reasons, [
      'GET requests read by convention.',
      'Its name begins with "delete".',
      'Its name has "delete".',
      'Its name begins with "get": it may only read, but nothing else says so.',
      'The server says that it only reads; nobody has vouched for the server.',
      'Nothing in the spec tells what a call may change.',
    ]);
  });

  it('of the tools of four real servers lets none run unasked', () => {
    const tools = ['everything', 'filesystem', 'memory', 'sequential-thinking'].flatMap(annotatedTools);
    assert.ok(tools.length > 30, `only ${tools.length} tools were found in the servers`);
    const risks = new Map(tools.map((tool) => [tool.name, guessRisk(tool).risk]));
    assert.deepEqual(
      [...risks].filter(([, risk]) => risk === 'read'),
      [],
    );
    assert.equal(risks.get('get-env'), 'unknown');
    assert.equal(risks.get('read_text_file'), 'unknown');
    assert.equal(risks.get('write_file'), 'destructive');
    assert.equal(risks.get('create_directory'), 'write');
    assert.equal(risks.get('delete_entities'), 'destructive');
    assert.equal(risks.get('search_nodes'), 'unknown');
  });

  it('of the operations of a large real service rarely takes a reading one for another', () => {
    const { paths } = JSON.parse(
      readFileSync(require.resolve('@octokit/openapi/generated/api.github.com.json'), 'utf8'),
    ) as { paths: Record<string, Record<string, { operationId?: string }>> };
    const reading = Object.entries(paths).flatMap(([path, { get }]) =>
      get?.operationId ? [{ name: get.operationId, path }] : [],
    );
    const asked = reading
      .filter(({ name, path }) => guess(name, { method: 'GET', path }) !== 'read')
      .map(({ name }) => name);
    assert.ok(reading.length > 500);
    assert.ok(
      asked.length <= reading.length / 100,
      `${asked.length} of ${reading.length}: ${asked.join(', ')}`,
    );
  });
});

/** What a server's own source says of its tools: a name, and the hints that follow it before the next name. */
function annotatedTools(server: string): RiskHints[] {
  const main = require.resolve(`@modelcontextprotocol/server-${server}/package.json`);
  const dist = join(dirname(main), 'dist');
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.js'));
  return files.flatMap((file) => toolsIn(readFileSync(join(dist, file), 'utf8')));
}

function toolsIn(text: string): RiskHints[] {
  const named = /(?:registerTool(?:Task)?\(\s*|const name = )"([\w-]+)"/g;
  const places = [...text.matchAll(named)];
  return places.flatMap((place, index): RiskHints[] => {
    const part = text.slice(place.index, places[index + 1]?.index);
    const hints = [...part.matchAll(/(readOnly|destructive|idempotent)Hint: (true|false)/g)];
    const annotations = Object.fromEntries(hints.map(([, key, value]) => [`${key}Hint`, value === 'true']));
    return hints.length === 0 ? [] : [{ name: place[1] as string, annotations }];
  });
}
