/** What a person is told of a server before it is started, and what tells that it is another than the one they allowed. */
import { createHash } from 'node:crypto';
import type { McpServerSpec } from '../boundTool.ts';
import { type Variable, variablesOf } from './variables.ts';

/**
 * Names of what it is given, where a value may be a secret; and where what is given comes from something of another name, that:
 * a header could carry any variable of the environment to anywhere.
 */
export function givenTo({ transport, manifestEnv = {} }: McpServerSpec): string[] {
  const own = transport.kind === 'stdio' ? transport.env : transport.headers;
  const file = transport.kind === 'stdio' && transport.envFile ? [transport.envFile] : [];
  const named = Object.entries({ ...own, ...manifestEnv }).map(([name, text]) => {
    const from = variablesOf(text)
      .flatMap(handedOut)
      .filter((one) => one !== name);
    return from.length === 0 ? name : `${name} (${from.map((one) => `\${${one}}`).join(', ')})`;
  });
  return [...named, ...file];
}

function handedOut(variable: Variable): string[] {
  if (variable.kind === 'env' || variable.kind === 'secret') return [variable.name];
  return [];
}

/** Of all that is started or sent, secrets included: whoever allowed one start has not allowed what is hidden in another. */
export function startHash(server: McpServerSpec): string {
  const { transport, inputs = {}, manifestEnv = {}, manifestServices = [] } = server;
  // They are started with it.
  const services = JSON.stringify(manifestEnv).includes('${service:') ? manifestServices : [];
  const text = JSON.stringify([transport, inputs, manifestEnv, services]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
