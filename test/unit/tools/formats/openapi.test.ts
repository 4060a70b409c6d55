import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { JsonObject } from '../../../../src/core/json.ts';
import type { BoundTool, OpenApiRunner, SourceResult } from '../../../../src/tools/boundTool.ts';
import { boundOperation } from '../../../../src/tools/openapi/bindOperation.ts';
import { newAjv } from '../../../../src/tools/schema/ajv.ts';
import { readSource } from '../../../../src/tools/source.ts';

const info = { title: 'T', version: '1' };
const servers = [{ url: 'https://api.example.com/v1' }];
const responses = { 200: { description: 'Fine.' } };

function read(document: object | string, path = 'api.yaml', folder = '/nowhere'): SourceResult {
  const text =
    typeof document === 'string' ? document : stringify(document, { aliasDuplicateObjects: false });
  const source = readSource(folder, path, text);
  assert.ok(source, 'it is recognised');
  return source;
}

function three(paths: object, more: object = {}): SourceResult {
  return read({ openapi: '3.0.3', info, servers, paths, ...more });
}

function named({ tools }: SourceResult, name: string): BoundTool {
  const found = tools.find(({ tool }) => tool.name === name);
  assert.ok(found, `${name} among ${tools.map(({ tool }) => tool.name).join(', ')}`);
  return found;
}

function operationOf(bound: BoundTool): OpenApiRunner {
  const operation = bound.runner ?? bound.operation;
  assert.ok(operation?.kind === 'openapi');
  return operation;
}

function messages({ problems }: SourceResult): string[] {
  return problems.map(({ line, column, severity, message }) => `${line}:${column} ${severity} ${message}`);
}

describe('OpenAPI documents', () => {
  it('have a tool for each operation, named by operationId, or by method and path, and placed where it stands', () => {
    const source = read(
      [
        'openapi: 3.1.0',
        'info: {title: T, version: "1"}',
        'servers: [{url: https://api.example.com/}]',
        'paths:',
        '  /pets/{id}:',
        '    get:',
        '      summary: Show a pet',
        '      description: With all that is known of it.',
        '      parameters:',
        '        - {name: id, in: path, required: true, schema: {type: integer}}',
        '      responses: {}',
        '    delete:',
        '      operationId: pets/remove',
        '      deprecated: true',
        '      parameters:',
        '        - {name: id, in: path, required: true, schema: {type: integer}}',
        '      responses: {}',
        '',
      ].join('\n'),
    );
    assert.deepEqual(messages(source), []);
    assert.equal(source.format, 'openapi');
    const [show, remove] = source.tools as [BoundTool, BoundTool];
    assert.equal(show.tool.name, 'get_pets_by_id');
    assert.equal(show.tool.id, 'api.yaml#get_pets_by_id');
    assert.equal(show.tool.description, 'Show a pet.\nWith all that is known of it.');
    assert.deepEqual(show.tool.parameters, {
      type: 'object',
      properties: { id: { type: 'integer' } },
      required: ['id'],
    });
    assert.deepEqual([show.tool.source.line, show.tool.source.column], [6, 5]);
    assert.equal(show.tool.risk, 'read');
    assert.equal(operationOf(show).server, 'https://api.example.com');
    assert.equal(remove.tool.id, 'api.yaml#pets/remove');
    assert.match(remove.tool.name, /^[a-zA-Z0-9_-]{1,64}$/);
    assert.equal(remove.written?.name, 'pets/remove');
    assert.match(remove.tool.description, /Deprecated/);
    assert.equal(remove.tool.risk, 'destructive');
  });

  it('are read in the words of Swagger 2.0, in JSON', () => {
    const source = read(
      JSON.stringify({
        swagger: '2.0',
        info,
        host: 'api.example.com',
        basePath: '/v2',
        schemes: ['https', 'http'],
        securityDefinitions: { login: { type: 'basic' } },
        definitions: {
          Pet: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
        },
        paths: {
          '/pets': {
            post: {
              operationId: 'addPet',
              security: [{ login: [] }],
              parameters: [
                {
                  name: 'ids',
                  in: 'query',
                  type: 'array',
                  items: { type: 'string' },
                  collectionFormat: 'pipes',
                },
                { name: 'tags', in: 'query', type: 'array', items: { type: 'string' } },
                { name: 'pet', in: 'body', required: true, schema: { $ref: '#/definitions/Pet' } },
              ],
              responses,
            },
          },
          '/photo': {
            post: {
              operationId: 'addPhoto',
              consumes: ['multipart/form-data'],
              parameters: [
                { name: 'title', in: 'formData', type: 'string', required: true },
                { name: 'photo', in: 'formData', type: 'file' },
              ],
              responses,
            },
          },
        },
      }),
      'api.json',
    );
    assert.deepEqual(messages(source), []);
    const add = operationOf(named(source, 'addPet'));
    assert.equal(add.server, 'https://api.example.com/v2');
    assert.deepEqual(add.security, [[{ scheme: 'login', kind: 'basic' }]]);
    assert.deepEqual(
      add.parameters.map(({ argument, style, explode }) => [argument, style, explode]),
      [
        ['ids', 'pipeDelimited', false],
        ['tags', 'form', false],
      ],
    );
    const { parameters } = named(source, 'addPet').tool;
    assert.deepEqual(parameters.required, ['body']);
    const check = newAjv('').compile(parameters);
    assert.ok(check({ body: { name: 'Rex' } }));
    assert.ok(!check({ body: {} }));
    const { body } = operationOf(named(source, 'addPhoto'));
    assert.equal(body?.mediaType, 'multipart/form-data');
    assert.equal(body?.fields.photo?.file, true);
  });

  it('keep references to themselves: nothing is unfolded', () => {
    const source = three(
      {
        '/trees': {
          post: {
            operationId: 'plant',
            requestBody: {
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Tree' } } },
            },
            responses,
          },
        },
      },
      {
        components: {
          schemas: {
            Tree: {
              type: 'object',
              properties: {
                name: { type: 'string' },
                branches: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
              },
            },
          },
        },
      },
    );
    const check = newAjv('').compile(named(source, 'plant').tool.parameters);
    assert.ok(check({ body: { branches: [{ name: 'a', branches: [] }] } }));
    assert.ok(!check({ body: { branches: [{ branches: [{ name: 5 }] }] } }));
  });

  it('tell arguments apart that would have the same name', () => {
    const schema = { type: 'string' };
    const source = three({
      '/a/{id}': {
        post: {
          operationId: 'a',
          parameters: [
            { name: 'id', in: 'path', required: true, schema },
            { name: 'id', in: 'query', schema },
            { name: 'body', in: 'header', schema },
            { name: 'filter[name]', in: 'query', schema },
          ],
          requestBody: {
            content: { 'application/json': { schema: { type: 'object', properties: { id: schema } } } },
          },
          responses,
        },
      },
    });
    const { parameters } = named(source, 'a').tool;
    assert.deepEqual(Object.keys(parameters.properties as JsonObject), [
      'path_id',
      'query_id',
      'header_body',
      'filter_name',
      'body',
    ]);
    assert.match(JSON.stringify(parameters), /The query parameter \\"filter\[name\]\\"/);
  });

  it('give what the server writes itself to nobody to fill in', () => {
    const source = three({
      '/a': {
        post: {
          operationId: 'a',
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['id', 'name'],
                  properties: {
                    id: { type: 'string', readOnly: true },
                    name: { type: 'string', nullable: true },
                  },
                },
              },
            },
          },
          responses,
        },
      },
    });
    const check = newAjv('').compile(named(source, 'a').tool.parameters);
    assert.ok(check({ body: { name: null } }));
    assert.ok(!JSON.stringify(named(source, 'a').tool.parameters).includes('"id"'));
  });

  describe('are sent', () => {
    const get = { '/a': { get: { operationId: 'a', responses } } };

    it('to the first server with a full address, variables filled, the nearest list first', () => {
      const at = (list: object[]) =>
        operationOf(named(read({ openapi: '3.0.0', info, servers: list, paths: get }), 'a')).server;
      assert.equal(at([{ url: '/v1' }, { url: 'https://b.example.com/v1/' }]), 'https://b.example.com/v1');
      const variables = { region: { default: 'eu' }, port: { enum: ['8443', '443'] } };
      assert.equal(
        at([{ url: 'https://{region}.example.com:{port}', variables }]),
        'https://eu.example.com:8443',
      );
      assert.equal(
        at([{ url: 'https://{unknown}.example.com' }, { url: 'https://c.example.com' }]),
        'https://c.example.com',
      );
      const own = {
        '/a': { get: { operationId: 'a', servers: [{ url: 'https://own.example.com' }], responses } },
      };
      assert.equal(operationOf(named(three(own), 'a')).server, 'https://own.example.com');
    });

    it('nowhere, when no server has a full address or it is this machine, until a manifest says where', () => {
      for (const [list, reason] of [
        [[], /names no server.*include: \[\{source: "api.yaml", server: "https:/],
        [[{ url: '/v1' }], /names no server/],
        [[{ url: 'http://localhost:8080' }], /only a manifest may name.*server: "http:\/\/localhost:8080"/],
        [[{ url: 'http://127.1/x' }], /only a manifest/],
        [[{ url: 'http://192.168.1.1' }], /only a manifest/],
      ] as const) {
        const tool = named(read({ openapi: '3.0.0', info, servers: list, paths: get }), 'a');
        assert.match(tool.notRunnable ?? '', reason);
        assert.deepEqual([tool.runner, tool.tool.runnable], [null, false]);
        const bound = boundOperation(tool, { server: 'http://127.0.0.1:9', auth: {} });
        assert.deepEqual([bound.notRunnable, bound.tool.runnable], [null, true]);
        assert.ok(bound.runner?.kind === 'openapi' && bound.runner.serverIsBound);
      }
    });
  });

  it('say where they are wrong, and what can be read is read', () => {
    const source = read(
      [
        'openapi: 3.0.0',
        'info: {title: T, version: "1"}',
        'servers: [{url: https://api.example.com}]',
        'paths:',
        '  /a/{id}:',
        '    get: {operationId: same}',
        '    post: nothing',
        '  /b:',
        '    get:',
        '      operationId: same',
        '      parameters:',
        '        - {in: query}',
        '        - {name: x, in: nowhere}',
        '        - {name: lost, in: path, required: true}',
        '        - {name: Host, in: header}',
        '        - $ref: "#/components/parameters/Gone"',
        '  /c: 5',
        '',
      ].join('\n'),
    );
    assert.deepEqual(
      source.tools.map(({ tool }) => tool.id),
      ['api.yaml#same', 'api.yaml#same~2'],
    );
    assert.deepEqual(messages(source), [
      '6:10 warning The path has {id}, which no parameter tells of: add one with "in: path". It is taken as a text.',
      '7:11 error The operation "post" of "/a/{id}" must be a mapping (key: value).',
      '10:20 warning The operationId "same" is that of GET /a/{id}, too: give each operation its own.',
      '12:11 error A parameter needs a "name".',
      '13:11 error The parameter "x" needs "in", which is one of path, query, header, cookie.',
      '14:11 warning The path parameter "lost" does not stand in the path "/b": it is left out.',
      '15:11 warning The header "Host" is set by the connection; calls do not give it.',
      '16:11 warning "#/components/parameters/Gone" points to nothing.',
      '17:7 error The path "/c" must hold operations (get:, post:, …).',
    ]);
  });

  it('of another version, and those with nothing to call, say so', () => {
    assert.match(
      messages(read({ swagger: '1.2', info, paths: {} }))[0] ?? '',
      /^1:1 error Version 1.2 is not read/,
    );
    assert.match(messages(three({}))[0] ?? '', /no operations/);
    assert.match(messages(read({ openapi: '3.1.0', info, webhooks: { a: {} } }))[0] ?? '', /webhooks alone/);
  });

  it('in the words of Swagger 2.0 say where they are wrong, too', () => {
    const source = read(
      [
        'swagger: "2.0"',
        'host: api.example.com',
        'info: {title: T, version: "1"}',
        'security: [{gone: []}]',
        'paths:',
        '  /a:',
        '    get: {operationId: a, parameters: [5, {name: x, in: query, type: string}]}',
        '    post: nothing',
        '    put: {operationId: b, parameters: {x: 1}}',
        '  /c: 5',
        '',
      ].join('\n'),
    );
    assert.deepEqual(
      source.tools.map(({ tool }) => tool.name),
      ['a', 'b'],
    );
    assert.deepEqual(messages(source), [
      '4:19 warning The document defines no security scheme "gone", so nobody knows what it wants.',
      '7:40 error A parameter must be a mapping (key: value).',
      '8:11 error An operation must be a mapping (key: value).',
      '9:39 error "parameters" must be a list; nothing of it is read.',
      '10:7 error A path must hold operations (get:, post:, …).',
    ]);
  });

  it('are told from other files', () => {
    for (const other of [
      'openapi: https://example.com/api.json\ninfo: x\n',
      'openapi: 3.0.0\nname: settings of something\n',
      'swagger: {enabled: true}\npaths: [a]\n',
      '[]',
    ]) {
      const source = readSource('/nowhere', 'x.yaml', other);
      assert.notEqual(source?.format, 'openapi', other);
    }
  });

  describe('that refer to other files', () => {
    let folder: string;
    let outside: string;

    before(() => {
      const root = realpathSync(mkdtempSync(join(tmpdir(), 'openapi-')));
      [folder, outside] = [join(root, 'workspace'), join(root, 'outside')];
      mkdirSync(join(folder, 'api/parts'), { recursive: true });
      mkdirSync(outside);
      const secret = stringify({ Secret: { type: 'object', properties: { outsider: { type: 'string' } } } });
      writeFileSync(join(outside, 'secret.yaml'), secret);
      writeFileSync(
        join(folder, 'api/parts/pet.yaml'),
        stringify({
          Pet: {
            type: 'object',
            properties: { insider: { type: 'string' }, owner: { $ref: '../../owner.json#/Owner' } },
          },
        }),
      );
      writeFileSync(
        join(folder, 'owner.json'),
        JSON.stringify({
          Owner: { type: 'object', properties: { pet: { $ref: 'api/parts/pet.yaml#/Pet' } } },
        }),
      );
      symlinkSync(join(outside, 'secret.yaml'), join(folder, 'api/link.yaml'));
      symlinkSync(outside, join(folder, 'api/linked'));
    });
    after(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

    function refer($ref: string): SourceResult {
      const paths = {
        '/a': {
          post: {
            operationId: 'a',
            requestBody: { content: { 'application/json': { schema: { $ref } } } },
            responses,
          },
        },
      };
      return read({ openapi: '3.0.0', info, servers, paths }, 'api/api.yaml', folder);
    }

    it('read those of the workspace folder, circles included', () => {
      const source = refer('parts/pet.yaml#/Pet');
      assert.deepEqual(messages(source), []);
      const check = newAjv('').compile(named(source, 'a').tool.parameters);
      assert.ok(check({ body: { insider: 'x', owner: { pet: { insider: 'y' } } } }));
      assert.ok(!check({ body: { owner: { pet: { insider: 5 } } } }));
      assert.deepEqual(source.alsoReads, ['api/parts/pet.yaml', 'owner.json']);
    });

    it('read none from outside, whatever leads there, and ask no address', () => {
      for (const [reference, why] of [
        ['../../outside/secret.yaml#/Secret', /leads out of the workspace/],
        ['%2e%2e/%2e%2e/outside/secret.yaml#/Secret', /leads out of the workspace/],
        ['..\\..\\outside\\secret.yaml#/Secret', /leads out of the workspace/],
        [`${outside}/secret.yaml#/Secret`, /leads out of the workspace/],
        [`file://${outside}/secret.yaml#/Secret`, /it is an address/],
        ['http://127.0.0.1:1/secret.yaml#/Secret', /it is an address/],
        ['//example.com/secret.yaml', /it is an address/],
        ['link.yaml#/Secret', /a link that leads out/],
        ['linked/secret.yaml#/Secret', /a link that leads out/],
        ['gone.yaml', /no such file/],
        ['parts', /no file|EISDIR/],
      ] as const) {
        const source = refer(reference);
        assert.match(messages(source).join('\n'), why, reference);
        assert.ok(!JSON.stringify(source).includes('outsider'), reference);
        assert.equal(source.tools.length, 1, 'the operation is read all the same');
      }
    });
  });
});
