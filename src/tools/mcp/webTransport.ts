/** An MCP server at an address: every request of the library goes through the network guard, and to that origin alone. */
import {
  type FetchLike,
  SSEClientTransport,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { type Agent, type RequestInit, fetch as undiciFetch } from 'undici';
import { checkHost, NetworkRefusal } from '../runners/network.ts';
import type { Launch } from './launch.ts';

type WebLaunch = Exclude<Launch, { kind: 'stdio' }>;
export type WebTransport = StreamableHTTPClientTransport | SSEClientTransport;

/** A longer message ends the request, bytes. */
const longestMessage = 16 * 1024 * 1024;
/** How long a session may take to be closed at the end, milliseconds. */
const goodbye = 300;
const newline = 10;

/** `brokeOff` is told when an answer ended before it was whole: the library waits for the rest of it for ever. */
export function webTransport(launch: WebLaunch, agent: Agent, brokeOff: (why: Error) => void): WebTransport {
  const options = { fetch: guardedFetch(launch, agent, brokeOff), requestInit: { headers: launch.headers } };
  if (launch.kind === 'sse') return new SSEClientTransport(launch.url, options);
  return new StreamableHTTPClientTransport(launch.url, options);
}

function guardedFetch(launch: WebLaunch, agent: Agent, brokeOff: (why: Error) => void): FetchLike {
  return async (address, init) => {
    const url = new URL(address);
    const secured = url.protocol === 'https:' && launch.url.protocol === 'http:' && url.port === '';
    const same = url.origin === launch.url.origin;
    if (!same && !(secured && url.hostname === launch.url.hostname && launch.url.port === '')) {
      throw new NetworkRefusal(
        `Not sent to ${url.origin}: the configuration names ${launch.url.origin} alone.`,
      );
    }
    checkHost(url.hostname, launch.literalHost);
    // One class a library: theirs and ours say the same.
    const request = { ...init, dispatcher: agent } as unknown as RequestInit;
    const response = (await undiciFetch(url, request)) as unknown as Response;
    if (response.body === null) return response;
    const isAnswer = init?.method === 'POST' && response.ok;
    return new Response(limited(response.body, isAnswer ? brokeOff : () => undefined), {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };
}

/** The same stream, which breaks when no line of it ends within the longest message. */
function limited(
  body: ReadableStream<Uint8Array>,
  brokeOff: (why: Error) => void,
): ReadableStream<Uint8Array> {
  let since = 0;
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        const last = value.lastIndexOf(newline);
        since = last < 0 ? since + value.length : value.length - last;
        if (since > longestMessage) throw new Error(`The answer is longer than ${longestMessage >> 20} MiB.`);
        controller.enqueue(value);
      } catch (error) {
        controller.error(error);
        if ((error as Error).name !== 'AbortError') brokeOff(error as Error);
        await reader.cancel().catch(() => undefined);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** Says goodbye where there is a session, and closes the connection. */
export async function closeSession(transport: WebTransport): Promise<void> {
  if ('terminateSession' in transport && transport.sessionId !== undefined) {
    const waited = Promise.withResolvers<void>();
    const timer = setTimeout(waited.resolve, goodbye);
    await Promise.race([transport.terminateSession().catch(() => undefined), waited.promise]);
    clearTimeout(timer);
  }
  await transport.close().catch(() => undefined);
}
