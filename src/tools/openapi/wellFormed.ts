/**
 * A copy of a Swagger 2.0 document with what operations need, and nothing that is not what it should be: its converter
 * trusts what it gets, and changes it.
 */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { pointerOf } from '../../core/jsonPointer.ts';
import { methods } from './operations.ts';
import { objectOf } from './references.ts';

/** Told what is left out, by its JSON Pointer. */
type Report = (pointer: string, message: string) => void;

const maps = ['definitions', 'parameters', 'securityDefinitions'];

export function wellFormed(root: JsonObject, report: Report): JsonObject {
  const { host, basePath, schemes, consumes, security } = root;
  const kept: JsonObject = {
    ...(typeof host === 'string' ? { host } : {}),
    ...(typeof basePath === 'string' ? { basePath } : {}),
    ...(isTexts(schemes) ? { schemes } : {}),
    ...(isTexts(consumes) ? { consumes } : {}),
    ...(security === undefined ? {} : { security }),
  };
  for (const key of maps) if (isJsonObject(root[key])) kept[key] = onlyObjects(root[key]);
  const paths = Object.entries(objectOf(root.paths)).flatMap(([path, item]): [string, Json][] => {
    if (path.startsWith('x-')) return [];
    const kept = pathItem(item, (at, message) => report(pointerOf('paths', path) + at, message));
    return kept ? [[path, kept]] : [];
  });
  return structuredClone({ ...kept, paths: Object.fromEntries(paths) });
}

function pathItem(item: Json, report: Report): JsonObject | null {
  if (!isJsonObject(item)) {
    report('', 'A path must hold operations (get:, post:, …).');
    return null;
  }
  const kept: JsonObject = {
    ...(typeof item.$ref === 'string' ? { $ref: item.$ref } : {}),
    // The converter wants those of the path before it comes to the operations.
    ...parametersOf(item.parameters, '', report),
  };
  for (const method of methods) {
    const operation = item[method];
    if (operation === undefined) continue;
    if (!isJsonObject(operation)) {
      report(`/${method}`, 'An operation must be a mapping (key: value).');
      continue;
    }
    const { responses: _, produces: __, parameters, consumes, ...rest } = operation;
    kept[method] = {
      ...rest,
      ...parametersOf(parameters, `/${method}`, report),
      ...(isTexts(consumes) ? { consumes } : {}),
    };
  }
  return kept;
}

function parametersOf(parameters: Json | undefined, at: string, report: Report): { parameters?: Json[] } {
  if (parameters === undefined) return {};
  if (!Array.isArray(parameters)) {
    report(`${at}/parameters`, '"parameters" must be a list; nothing of it is read.');
    return {};
  }
  for (const [index, one] of parameters.entries()) {
    if (!isJsonObject(one))
      report(`${at}/parameters/${index}`, 'A parameter must be a mapping (key: value).');
  }
  return { parameters: parameters.filter(isJsonObject) };
}

function isTexts(value: Json | undefined): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
}

function onlyObjects(map: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).filter(([, one]) => isJsonObject(one)));
}
