/** `services:` of a manifest. */
import type { ServiceSpec } from '../boundTool.ts';
import { checkedText, checkedTexts, envNameProblem } from './manifestText.ts';
import { MapReader } from './mapReader.ts';

const defaultReadySeconds = 10;

/** The services that can be started, by name; null for those that are named and cannot. */
export function readServices(root: MapReader): Map<string, ServiceSpec | null> {
  const services = new Map<string, ServiceSpec | null>();
  const reader = root.has('services') ? root.map('services') : null;
  for (const name of reader?.keys ?? []) services.set(name, readService(reader as MapReader, name));
  return services;
}

function readService(services: MapReader, name: string): ServiceSpec | null {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) {
    services.fail(
      services.keyNode(name),
      `A service's name has letters, digits, "_" and "-" only; this is "${name}".`,
    );
    return null;
  }
  const reader = new MapReader(services.source, services.get(name), `service "${name}"`);
  if (reader.failed) return null;
  reader.knows('command', 'ready', 'env');
  const allowed = { node: true, env: true, secret: true };
  const command = checkedTexts(reader, 'command', allowed);
  if (!command?.length && !reader.failed) {
    reader.fail(reader.node, `Service "${name}" needs "command": a list of program and arguments.`);
  }
  const env: Record<string, string> = {};
  for (const [key, at] of reader.has('env') ? reader.textMap('env') : []) {
    const wrong = envNameProblem(key);
    if (wrong) reader.fail(at.node, wrong);
    else if (checkedText(reader, at, allowed)) env[key] = at.value;
  }
  const ready = reader.map('ready');
  ready?.knows('line', 'timeout');
  const line = ready?.text('line');
  const seconds = ready?.positive('timeout', 'seconds', 600)?.value ?? defaultReadySeconds;
  if (!line) {
    if (!reader.failed) {
      reader.fail(
        ready?.node ?? reader.node,
        `Service "${name}" needs "ready": { line: … }, the line that it prints once it can be used.`,
      );
    }
    return null;
  }
  try {
    new RegExp(line.value);
  } catch (error) {
    reader.fail(line.node, `The "ready" line is no regular expression: ${(error as Error).message}.`);
  }
  if (reader.failed || ready?.failed || !command) return null;
  return {
    name,
    source: reader.source.path,
    command: command.map((one) => one.value),
    env,
    readyLine: line.value,
    readyTimeoutMs: seconds * 1000,
  };
}

/** The values that a service's "ready" line gives: its named groups. */
export function groupsOf(service: ServiceSpec): string[] {
  return [...service.readyLine.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map((match) => match[1] as string);
}
