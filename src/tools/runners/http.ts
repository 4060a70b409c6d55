/** Calls over HTTP, as a manifest writes them. */
import type { HttpRunner } from '../boundTool.ts';
import { httpRequest } from './httpRequest.ts';
import { HttpRequests } from './httpRequests.ts';
import type { RunCall, Runner, RunResult } from './runner.ts';

export class HttpCalls implements Runner<HttpRunner> {
  readonly #requests: HttpRequests;

  constructor(requests: HttpRequests = new HttpRequests()) {
    this.#requests = requests;
  }

  async run(call: RunCall<HttpRunner>): Promise<RunResult> {
    const { signal, bound } = call;
    return this.#requests.send(httpRequest(call), { signal, outputLimit: bound.outputLimit });
  }

  dispose(): Promise<void> {
    return this.#requests.dispose();
  }
}
