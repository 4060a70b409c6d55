/** What a manifest says of a call's risk and limits, of its own tools and of others. */
import type { Risk } from '../../core/tool.ts';
import type { MapReader } from './mapReader.ts';

const risks: readonly Risk[] = ['read', 'write', 'destructive', 'unknown'];
const longestTimeout = 3600;
const largestOutput = 16 * 1024 * 1024;

/** What is named and right; what is wrong was reported. */
export interface Limits {
  risk?: Risk;
  timeoutMs?: number;
  outputLimit?: number;
}

export function readLimits(reader: MapReader): Limits {
  const risk = reader.has('risk') ? reader.oneOf('risk', risks) : null;
  const timeout = reader.has('timeout') ? reader.positive('timeout', 'seconds', longestTimeout) : null;
  const output = reader.has('outputLimit') ? reader.positive('outputLimit', 'bytes', largestOutput) : null;
  return {
    ...(risk ? { risk: risk.value } : {}),
    ...(timeout ? { timeoutMs: timeout.value * 1000 } : {}),
    ...(output ? { outputLimit: Math.floor(output.value) || 1 } : {}),
  };
}
