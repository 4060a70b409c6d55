/**
 * The service behind all tools of the bench, a process of its own: `node test/bench/toolService.ts` prints its port and
 * answers at once. Every path is a tool; each wants a `day` in a form that its description does not tell, so that there
 * are failed calls, fixes and lessons to record. Ends with the process that forked it.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const day = searchParams.get('day') ?? '';
  const known = days.includes(day);
  const body = known
    ? { place: pathname.slice(1), day, copies: Number(searchParams.get('copies') ?? 1), shelf: day.length }
    : { error: `day must be one of ${days.join(', ')}; got "${day}"` };
  response.writeHead(known ? 200 : 400, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.once('disconnect', () => process.exit());
