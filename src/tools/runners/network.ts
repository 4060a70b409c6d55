/**
 * Where requests may go. Addresses are looked at twice: as they are written, and as names resolve at the moment of the
 * connection, which then uses exactly the address that was looked at (no rebinding in between).
 */
import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { bareHost, isLocalhost, type NetworkRefusal, type Reach, reachOf, refusal } from './hosts.ts';

export { checkHost, NetworkRefusal, type Reach, reachOf } from './hosts.ts';

/** An HTTP client whose connections go only where `checkHost` and the look-up allow. */
export function guardedAgent(resolve: typeof dnsLookup = dnsLookup): Agent {
  return new Agent({
    connect: { lookup: guardedLookup(resolve), timeout: 10_000 },
    connections: 64,
    pipelining: 1,
    maxHeaderSize: 64 * 1024,
    // The call's own time limit counts.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

function guardedLookup(resolve: typeof dnsLookup): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...(options as LookupOptions), all: true }, (error, found) => {
      const addresses = found as LookupAddress[];
      const refused = error ?? refusedAddress(host, addresses);
      const [first] = addresses ?? [];
      if (refused || !first) callback(refused ?? refusal(host, 'it has no address'), '', 4);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** A name that stands for a private address is refused: only addresses and `localhost` say plainly where they lead. */
function refusedAddress(host: string, addresses: readonly LookupAddress[]): NetworkRefusal | null {
  const wanted: Reach = isLocalhost(bareHost(host)) ? 'loopback' : 'public';
  const wrong = addresses.find(({ address }) => reachOf(address) !== wanted);
  if (!wrong) return null;
  const place =
    wanted === 'loopback' ? 'not this machine' : 'not in the public network; write the address itself';
  return refusal(host, `it leads to ${wrong.address}, which is ${place}`);
}
