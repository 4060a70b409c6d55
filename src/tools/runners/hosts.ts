/** How far hosts reach, judged by how they are written. No look-ups, no connections: those are guarded in `network.ts`. */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

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

/** The refusal to send to a host, with its reason. */
export function refusal(host: string, why: string): NetworkRefusal {
  return new NetworkRefusal(`Not sent to ${host}: ${why}.`);
}

/** Whether a bare name says that it is this machine. */
export function isLocalhost(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost');
}

/** A host without brackets and the dot at its end, in lower case. */
export function bareHost(host: string): string {
  return host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}
