import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { type EngineStart, engine, nothingSet } from '../../../src/protocol/engine.ts';

const main = join(import.meta.dirname, '../../../src/engine/main.ts');
const manifest = (risk: string) =>
  `tools:\n  - name: a\n    description: d\n    risk: ${risk}\n    parameters: { type: object }\n    run: { command: [echo] }\n`;

/** The engine in a process of its own, spoken to as the editor speaks. */
class EngineProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  #id = 0;
  readonly #heard: JsonObject[] = [];
  readonly #waiting = new Set<() => void>();

  constructor() {
    this.child = fork(main, ['--node-ipc', `--clientProcessId=${process.pid}`], { silent: true });
    this.ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.on('message', (message) => {
      if (isJsonObject(message)) this.#heard.push(message);
      for (const look of [...this.#waiting]) look();
    });
  }

  notify(method: string, params: object): void {
    this.child.send({ jsonrpc: '2.0', method, params });
  }

  async request(method: string, params: object): Promise<JsonObject> {
    this.#id += 1;
    const id = this.#id;
    this.child.send({ jsonrpc: '2.0', id, method, params });
    const answer = await this.hears((message) => message.id === id && !('method' in message));
    if (isJsonObject(answer.error)) throw new Error(JSON.stringify(answer.error));
    return isJsonObject(answer.result) ? answer.result : {};
  }

  /** The first message like this, taken out. */
  hears(like: (message: JsonObject) => boolean): Promise<JsonObject> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.#heard.findIndex(like);
        if (found < 0) return;
        this.#waiting.delete(look);
        resolve(this.#heard.splice(found, 1)[0] as JsonObject);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Diagnostics of a file, as soon as there are so many. */
  async problems(uri: string, count: number): Promise<JsonObject[]> {
    const { params } = await this.hears(({ method, params }) => {
      if (method !== 'textDocument/publishDiagnostics' || !isJsonObject(params)) return false;
      return params.uri === uri && Array.isArray(params.diagnostics) && params.diagnostics.length === count;
    });
    return isJsonObject(params) ? (params.diagnostics as JsonObject[]) : [];
  }
}

describe('The engine’s process', () => {
  let folder: string;
  let uri: string;
  let one: EngineProcess;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'imaginarium-engine-'));
    writeFileSync(join(folder, 'imaginarium.yaml'), manifest('read'));
    uri = pathToFileURL(join(folder, 'imaginarium.yaml')).href;
    one = new EngineProcess();
    const start: EngineStart = { folders: [folder], trusted: false, settings: nothingSet };
    const { capabilities } = await one.request('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: { workspace: { workspaceFolders: true } },
      initializationOptions: start,
    });
    assert.ok(isJsonObject(capabilities) && capabilities.hoverProvider === true);
    one.notify('initialized', {});
  });

  afterEach(async () => {
    one.child.kill('SIGKILL');
    await one.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  it('lists tools, follows unsaved text, and shows problems where they are and not longer', async () => {
    const { sources } = await one.request(engine.sources.method, {});
    assert.equal(Array.isArray(sources) && sources.length, 1);
    const textDocument = { uri, languageId: 'yaml', version: 1, text: manifest('read') };
    one.notify('textDocument/didOpen', { textDocument });
    const change = (version: number, risk: string): void =>
      one.notify('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text: manifest(risk) }],
      });
    change(2, 'dreadful');
    const [problem] = await one.problems(uri, 1);
    assert.deepEqual(
      isJsonObject(problem?.range) && isJsonObject(problem.range.start) && problem.range.start.line,
      3,
    );
    const hover = await one.request('textDocument/hover', {
      textDocument: { uri },
      position: { line: 1, character: 10 },
    });
    assert.match(JSON.stringify(hover), /\*\*a\*\*/);
    change(3, 'read');
    await one.problems(uri, 0);
    // Closed without saving: what is on disk counts.
    change(4, 'awful');
    await one.problems(uri, 1);
    one.notify('textDocument/didClose', { textDocument: { uri } });
    await one.problems(uri, 0);
  });

  it('follows folders that come and go', async () => {
    const event = { added: [], removed: [{ uri: pathToFileURL(folder).href, name: 'x' }] };
    one.notify('workspace/didChangeWorkspaceFolders', { event });
    await one.hears(({ method }) => method === engine.events.method);
    const { sources } = await one.request(engine.sources.method, {});
    assert.deepEqual(sources, []);
  });

  it('ends with the window that started it, and when it is asked to', async () => {
    one.child.disconnect();
    assert.equal(await one.ended, 0);
    const asked = new EngineProcess();
    await asked.request('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {},
      initializationOptions: { folders: [], trusted: true, settings: nothingSet },
    });
    asked.notify('initialized', {});
    // A client that cannot tell of folders is served all the same.
    const { sources } = await asked.request(engine.sources.method, {});
    assert.deepEqual(sources, []);
    await asked.request('shutdown', {});
    asked.notify('exit', {});
    assert.equal(await asked.ended, 0);
  });
});
