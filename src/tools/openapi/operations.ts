/** Reads the operations of a document, each as a tool: what can be read is, whatever else is wrong. */
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { FoundSpec } from '../formats/boundTools.ts';
import { guessRisk } from '../risk.ts';
import { checkHost, NetworkRefusal } from '../runners/hosts.ts';
import { argumentsOf } from './argumentsOf.ts';
import type { OpenApiRunner } from './operation.ts';
import { type FoundParameter, parametersOf } from './parameters.ts';
import { memberOf, objectOf, type Place, type References, type Report, short, within } from './references.ts';
import { bodyOf } from './requestBody.ts';
import { Schemas } from './schemas.ts';
import { securityOf } from './security.ts';
import { serverOf } from './servers.ts';

/** The keys of a path that hold operations. */
export const methods = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
] as const;
/** Operations of a document at most. */
const mostOperations = 5_000;
/** Characters of a description that a model is told. */
const longestDescription = 2_000;

/** Reads all operations. `root` is the document, in the words of OpenAPI 3. */
export function operationsOf(root: Place, references: References, report: Report): FoundSpec[] {
  const reader = new OperationReader(root, references, report);
  const specs: FoundSpec[] = [];
  const paths = within(root, 'paths');
  for (const [path, item] of Object.entries(objectOf(paths.value))) {
    if (path.startsWith('x-')) continue;
    const place = within(paths, path);
    if (!isJsonObject(item)) {
      report(place, `The path "${short(path)}" must hold operations (get:, post:, …).`);
      continue;
    }
    const followed = references.follow(place);
    if (!followed) continue;
    for (const method of methods) {
      const operation = within(followed, method);
      if (operation.value === null) {
        if (Object.hasOwn(objectOf(followed.value), method))
          report(within(place, method), `The operation "${method}" of "${short(path)}" is empty.`);
        continue;
      }
      if (specs.length >= mostOperations) {
        report(place, `Only the first ${mostOperations} operations of a document are read.`);
        return specs;
      }
      const spec = reader.read(path, method, operation, followed, place);
      if (spec) specs.push(spec);
    }
  }
  return specs;
}

class OperationReader {
  readonly #root: Place;
  readonly #references: References;
  readonly #report: Report;
  readonly #schemas: Schemas;
  readonly #ids = new Map<string, string>();

  constructor(root: Place, references: References, report: Report) {
    this.#root = root;
    this.#references = references;
    this.#report = report;
    this.#schemas = new Schemas(references);
  }

  read(path: string, method: string, operation: Place, item: Place, written: Place): FoundSpec | null {
    const { value } = operation;
    if (!isJsonObject(value)) {
      this.#report(
        operation,
        `The operation "${method}" of "${short(path)}" must be a mapping (key: value).`,
      );
      return null;
    }
    const name = this.#nameOf(operation, value, method, path);
    const parameters = this.#parameters(path, operation, item);
    const body =
      method === 'get' || method === 'head' || method === 'trace'
        ? null
        : bodyOf(within(operation, 'requestBody'), this.#references);
    const { schema, notes, ...call } = argumentsOf(parameters, body, this.#schemas);
    const server = serverOf([
      value.servers,
      memberOf(item.value, 'servers'),
      memberOf(this.#root.value, 'servers'),
    ]);
    const runner: OpenApiRunner = {
      kind: 'openapi',
      method: method.toUpperCase(),
      path,
      server: server ?? '',
      serverIsBound: false,
      ...call,
      security: securityOf(
        within(value.security === undefined ? this.#root : operation, 'security'),
        within(this.#root, 'components', 'securitySchemes'),
        this.#references,
        this.#report,
      ),
      auth: {},
    };
    const notRunnable = whyNot(server, this.#root.file.path, runner);
    const guess = guessRisk({ name, method, path });
    return {
      name,
      description: descriptionOf(value, method, path),
      schema,
      at: within(written, method).pointer,
      schemaAt: schemaAt(operation, value).pointer,
      runner: notRunnable === null ? runner : null,
      notRunnable,
      ...(notRunnable === null ? {} : { operation: runner }),
      risk: guess.risk,
      notes,
      riskReason: guess.reason,
    };
  }

  #nameOf(operation: Place, { operationId }: JsonObject, method: string, path: string): string {
    const here = `${method.toUpperCase()} ${path}`;
    if (typeof operationId !== 'string' || operationId.trim() === '') return madeName(method, path);
    const before = this.#ids.get(operationId);
    if (before === undefined) this.#ids.set(operationId, here);
    else {
      this.#report(
        within(operation, 'operationId'),
        `The operationId "${short(operationId)}" is that of ${short(before)}, too: give each operation its own.`,
        'warning',
      );
    }
    return operationId;
  }

  /** Those of the document, and those that the path names and no parameter tells of. */
  #parameters(path: string, operation: Place, item: Place): FoundParameter[] {
    const lists = [within(item, 'parameters'), within(operation, 'parameters')];
    const found = parametersOf(lists, this.#references, this.#report);
    const inPath = new Set([...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name as string));
    for (const name of inPath) {
      if (found.some((one) => one.in === 'path' && one.name === name)) continue;
      this.#report(
        operation,
        `The path has {${short(name)}}, which no parameter tells of: add one with "in: path". It is taken as a text.`,
        'warning',
      );
      found.unshift(implied(name, operation));
    }
    return found.filter((one) => {
      if (one.in !== 'path' || inPath.has(one.name)) return true;
      this.#report(
        one.schema.file === operation.file ? one.schema : operation,
        `The path parameter "${short(one.name)}" does not stand in the path "${short(path)}": it is left out.`,
        'warning',
      );
      return false;
    });
  }
}

function implied(name: string, operation: Place): FoundParameter {
  return {
    name,
    in: 'path',
    required: true,
    description: '',
    style: 'simple',
    explode: false,
    allowReserved: false,
    content: null,
    schema: { ...operation, value: { type: 'string' } },
    examples: undefined,
  };
}

/** `get_pets_by_id` for `GET /pets/{id}`. */
function madeName(method: string, path: string): string {
  const words = path
    .replace(/\{([^{}]*)\}/g, '/by_$1/')
    .split(/[^A-Za-z0-9_]+/)
    .filter((word) => word !== '');
  return [method, ...words].join('_');
}

function descriptionOf(
  { summary, description, deprecated }: JsonObject,
  method: string,
  path: string,
): string {
  const texts = [summary, description].flatMap((text) =>
    typeof text === 'string' && text.trim() !== '' ? [text.trim()] : [],
  );
  const [first = '', second = ''] = texts;
  const whole = second === '' || second.startsWith(first) ? second || first : `${sentence(first)}\n${second}`;
  const told = whole === '' ? `${method.toUpperCase()} ${path}` : whole;
  const cut = told.length > longestDescription ? `${told.slice(0, longestDescription)}…` : told;
  return deprecated === true ? `${sentence(cut)} (Deprecated.)` : cut;
}

function sentence(text: string): string {
  return /[.!?…:]$/.test(text) ? text : `${text}.`;
}

function schemaAt(operation: Place, { parameters, requestBody }: JsonObject): Place {
  if (parameters !== undefined) return within(operation, 'parameters');
  return requestBody === undefined ? operation : within(operation, 'requestBody');
}

/** Why nothing can run an operation before a manifest says where it is; null when it can be run. */
function whyNot(server: string | null, path: string, { security }: OpenApiRunner): string | null {
  const include = `in imaginarium.yaml, with include: [{source: ${JSON.stringify(path)}, server: "https://…"}]`;
  if (server === null) {
    return `The document names no server with a full address: say where it is ${include}.`;
  }
  try {
    checkHost(new URL(server).hostname, false);
  } catch (error) {
    if (!(error instanceof NetworkRefusal)) throw error;
    return `The document's server is ${server}: only a manifest may name this machine or a private network. Name it ${include.replace('https://…', server)}.`;
  }
  const isClosed =
    security.length > 0 && security.every((needs) => needs.some(({ kind }) => kind === 'unsupported'));
  const [lacking] = security.flat().filter((need) => need.kind === 'unsupported');
  return isClosed && lacking
    ? `It needs ${lacking.what} ("${lacking.scheme}"), which calls from here cannot give.`
    : null;
}
