/** A copy of a Swagger 2.0 document with what operations need and nothing that is not what it should be: its converter trusts it. */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { methods } from './operations.ts';
import { objectOf } from './references.ts';

const topKeys = ['host', 'basePath', 'schemes', 'consumes', 'security'];
const maps = ['definitions', 'parameters', 'securityDefinitions'];

export function wellFormed(root: JsonObject): JsonObject {
  const kept: JsonObject = {};
  for (const key of topKeys) if (root[key] !== undefined) kept[key] = structuredClone(root[key]);
  for (const key of ['consumes', 'schemes']) if (!isTexts(kept[key])) delete kept[key];
  for (const key of ['host', 'basePath']) if (typeof kept[key] !== 'string') delete kept[key];
  for (const key of maps) if (isJsonObject(root[key])) kept[key] = onlyObjects(structuredClone(root[key]));
  const paths = Object.entries(objectOf(root.paths)).map(([path, item]): [string, Json] => [
    path,
    pathItem(item),
  ]);
  return { ...kept, paths: Object.fromEntries(paths.filter(([, item]) => item !== null)) };
}

function pathItem(item: Json): Json {
  if (!isJsonObject(item)) return null;
  const kept: JsonObject = {};
  if (typeof item.$ref === 'string') kept.$ref = item.$ref;
  // The converter wants those of the path before it comes to the operations.
  if (Array.isArray(item.parameters)) kept.parameters = structuredClone(item.parameters).filter(isJsonObject);
  for (const method of methods) {
    const operation = item[method];
    if (!isJsonObject(operation)) continue;
    const { responses: _, parameters, consumes, produces: __, ...rest } = operation;
    kept[method] = {
      ...rest,
      ...(Array.isArray(parameters) ? { parameters: structuredClone(parameters).filter(isJsonObject) } : {}),
      ...(isTexts(consumes) ? { consumes } : {}),
    };
  }
  return kept;
}

function isTexts(value: Json | undefined): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
}

function onlyObjects(map: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).filter(([, one]) => isJsonObject(one)));
}
