/** The library's client as we want it: it says what we do not do, and compiles nothing that comes from a server. */
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client, ProtocolError } from '@modelcontextprotocol/client';
import type { Launch } from './launch.ts';

/** A server that does not know the newest form of the handshake may say nothing to it: then the older one follows. */
const probeTime = 4_000;
/** Servers are told of the client's name; nothing depends on its version. */
const ownVersion = '1';

export interface ClientOptions {
  /** Absolute path of the workspace folder. */
  folder: string;
  launch: Launch;
  /** Skips the newest handshake: this server died of it. */
  legacy: boolean;
}

export function newClient({ folder, launch, legacy }: ClientOptions, onToolsChanged: () => void): Client {
  // Servers take roots for all that they may touch. Where the configuration names less, it stays at that.
  const hasRoots = launch.kind !== 'stdio' || !launch.namesFolders;
  const client = new Client(
    { name: 'imaginarium', version: ownVersion },
    {
      capabilities: hasRoots ? { roots: {} } : {},
      versionNegotiation: legacy ? { mode: 'legacy' } : { mode: 'auto', probe: { timeoutMs: probeTime } },
      // Schemas of outputs come from the server: they are not compiled here, where a pattern of theirs could hang us.
      jsonSchemaValidator: {
        getValidator: () => (input) => ({ valid: true, data: input as never, errorMessage: undefined }),
      },
      inputRequired: { autoFulfill: true, maxRounds: 3 },
    },
  );
  if (hasRoots) {
    client.setRequestHandler('roots/list', () => ({
      roots: [{ uri: pathToFileURL(folder).href, name: basename(folder) }],
    }));
  }
  client.setNotificationHandler('notifications/tools/list_changed', () => onToolsChanged());
  // Nobody sits here who could be asked, and no model is lent: capabilities say so, and this to whoever asks anyway.
  client.fallbackRequestHandler = ({ method }) => {
    throw new ProtocolError(
      -32601,
      `Imaginarium does not answer "${method}": it calls tools and nothing else.`,
    );
  };
  return client;
}
