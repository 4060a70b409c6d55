/**
 * Where requests may go. Addresses are looked at twice: as they are written, and as names resolve at the moment of the
 * connection, which then uses exactly the address that was looked at (no rebinding in between).
 */
import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent } from 'undici';

/** Why a request was not sent. */
export class NetworkRefusal extends Error {}

/** Only in this world: the machine itself, and networks behind a router. */
export type Reach = 'public' | 'private' | 'loopback' | 'never';

const privateRanges = new Set(['private', 'uniqueLocal', 'carrierGradeNat']);
/** Servers of clouds that hand out credentials; those in link-local ranges need no list. */
const metadataAddresses = new Set([
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd20:ce::254',
]);
const metadataNames = /^(?:metadata(?:\.google\.internal|\.goog)?|instance-data(?:\..*)?)$/;

/** How far an address reaches. IPv6 forms that carry an IPv4 address are judged by it, or refused. */
export function reachOf(address: string): Reach {
  if (!ipaddr.isValid(address)) return 'never';
  const parsed = ipaddr.process(address.replace(/%.*$/, ''));
  const range = parsed.range();
  if (metadataAddresses.has(parsed.toString())) return 'never';
  if (range === 'unicast') return isAssigned(parsed) ? 'public' : 'never';
  if (range === 'loopback') return 'loopback';
  return privateRanges.has(range) ? 'private' : 'never';
}

/** Of IPv6 only 2000::/3 is handed out; what lies outside may carry an IPv4 address (`::a9fe:a9fe`). */
function isAssigned(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address instanceof ipaddr.IPv4 || address.match(ipaddr.IPv6.parseCIDR('2000::/3'));
}

/**
 * Throws `NetworkRefusal` for a host that must not be asked, judged by how it is written.
 * @param host as `URL.hostname` has it, so that decimal, octal and hexadecimal addresses are dotted ones already
 * @param literal whether the manifest itself names the host
 */
export function checkHost(host: string, literal: boolean): void {
  const bare = bareHost(host);
  if (metadataNames.test(bare)) throw refusal(bare, 'it is a metadata server');
  if (isIP(bare) === 0) {
    if (isLocalhost(bare) && !literal)
      throw refusal(bare, 'only a host that the manifest names itself may be this machine');
    return;
  }
  const reach = reachOf(bare);
  if (reach === 'never') throw refusal(bare, 'link-local, metadata and reserved addresses are never asked');
  if (reach !== 'public' && !literal) {
    throw refusal(bare, 'only a host that the manifest names itself may be in a private network');
  }
}

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

function refusal(host: string, why: string): NetworkRefusal {
  return new NetworkRefusal(`Not sent to ${host}: ${why}.`);
}

function isLocalhost(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost');
}

function bareHost(host: string): string {
  return host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}
