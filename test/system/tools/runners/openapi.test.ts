import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { JsonObject } from '../../../../src/core/json.ts';
import type { Observation } from '../../../../src/core/trial.ts';
import { applyBindings } from '../../../../src/tools/bindings.ts';
import type { BoundTool, SourceResult } from '../../../../src/tools/boundTool.ts';
import { readSource } from '../../../../src/tools/source.ts';
import { ToolHost } from '../../../../src/tools/toolHost.ts';
import { programs } from '../toolBench.ts';

interface Arrived {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const text = { type: 'string' };
const list = { type: 'array', items: text };
const map = { type: 'object', additionalProperties: text };

const body = (type: string, schema: object, encoding?: object): object => ({
  requestBody: { content: { [type]: { schema, ...(encoding ? { encoding } : {}) } } },
});
const secured = (...security: object[]): Record<string, object> => ({ get: { security } });

const paths: Record<string, Record<string, object>> = {
  '/things/{id}/{matrix}': {
    get: {
      parameters: [
        { name: 'id', in: 'path', required: true, schema: text },
        { name: 'matrix', in: 'path', required: true, style: 'matrix', explode: true, schema: list },
        { name: 'tags', in: 'query', schema: list },
        { name: 'ids', in: 'query', style: 'pipeDelimited', explode: false, schema: list },
        { name: 'filter', in: 'query', style: 'deepObject', explode: true, schema: map },
        { name: 'where', in: 'query', content: { 'application/json': { schema: map } } },
        { name: 'X-List', in: 'header', schema: list },
        { name: 'session', in: 'cookie', schema: text },
        { name: 'seen', in: 'cookie', explode: false, schema: list },
      ],
    },
  },
  '/one/{id}': { get: { parameters: [{ name: 'id', in: 'path', required: true, schema: text }] } },
  '/json': { post: body('application/json', {}) },
  '/patch': { patch: body('application/merge-patch+json', { type: 'object' }) },
  '/form': {
    post: body(
      'application/x-www-form-urlencoded',
      { type: 'object' },
      { joined: { style: 'form', explode: false }, deep: { style: 'deepObject', explode: true } },
    ),
  },
  '/upload': {
    post: body('multipart/form-data', {
      type: 'object',
      properties: {
        photo: { ...text, format: 'binary' },
        more: { type: 'array', items: { ...text, format: 'binary' } },
      },
    }),
  },
  '/text': { put: body('text/plain', text) },
  '/bytes': { put: body('application/octet-stream', { ...text, format: 'binary' }) },
  '/keyInHeader': secured({ headerKey: [] }),
  '/keyInQuery': secured({ queryKey: [] }),
  '/keyInCookie': secured({ cookieKey: [] }),
  '/basic': secured({ basic: [] }),
  '/bearer': secured({ bearer: [] }),
  '/oauth': secured({ oauth: ['read'] }),
  '/either': secured({ nobodyHasIt: [] }, { headerKey: [], queryKey: [] }),
  '/optional': secured({ nobodyHasIt: [] }, {}),
  '/lacking': secured({ nobodyHasIt: [] }),
  '/pair': secured({ pair: [] }),
  '/away': { get: {} },
  '/status': { get: {} },
};
const securitySchemes = {
  headerKey: { type: 'apiKey', in: 'header', name: 'X-Key' },
  queryKey: { type: 'apiKey', in: 'query', name: 'key' },
  cookieKey: { type: 'apiKey', in: 'cookie', name: 'sid' },
  basic: { type: 'http', scheme: 'basic' },
  pair: { type: 'http', scheme: 'basic' },
  bearer: { type: 'http', scheme: 'Bearer' },
  oauth: { type: 'oauth2', flows: {} },
  nobodyHasIt: { type: 'http', scheme: 'bearer' },
};

describe('OpenAPI operations', () => {
  let server: Server;
  let base: string;
  let arrived: Arrived[] = [];
  let bound: BoundTool[];
  let unbound: BoundTool[];
  let host: ToolHost;
  const log: string[] = [];
  const asked: string[] = [];
  const secrets = new Map<string, string>();

  before(async () => {
    server = createServer(async (request, response) => {
      const { method = '', url = '', headers } = request;
      arrived.push({ method, url, headers, body: await buffer(request) });
      if (url.endsWith('/away')) response.writeHead(302, { location: 'http://localhost:1/elsewhere' });
      if (url.endsWith('/status')) response.statusCode = 409;
      response.end(`${method} ${url} ${JSON.stringify(headers)}`);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const place = `AT_127_0_0_1_PORT_${(server.address() as AddressInfo).port}`;
    secrets.set(`HEADERKEY_${place}`, 'key-in-header').set(`QUERYKEY_${place}`, 'key&in=query');
    secrets.set(`COOKIEKEY_${place}`, 'key;in cookie').set(`BASIC_${place}`, 'somebody:pass word');
    secrets.set(`OAUTH_${place}`, 'token-of-oauth').set('TOKEN', 'bound-token');
    secrets.set('USER', 'some-user').set('PASSWORD', 'some-password');

    for (const [path, item] of Object.entries(paths)) {
      for (const operation of Object.values(item)) {
        Object.assign(operation, { operationId: path.split('/')[1], responses: {} });
      }
    }
    const document = {
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths,
      components: { securitySchemes },
    };
    const at = (servers: object[]): SourceResult =>
      readSource('/nowhere', 'api.json', JSON.stringify({ ...document, servers })) as SourceResult;
    const auth = {
      bearer: '${secret:TOKEN}',
      pair: '${secret:USER}:${secret:PASSWORD}',
    };
    const manifest = readSource(
      '/nowhere',
      'imaginarium.yaml',
      JSON.stringify({ include: [{ source: 'api.json', server: `${base}/v1/`, auth }] }),
    ) as SourceResult;
    assert.deepEqual(manifest.problems, []);
    const sources = applyBindings([at([{ url: 'https://api.example.com' }]), manifest]);
    bound = sources.find(({ path }) => path === 'api.json')?.tools ?? [];
    unbound = at([{ url: base }]).tools;
    host = new ToolHost({
      trusted: () => true,
      log: (line) => log.push(line),
      secret: async (name) => {
        asked.push(name);
        return secrets.get(name) ?? null;
      },
    });
  });
  after(async () => {
    await host.dispose();
    server.closeAllConnections();
    server.close();
  });

  function tool(name: string, among = bound): BoundTool {
    const found = among.find((one) => one.tool.name === name);
    assert.ok(found, name);
    return found;
  }

  async function call(
    name: string,
    args: JsonObject = {},
  ): Promise<{ observation: Observation; request: Arrived | undefined }> {
    arrived = [];
    const observation = await host.call(tool(name), args, { signal: new AbortController().signal });
    return { observation, request: arrived[0] };
  }

  async function sent(name: string, args: JsonObject = {}): Promise<Arrived> {
    const { observation, request } = await call(name, args);
    assert.equal(observation.status, 'ok', observation.content);
    assert.ok(request);
    return request;
  }

  it('put each argument where the document wants it', async () => {
    const { method, url, headers } = await sent('things', {
      id: 'a/b c',
      matrix: ['x', 'y;z'],
      tags: ['1', '2&3'],
      ids: ['7', '8'],
      filter: { color: 'red', 'a[b': 'c' },
      where: { x: '1' },
      'X-List': ['p', 'q'],
      session: 'abc;d',
      seen: ['m', 'n'],
    });
    assert.equal(method, 'GET');
    assert.equal(
      url,
      '/v1/things/a%2Fb%20c/;matrix=x;matrix=y%3Bz?tags=1&tags=2%263&ids=7%7C8&filter%5Bcolor%5D=red&filter%5Ba%5Bb%5D=c' +
        '&where=%7B%22x%22%3A%221%22%7D',
    );
    assert.equal(headers['x-list'], 'p,q');
    assert.equal(headers.cookie, 'session=abc%3Bd; seen=m,n');
  });

  it('send bodies as their media types have them', async () => {
    const odd = { text: '{"a":1}', number: '12', none: null, list: [] };
    const json = await sent('json', { body: odd });
    assert.equal(json.headers['content-type'], 'application/json');
    assert.deepEqual(JSON.parse(json.body.toString()), odd, 'texts stay texts, null stays null');
    assert.equal((await sent('json', { body: 'a text' })).body.toString(), '"a text"');
    assert.equal((await sent('json')).body.length, 0);
    assert.equal((await sent('patch', { body: {} })).headers['content-type'], 'application/merge-patch+json');

    const form = await sent('form', {
      body: { plain: 'a b&c=d', list: ['1', '2'], joined: ['1', '2'], deep: { x: '1' }, whole: { y: 1 } },
    });
    assert.equal(form.headers['content-type'], 'application/x-www-form-urlencoded');
    assert.equal(
      form.body.toString(),
      'plain=a+b%26c%3Dd&list=1&list=2&joined=1,2&deep%5Bx%5D=1&whole=%7B%22y%22%3A1%7D',
    );
    assert.equal((await sent('text', { body: 'ä' })).body.toString(), 'ä');
    assert.deepEqual(
      (await sent('bytes', { body: 'data:image/png;base64,iVBOR/8=' })).body,
      Buffer.from('iVBOR/8=', 'base64'),
    );
  });

  it('send files and fields in several parts', async () => {
    const { headers, body: parts } = await sent('upload', {
      body: {
        title: 'A title',
        photo: 'data:image/png;base64,iVBOR/8=',
        more: ['one', 'two'],
        meta: { x: 1 },
      },
    });
    const form = await new Response(new Uint8Array(parts), {
      headers: { 'content-type': String(headers['content-type']) },
    }).formData();
    assert.equal(form.get('title'), 'A title');
    const photo = form.get('photo');
    assert.ok(photo instanceof File);
    assert.equal(photo.type, 'image/png');
    assert.deepEqual(Buffer.from(await photo.arrayBuffer()), Buffer.from('iVBOR/8=', 'base64'));
    const more = form.getAll('more') as File[];
    assert.deepEqual(await Promise.all(more.map((one) => one.text())), ['one', 'two']);
    const meta = form.get('meta') as File;
    assert.deepEqual([meta.type, await meta.text()], ['application/json', '{"x":1}']);
  });

  it('let no argument change the way that the path goes', async () => {
    for (const id of ['..', '.', '']) {
      const { observation, request } = await call('one', { id });
      assert.ok(['blocked', 'not_run'].includes(observation.status), `${id}: ${observation.status}`);
      assert.match(observation.content, /^Not sent: /);
      assert.equal(request, undefined);
    }
    assert.equal((await call('one')).observation.status, 'not_run');
    for (const id of ['%2e%2E', '@evil.example/x', '//evil.example', '?a=b#c', '\\\\evil.example\\x']) {
      assert.equal((await sent('one', { id })).url, `/v1/one/${encodeURIComponent(id)}`);
    }
    const { observation } = await call('things', { id: 'a', matrix: ['b'], 'X-List': ['a\r\nX-Evil: 1'] });
    assert.equal(observation.status, 'blocked');
  });

  it('are refused where a redirect leads elsewhere, and named by what the server said', async () => {
    const away = await call('away');
    assert.equal(away.observation.status, 'blocked');
    assert.match(away.observation.content, /redirects to http:\/\/localhost:1/);
    assert.equal((await call('status')).observation.status, 'rejected');
  });

  it('carry what their security wants, from secrets by scheme and host or as a manifest binds them', async () => {
    assert.equal((await sent('keyInHeader')).headers['x-key'], 'key-in-header');
    assert.equal((await sent('keyInQuery')).url, '/v1/keyInQuery?key=key%26in%3Dquery');
    assert.equal((await sent('keyInCookie')).headers.cookie, 'sid=key%3Bin%20cookie');
    const basic = Buffer.from('somebody:pass word').toString('base64');
    assert.equal((await sent('basic')).headers.authorization, `Basic ${basic}`);
    assert.equal((await sent('oauth')).headers.authorization, 'Bearer token-of-oauth');
    assert.equal((await sent('bearer')).headers.authorization, 'Bearer bound-token');
    const pair = Buffer.from('some-user:some-password').toString('base64');
    assert.equal((await sent('pair')).headers.authorization, `Basic ${pair}`);
    const either = await sent('either');
    assert.equal(either.headers['x-key'], 'key-in-header');
    assert.match(either.url, /key=key%26in%3Dquery/);
    assert.equal((await sent('optional')).headers.authorization, undefined);
  });

  it('are not sent without what they need, and say what to store', async () => {
    const { observation, request } = await call('lacking');
    assert.equal(observation.status, 'blocked');
    assert.match(
      observation.content,
      /a token for "nobodyHasIt"\. Store the secret NOBODYHASIT_AT_127_0_0_1_PORT_\d+ \(in the editor: Set Secret/,
    );
    assert.match(
      observation.content,
      /include: \[\{source: "api.json", auth: \{"nobodyHasIt": "\$\{secret:NAME\}"\}\}\]/,
    );
    assert.equal(request, undefined);
  });

  it('tell no secret, in whatever form the server gives it back', async () => {
    const told: string[] = [];
    for (const name of [
      'keyInHeader',
      'keyInQuery',
      'keyInCookie',
      'basic',
      'oauth',
      'bearer',
      'pair',
      'either',
    ]) {
      const { observation, request } = await call(name);
      told.push(observation.content);
      assert.ok(request);
      assert.match(observation.content, /\*\*\*/, name);
    }
    const basic = (text: string): string => Buffer.from(text).toString('base64').replace(/=+$/, '');
    const forms = [...secrets.values()].flatMap((one) => [one, encodeURIComponent(one), basic(one)]);
    for (const form of [...forms, basic('some-user:some-password')]) {
      assert.ok(![...told, ...log].some((line) => line.includes(form)), form);
    }
  });

  it('go to no server of this machine that the document alone names, and ask for no secret before', async () => {
    const refused = tool('keyInHeader', unbound);
    assert.equal(refused.runner, null);
    arrived = [];
    asked.length = 0;
    assert.ok(refused.operation);
    const forced: BoundTool = { ...refused, runner: refused.operation, notRunnable: null };
    const observation = await host.call(forced, {}, { signal: new AbortController().signal });
    assert.equal(observation.status, 'blocked');
    assert.deepEqual([arrived, asked], [[], []]);
  });

  it('go to a service that a manifest starts, with the environment and the secrets that it names', async () => {
    const document = {
      openapi: '3.0.0',
      info: { title: 'T', version: '1' },
      security: [{ key: [] }],
      paths: { '/hello/{name}': { get: { operationId: 'hello', responses: {} } } },
      components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
    };
    const manifest = {
      services: {
        api: {
          command: ['${node}', 'service.mjs'],
          ready: { line: 'listening on (?<port>[0-9]+)' },
        },
      },
      include: [
        {
          source: 'api.json',
          server: 'http://127.0.0.1:${service:api.port}/base',
          auth: { key: '${secret:TOKEN}' },
        },
      ],
    };
    const [api, own] = [
      readSource(programs, 'api.json', JSON.stringify(document)),
      readSource(programs, 'imaginarium.yaml', JSON.stringify(manifest)),
    ] as [SourceResult, SourceResult];
    assert.deepEqual(own.problems, []);
    const [hello] = applyBindings([api, own]).find(({ path }) => path === 'api.json')?.tools ?? [];
    assert.ok(hello);
    const observation = await host.call(hello, { name: 'a b' }, { signal: new AbortController().signal });
    assert.equal(observation.status, 'ok', observation.content);
    assert.match(observation.content, /\/base\/hello\/a%20b/);
  });
});
