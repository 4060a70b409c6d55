/** A process with MCP servers in the middle of calls, for a test that kills it: folder, two files for pids, a real server. */
import { fixture, mcpBench, stdioServer } from './servers.ts';

const [folder = '', one = '', two = '', real = ''] = process.argv.slice(2);
const bench = mcpBench(folder);
const everything = stdioServer('everything', [real]);
await bench.host.listTools(everything, folder);
void bench.call(everything, 'trigger-long-running-operation', { duration: 60, steps: 60 });
for (const [name, pid] of Object.entries({ one, two })) {
  const server = stdioServer(name, [fixture], { env: { PID: pid } });
  await bench.host.listTools(server, folder);
  void bench.call(server, 'wait');
}
console.log('They run.');
