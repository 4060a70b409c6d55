import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stringify } from 'yaml';
import { type FailureType, failureTypes } from '../../../src/core/trial.ts';
import { type FakeOpenAI, type FakeRequest, type Reply, startFakeOpenAI } from '../../helpers/fakeOpenAI.ts';
import { type TestEngine, testEngine } from '../../helpers/testEngine.ts';

/** What goes wrong, by the type that it must get: the tool of that name, and the call that the model makes to it. */
interface Cause {
  tool: object;
  arguments?: string | object;
  name?: string;
}

/** Grading alone has it: there a query says which tool is the right one. */
const ofGrading: FailureType = 'wrong_tool';

const parameters = {
  type: 'object',
  properties: { text: { type: 'string' }, kind: { enum: ['a', 'b'] } },
  required: ['text'],
};
const program = (script: string) => ({ run: { command: ['${node}', '-e', script] } });
const works = { parameters, ...program('console.log("fine")') };
const valid = { text: 'x' };

function causes(closedPort: number, begun: string): Record<Exclude<FailureType, 'wrong_tool'>, Cause> {
  return {
    malformed: { tool: works, arguments: 'no arguments at all' },
    unknown_tool: { tool: works, name: 'nothing_like_it', arguments: valid },
    missing_argument: { tool: works, arguments: {} },
    unexpected_argument: { tool: works, arguments: { ...valid, colour: 'red' } },
    wrong_type: { tool: works, arguments: { text: 5 } },
    invalid_value: { tool: works, arguments: { ...valid, kind: 'c' } },
    rejected: { tool: program('console.error("no such place"); process.exit(3)') },
    tool_fault: { tool: program('process.kill(process.pid, "SIGKILL")') },
    timeout: { tool: { timeout: 0.3, ...program('setInterval(() => {}, 1000)') } },
    unreachable: { tool: { run: { http: { url: `http://127.0.0.1:${closedPort}/` } } } },
    blocked: { tool: { run: { http: { url: 'http://169.254.169.254/latest/meta-data/' } } } },
    cancelled: {
      tool: {
        risk: 'write',
        ...program(`require("fs").writeFileSync(${JSON.stringify(begun)}, ""); setInterval(() => {}, 1000)`),
      },
    },
  };
}

/** Nobody listens there any more. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('Every failure type', () => {
  let folder: string;
  let server: FakeOpenAI;
  let opened: TestEngine;
  let all: Record<string, Cause>;
  let begun: string;

  /** Calls the one tool that is offered, once, and gives up. */
  function reply({ body }: FakeRequest): Reply {
    const tools = body.tools as { function: { name: string } }[] | undefined;
    const messages = body.messages as { role: string }[];
    const name = tools?.[0]?.function.name;
    const called = messages.some(({ role }) => role === 'tool');
    if (name === undefined || body.tool_choice === 'none' || called) return { text: 'It cannot be done.' };
    const cause = all[name];
    return { toolCalls: [{ name: cause?.name ?? name, arguments: cause?.arguments ?? valid }] };
  }

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'failure-types-'));
    begun = join(folder, 'begun');
    all = causes(await closedPort(), begun);
    const tools = Object.entries(all).map(([name, { tool }]) => ({
      name,
      risk: 'read',
      parameters,
      ...tool,
    }));
    writeFileSync(join(folder, 'imaginarium.yaml'), stringify({ tools }));
    server = await startFakeOpenAI({ reply });
    opened = await testEngine(folder);
  });
  after(async () => {
    await opened.engine.dispose();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function explore(tools: string[]): Promise<string> {
    const { runId } = await opened.engine.explore({
      tools,
      model: 'fake',
      baseUrl: server.baseUrl,
      settings: { episodes: 1, trials: 1, turns: 2, callFirstShare: 0, siblings: 0 },
      allowWrites: true,
      seed: 1,
    });
    return runId;
  }

  async function typesOf(runId: string): Promise<Record<string, string | undefined>> {
    const { rows } = await opened.engine.learned.trials({ runId, limit: 100 });
    const trials = await Promise.all(rows.map(({ id }) => opened.engine.learned.trial(id)));
    return Object.fromEntries(
      trials.map((trial) => [trial?.tool.split('#')[1], trial?.steps[0]?.failure?.type]),
    );
  }

  it('but the one of grading comes out of a run, from a real cause', async () => {
    const names = Object.keys(all).filter((name) => name !== 'cancelled');
    const runId = await explore(names);
    assert.equal((await opened.engine.finished(runId)).status, 'finished');
    const types = await typesOf(runId);
    assert.deepEqual(types, Object.fromEntries(names.map((name) => [name, name])));

    const stopped = await explore(['cancelled']);
    while (!existsSync(begun)) await pause(10);
    await opened.engine.stop(stopped);
    assert.deepEqual(await typesOf(stopped), { cancelled: 'cancelled' });

    assert.deepEqual([...names, 'cancelled', ofGrading].sort(), [...failureTypes].sort());
  });
});
