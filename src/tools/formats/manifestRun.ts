/** `run:` of a tool: command, module, http or simulate, with `env` beside it. */
import { isScalar } from 'yaml';
import { type HttpRunner, httpMethods, type RunnerSpec, type ServiceSpec } from '../boundTool.ts';
import { isHeaderName, isOwnHeader } from '../runners/headerNames.ts';
import { urlTemplateProblem } from '../runners/urlTemplate.ts';
import { type Allowed, checkedText, checkedTexts, envNameProblem } from './manifestText.ts';
import type { At, MapReader } from './mapReader.ts';

export interface RunContext {
  services: ReadonlyMap<string, ServiceSpec | null>;
  /** Names of the parameters; null when the tool does not tell them. */
  parameters: ReadonlySet<string> | null;
}

/** The runner, or null when a problem was reported. */
export function readRun(run: MapReader, context: RunContext): RunnerSpec | null {
  run.knows('command', 'stdin', 'module', 'export', 'http', 'simulate', 'env');
  const kinds = ['command', 'module', 'http', 'simulate'].filter((kind) => run.has(kind));
  const [kind, second] = kinds;
  if (!kind || second) {
    const found = second ? `it has ${kinds.join(' and ')}` : 'it has none';
    run.fail(run.node, `"run" needs one of command, module, http and simulate; ${found}.`);
    return null;
  }
  const anything: Allowed = {
    node: true,
    env: true,
    secret: true,
    services: context.services,
    arguments: context.parameters,
  };
  const runner = readKind(kind, run, anything, context);
  return run.failed ? null : runner;
}

function readKind(kind: string, run: MapReader, anything: Allowed, context: RunContext): RunnerSpec | null {
  if (kind === 'command') return readCommand(run, anything);
  if (kind === 'module') return readModule(run, context);
  return kind === 'http' ? readHttp(run, anything) : readSimulate(run);
}

/** A model plays the tool; that is said out loud, so `false` means nothing. */
function readSimulate(run: MapReader): RunnerSpec | null {
  misplaced(run, 'stdin', 'command');
  misplaced(run, 'export', 'module');
  misplaced(run, 'env', 'command');
  const node = run.get('simulate');
  if (isScalar(node) && node.value === true) return { kind: 'simulate' };
  run.fail(node ?? run.keyNode('simulate'), '"simulate" can only be true: then a model plays the tool.');
  return null;
}

function readCommand(run: MapReader, allowed: Allowed): RunnerSpec | null {
  misplaced(run, 'export', 'module');
  const node = run.get('command');
  if (isScalar(node)) {
    run.fail(
      node,
      '"command" must be a list: the program, then its arguments. There is no shell to take a line apart.',
    );
    return null;
  }
  const command = checkedTexts(run, 'command', allowed);
  const program = command?.[0];
  if (!command || !program) {
    if (!run.failed) run.fail(run.keyNode('command'), '"command" is empty: name the program first.');
    return null;
  }
  checkedText(run, program, { node: true, env: true });
  const stdin = run.has('stdin') ? run.oneOf('stdin', ['json']) : null;
  return {
    kind: 'command',
    command: command.map((one) => one.value),
    stdin: stdin?.value ?? null,
    env: readEnv(run, allowed),
  };
}

function readModule(run: MapReader, context: RunContext): RunnerSpec | null {
  misplaced(run, 'stdin', 'command');
  const module = run.text('module');
  if (!module) return null;
  checkedText(run, module, {});
  if (/^[a-z][a-z+.-]+:/i.test(module.value)) {
    run.fail(module.node, '"module" must be the path of a file, relative to the workspace folder.');
  }
  // The process serves many calls: what it is started with cannot depend on one of them.
  const env = readEnv(run, { node: true, env: true, secret: true, services: context.services });
  return { kind: 'module', module: module.value, export: run.text('export')?.value ?? 'default', env };
}

function readHttp(run: MapReader, allowed: Allowed): HttpRunner | null {
  misplaced(run, 'stdin', 'command');
  misplaced(run, 'export', 'module');
  misplaced(run, 'env', 'command');
  const http = run.map('http');
  if (!http) return null;
  http.knows('method', 'url', 'query', 'headers', 'body');
  const fail = (node: unknown, message: string): void => http.fail(node, message);
  const method = http.has('method') ? http.oneOf('method', httpMethods) : null;
  const url = http.text('url');
  if (!url) fail(http.node, '"http" needs "url": a text that begins with http:// or https://.');
  else if (checkedText(http, url, { ...allowed, node: false })) {
    const wrong = urlTemplateProblem(url.value);
    if (wrong) fail(url.node, wrong);
  }
  const values: Allowed = { ...allowed, node: false };
  const query = checkedMap(http, 'query', values);
  const headers = checkedMap(http, 'headers', values, headerProblem);
  const body = http.has('body') ? http.oneOf('body', ['json']) : null;
  if (body && (method?.value ?? 'GET') === 'GET') {
    fail(body.node, 'A GET request has no body: write the method, for instance POST, or use "query".');
  }
  if (http.failed || !url) {
    // The problem stands already where it belongs; `run` only has to know that it cannot be used.
    run.invalidate();
    return null;
  }
  return {
    kind: 'http',
    method: method?.value ?? 'GET',
    url: url.value,
    query,
    headers,
    body: body?.value ?? null,
  };
}

function readEnv(run: MapReader, allowed: Allowed): Record<string, string> {
  return checkedMap(run, 'env', allowed, envNameProblem);
}

function checkedMap(
  reader: MapReader,
  key: string,
  allowed: Allowed,
  nameProblem: (name: string) => string | null = () => null,
): Record<string, string> {
  const found: Record<string, string> = {};
  if (!reader.has(key)) return found;
  for (const [name, at] of reader.textMap(key)) {
    const wrong = nameProblem(name);
    if (wrong) reader.fail(at.node, wrong);
    else if (checkedText(reader, at as At<string>, allowed)) found[name] = at.value;
  }
  return found;
}

function headerProblem(name: string): string | null {
  if (!isHeaderName(name)) return `"${name}" is no name of a header.`;
  return isOwnHeader(name) ? `The header "${name}" is set by the connection and cannot be given.` : null;
}

function misplaced(run: MapReader, key: string, owner: string): void {
  if (run.has(key)) run.fail(run.keyNode(key), `"${key}" goes with "${owner}" and means nothing here.`);
}
