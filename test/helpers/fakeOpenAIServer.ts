/**
 * The fake server as a process of its own, so that it shares no event loop with what is measured:
 *
 *   node test/helpers/fakeOpenAIServer.ts [--latency MS] [--port N] [--text TEXT | --script FILE]
 *
 * prints one line of JSON, `{"port": …, "baseUrl": …}`, once it listens. FILE is a `.json` list of answers (texts or
 * replies), given in turn and again from the start, or a module that exports `reply(request)`. Started with an IPC
 * channel it ends when its parent does.
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type FakeReply, type Reply, scripted, startFakeOpenAI } from './fakeOpenAI.ts';

const { values } = parseArgs({
  options: {
    latency: { type: 'string', default: '0' },
    port: { type: 'string', default: '0' },
    text: { type: 'string', default: 'Yes.' },
    script: { type: 'string' },
  },
});

async function readScript(file: string): Promise<FakeReply> {
  if (file.endsWith('.json')) {
    const answers = JSON.parse(await readFile(file, 'utf8')) as (string | Reply)[];
    return scripted(answers, { repeat: true });
  }
  const module = (await import(pathToFileURL(resolve(file)).href)) as { reply?: FakeReply };
  if (typeof module.reply !== 'function') throw new Error(`${file} exports no function "reply".`);
  return module.reply;
}

const server = await startFakeOpenAI({
  reply: values.script === undefined ? () => values.text : await readScript(values.script),
  latencyMs: Number(values.latency),
  port: Number(values.port),
  keepRequests: false,
});
if (process.send) process.once('disconnect', () => process.exit());
process.stdout.write(`${JSON.stringify({ port: server.port, baseUrl: server.baseUrl })}\n`);
