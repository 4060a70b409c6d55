/** Calls operations of OpenAPI documents over HTTP, with their credentials, past the same guard as any request. */
import type { OpenApiRunner } from '../boundTool.ts';
import { credentialsFor, type Lacking } from '../openapi/credentials.ts';
import { operationRequest, type Server, serverFor } from '../openapi/request.ts';
import { checkHost, NetworkRefusal } from './hosts.ts';
import { HttpRequests } from './httpRequests.ts';
import { CallRefused, type RunCall, type Runner, type RunResult } from './runner.ts';

export class OpenApiCalls implements Runner<OpenApiRunner> {
  readonly #secret: (name: string) => Promise<string | null>;
  readonly #requests: HttpRequests;

  constructor(secret: (name: string) => Promise<string | null>, requests: HttpRequests = new HttpRequests()) {
    this.#secret = secret;
    this.#requests = requests;
  }

  async run({ spec, args, filling, signal, bound }: RunCall<OpenApiRunner>): Promise<RunResult> {
    const server = serverFor(spec, filling);
    checkServer(server);
    const credentials = await credentialsFor(spec, server.base.host, {
      bound: (scheme) =>
        Object.hasOwn(spec.auth, scheme) ? filling.text(spec.auth[scheme] as string) : null,
      secret: this.#secret,
    });
    if ('need' in credentials)
      throw new CallRefused('blocked', whatIsLacking(credentials, bound.tool.source.path));
    const request = await operationRequest(spec, server, args, credentials);
    const result = await this.#requests.send(request, { signal, outputLimit: bound.outputLimit });
    return { ...result, content: credentials.hidden.reduce(hide, result.content) };
  }

  dispose(): Promise<void> {
    return this.#requests.dispose();
  }
}

/** Before any secret is looked up. */
function checkServer({ base, literalHost }: Server): void {
  try {
    checkHost(base.hostname, literalHost);
  } catch (error) {
    if (error instanceof NetworkRefusal) throw new CallRefused('blocked', error.message);
    throw error;
  }
}

function whatIsLacking({ need, secret }: Lacking, path: string): string {
  if (need.kind === 'unsupported')
    return `Not sent: it needs ${need.what} ("${need.scheme}"), which calls from here cannot give.`;
  const what = { apiKey: 'a key', basic: 'user:password', bearer: 'a token' }[need.kind];
  const include = `include: [{source: ${JSON.stringify(path)}, auth: {${JSON.stringify(need.scheme)}: "\${secret:NAME}"}}]`;
  return (
    `Not sent: it needs ${what} for "${need.scheme}". Store the secret ${secret} (in the editor: Set Secret of a Tool…; in a terminal: ` +
    `the environment variable of that name), or name another one in imaginarium.yaml: ${include}.`
  );
}

function hide(text: string, hidden: string): string {
  return hidden.length < 4 ? text : text.replaceAll(hidden, '***');
}
