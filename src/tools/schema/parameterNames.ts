import { isJsonObject, type JsonObject } from '../../core/json.ts';

/** The arguments that calls of a tool can have; null when its schema lets others in than it names. */
export function parameterNames(parameters: JsonObject): ReadonlySet<string> | null {
  return isOpen(parameters) ? null : new Set(propertyNames(parameters));
}

function propertyNames({ properties }: JsonObject): string[] {
  return isJsonObject(properties) ? Object.keys(properties) : [];
}

function isOpen({ properties, patternProperties, additionalProperties, ...more }: JsonObject): boolean {
  if (properties === undefined && Object.keys(more).join() === 'type') return true;
  return (
    patternProperties !== undefined || additionalProperties === true || isJsonObject(additionalProperties)
  );
}
