/** One entry of `tools:`. */
import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject } from '../../core/json.ts';
import { argumentsIn } from '../bindings/boundArguments.ts';
import { type BoundTool, defaultOutputLimit, type RunnerSpec, type ServiceSpec } from '../boundTool.ts';
import { textsOf } from '../runners/filling.ts';
import { parameterNames } from '../schema/parameterNames.ts';
import { schemaProblems } from '../schema/schemaProblems.ts';
import type { ReadDefaults } from './format.ts';
import { readLimits } from './manifestLimits.ts';
import { readRun } from './manifestRun.ts';
import { type MapReader, short } from './mapReader.ts';
import { NoJson, nodeAt, toJson } from './yamlJson.ts';

export interface ToolContext {
  folder: string;
  services: ReadonlyMap<string, ServiceSpec | null>;
  defaults: ReadDefaults;
}

/**
 * The tool, or null when a model could not be told of it. What is wrong with its runner or its risk leaves it in the
 * catalogue, but it cannot be run.
 */
export function readTool(reader: MapReader, context: ToolContext): BoundTool | null {
  reader.knows('name', 'description', 'risk', 'parameters', 'run', 'timeout', 'outputLimit');
  const name = readName(reader);
  const description = reader.has('description') ? reader.text('description') : { value: '' };
  const parameters = readParameters(reader);
  const { risk = 'unknown', ...limits } = readLimits(reader);
  const run = reader.has('run') ? reader.map('run') : null;
  const known = parameters && parameterNames(parameters);
  const runner = run && !run.failed ? readRun(run, { services: context.services, parameters: known }) : null;
  if (name === null || !description || !parameters) return null;

  const wrong = reader.failed || (run?.failed ?? false);
  const notRunnable = wrong
    ? 'its entry in the manifest has errors (see Problems).'
    : runner
      ? null
      : 'the manifest does not say how to run it (run: …).';
  const source = { path: reader.source.path, ...reader.source.rangeOf(reader.node) };
  const shown = {
    name,
    description: description.value,
    parameters: withPlaceholders(parameters, runner, reader),
  };
  return {
    tool: {
      ...shown,
      id: `${source.path}#${name}`,
      source,
      risk,
      runnable: notRunnable === null,
      specHash: createHash('sha256').update(canonicalJson(shown)).digest('hex').slice(0, 16),
    },
    folder: context.folder,
    runner: wrong ? null : runner,
    notRunnable,
    timeoutMs: limits.timeoutMs ?? context.defaults.timeoutMs,
    outputLimit: limits.outputLimit ?? defaultOutputLimit,
    services: [...context.services.values()].filter((service) => service !== null),
  };
}

function readName(reader: MapReader): string | null {
  if (!reader.has('name')) {
    if (!reader.failed) reader.fail(reader.node, 'A tool needs a "name".');
    return null;
  }
  const name = reader.text('name');
  if (!name) return null;
  if (name.value === '__proto__') reader.fail(name.node, '"__proto__" cannot be used as a name.');
  else if (/^[a-zA-Z0-9_-]{1,64}$/.test(name.value)) return name.value;
  else {
    const rule = 'A tool\'s name has 1 to 64 letters, digits, "_" and "-", nothing else';
    reader.fail(name.node, `${rule}; this is "${short(name.value)}".`);
  }
  return null;
}

/** Null when a problem was reported. A tool without parameters takes what its runner names. */
function readParameters(reader: MapReader): JsonObject | null {
  if (!reader.has('parameters')) return { type: 'object' };
  const node = reader.get('parameters');
  try {
    const schema = toJson(reader.source, node);
    const problems = schemaProblems(schema);
    for (const { pointer, severity, message } of problems) {
      const at = node === null ? reader.keyNode('parameters') : nodeAt(reader.source, node, pointer);
      if (severity === 'error') reader.fail(at, message);
      else reader.warn(at, message);
    }
    return problems.some(({ severity }) => severity === 'error') ? null : (schema as JsonObject);
  } catch (error) {
    if (!(error instanceof NoJson)) throw error;
    reader.fail(error.node, `The parameters cannot be read. ${error.message}`);
    return null;
  }
}

/** The parameters of a tool that names none: the placeholders of its runner, each of any type. */
function withPlaceholders(parameters: JsonObject, runner: RunnerSpec | null, reader: MapReader): JsonObject {
  if (reader.has('parameters') || !runner) return parameters;
  const names = textsOf(runner).flatMap(argumentsIn);
  if (names.length === 0) return parameters;
  return { type: 'object', properties: Object.fromEntries(names.map((name) => [name, {}])) };
}
