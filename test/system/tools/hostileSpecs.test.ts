/**
 * Hundreds of hostile specs over all formats, each found by the real search in a folder of its own: no crash, no hang, no
 * file outside of the folder read, nobody asked over the network, and a message for each that looked like a spec.
 */
import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Json } from '../../../src/core/json.ts';
import { defaultTimeoutMs, type SourceResult } from '../../../src/tools/boundTool.ts';
import { FolderSearch } from '../../../src/tools/discovery/folderSearch.ts';
import { ReadingThread } from '../../../src/tools/reading.ts';
import { ArgumentCheck } from '../../../src/tools/schema/argumentCheck.ts';
import { checkTool } from '../../helpers/readSpecText.ts';
import { type Carrier, carriers } from './hostile/carriers.ts';
import { mutants } from './hostile/mutants.ts';
import { hostileSchemas, type Targets } from './hostile/schemas.ts';
import { type HostileFile, hostileTexts } from './hostile/texts.ts';

const secret = 'canary-7f3a91';
/** How long one spec may take, milliseconds. */
const longest = 2_000;

describe('Hostile specs', () => {
  let around: string;
  let targets: Targets;
  let server: Server;
  let asked = 0;
  const thread = new ReadingThread();
  const check = new ArgumentCheck(() => undefined, 150);

  before(async () => {
    around = realpathSync(mkdtempSync(join(tmpdir(), 'hostile-')));
    const canary = join(around, 'canary.json');
    writeFileSync(
      canary,
      JSON.stringify({ secret: { type: 'string', description: secret, enum: [secret] } }),
    );
    server = createServer((socket) => {
      asked++;
      socket.destroy();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    assert.ok(typeof address === 'object' && address);
    targets = { canary, canaryRelative: '../canary.json', origin: `http://127.0.0.1:${address.port}` };
  });
  after(async () => {
    await Promise.all([thread.dispose(), check.dispose()]);
    server.close();
    rmSync(around, { recursive: true, force: true });
  });

  let count = 0;
  /** Parameters that were checked: most schemas come out of every format as the same. */
  const checked = new Set<string>();

  /** What is found in a folder that holds this file alone, and how long that took. */
  async function found({
    carrier: { path },
    bytes,
  }: HostileFile): Promise<{ sources: SourceResult[]; ms: number }> {
    const folder = join(around, `folder${count++}`);
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
    symlinkSync(targets.canary, join(folder, dirname(path), 'link.json'));
    const search = new FolderSearch(folder, { thread });
    const start = performance.now();
    await search.search({ timeoutMs: defaultTimeoutMs });
    return { sources: search.sources, ms: performance.now() - start };
  }

  interface Told {
    messages: string[];
    tools: number;
    ms: number;
  }

  async function judge(file: HostileFile): Promise<Told> {
    let { sources, ms } = await found(file);
    // Once it may be the machine's fault.
    if (ms >= longest) ({ sources, ms } = await found(file));
    const tools = sources.flatMap((source) => source.tools);
    const label = labelOf(file);
    assert.ok(ms < longest, `${label} took ${Math.round(ms)} ms`);
    const wire = JSON.stringify(sources);
    assert.ok(!wire.includes(secret), `${label}: the file outside was read`);
    assert.equal(new Set(tools.map(({ tool }) => tool.id)).size, tools.length, label);
    for (const bound of tools.slice(0, 5)) {
      checkTool(bound);
      const parameters = JSON.stringify(bound.tool.parameters);
      if (checked.has(parameters)) continue;
      checked.add(parameters);
      // In the worker that may be ended: what a pattern does there is held against nobody.
      await check.check(bound.tool, { x: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', city: 'Ulm' });
    }
    const problems = sources.flatMap((source) => source.problems);
    for (const { message, line, column } of problems) {
      assert.ok(message.length < 1_000 && line >= 1 && column >= 1, `${label}: ${message.slice(0, 200)}`);
    }
    const notes = tools.flatMap(({ written }) => written?.notes ?? []);
    const servers = sources.flatMap((source) => source.servers ?? []);
    return {
      messages: [...problems.map(({ message }) => message), ...notes],
      tools: tools.length + servers.length,
      ms,
    };
  }

  async function judgeAll(files: readonly HostileFile[]): Promise<void> {
    let slowest: { ms: number; what: string } = { ms: 0, what: '' };
    let tools = 0;
    let messages = 0;
    const silent: string[] = [];
    for (const file of files) {
      const told = await judge(file);
      if (told.ms > slowest.ms) slowest = { ms: told.ms, what: labelOf(file) };
      tools += told.tools;
      messages += told.messages.length > 0 ? 1 : 0;
      // What still says what it is must be heard: its tools are there, or a message is.
      const isHeard = told.messages.length > 0 || (!file.told && told.tools > 0);
      if (!isHeard && (file.told || file.carrier.sign.test(file.bytes.toString())))
        silent.push(labelOf(file));
    }
    const most = `the slowest ${Math.round(slowest.ms)} ms (${slowest.what})`;
    console.log(
      `      ${files.length} specs: ${messages} with messages, ${tools} tools and servers, ${most}`,
    );
    assert.deepEqual(silent, [], 'nobody was told');
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    assert.equal(asked, 0, 'somebody was asked over the network');
  }

  it('with schemas that are meant to do harm', async () => {
    const files = carriers
      .filter(({ hasSchema }) => hasSchema)
      .flatMap((carrier) =>
        hostileSchemas(targets).map(
          ({ what, schema, told, isOurs = false }): HostileFile => ({
            carrier,
            what,
            bytes: Buffer.from(carrier.text({ schema })),
            told: told && !(isOurs && carrier.format === 'manifest'),
          }),
        ),
      );
    await judgeAll(files);
  }).timeout(300_000);

  it('with texts that are cut, encoded otherwise, or deeper than any stack', async () => {
    await judgeAll(carriers.flatMap(hostileTexts));
  }).timeout(300_000);

  it('with names that are none', async () => {
    const names: [string, Json, boolean][] = [
      ['control characters', 'a\u0000\u001b[2J\u202eb', false],
      ['a path', '../../etc/passwd', false],
      ['a prototype', '__proto__', false],
      ['a lone surrogate', '\ud800', false],
      ['20,000 characters', 'n'.repeat(20_000), true],
      ['nothing', '', true],
      ['a number', 7, true],
      ['an object', { a: 1 }, true],
    ];
    const named = ({ format }: Carrier): boolean => format !== 'mcpServers';
    await judgeAll(
      carriers.filter(named).flatMap((carrier) =>
        names.map(
          ([what, name, told]): HostileFile => ({
            carrier,
            what: `named ${what}`,
            bytes: Buffer.from(carrier.text({ name })),
            // An operation without a name of its own gets one from its path.
            told: told && carrier.format !== 'openapi',
          }),
        ),
      ),
    );
  }).timeout(120_000);

  it('changed at random', async () => {
    await judgeAll(mutants(carriers, 15));
  }).timeout(300_000);

  it('and no file outside of the folder is ever opened', async () => {
    // The system notes when a file was read last, unless it is mounted to do without.
    const past = new Date('2001-01-01');
    const notes = async (path: string, use: () => Promise<unknown>): Promise<boolean> => {
      utimesSync(path, past, new Date());
      await use();
      return statSync(path).atimeMs > past.getTime() + 1_000;
    };
    const probe = join(around, 'probe');
    writeFileSync(probe, 'x');
    const isNoted = await notes(probe, () => readFile(probe));
    const references = hostileSchemas(targets).filter(({ what }) => what.startsWith('a reference'));
    const wasRead = await notes(targets.canary, async () => {
      for (const carrier of carriers.filter(({ hasSchema }) => hasSchema)) {
        for (const { what, schema } of references) {
          const bytes = Buffer.from(carrier.text({ schema }));
          await found({ carrier, what, bytes, told: true });
        }
      }
    });
    console.log(
      `      ${isNoted ? 'The system notes readings, and noted none.' : 'The system does not note readings.'}`,
    );
    assert.equal(wasRead, false);
    assert.equal(asked, 0);
  }).timeout(120_000);
});

function labelOf({ carrier, what }: HostileFile): string {
  return `${carrier.format} in ${carrier.path}: ${what}`;
}
