/** The parameters of an operation, each once: those of the path, and those of the operation, which count more. */
import type { Json } from '../../core/json.ts';
import { isOwnHeader } from '../runners/headerNames.ts';
import { examplesOf } from './examples.ts';
import {
  type OperationParameter,
  type ParameterPlace,
  type ParameterStyle,
  parameterStyles,
} from './operation.ts';
import { memberOf, objectOf, type Place, type References, type Report, within } from './references.ts';

/** A parameter as the document has it; the argument that fills it gets its name later. */
export interface FoundParameter extends Omit<OperationParameter, 'argument'> {
  required: boolean;
  description: string;
  /** The schema of its value. */
  schema: Place;
  examples: Json[] | undefined;
}

const places: readonly ParameterPlace[] = ['path', 'query', 'header', 'cookie'];
/** The document's content and its security schemes speak of these; as parameters they are to be ignored. */
const ignoredHeaders = new Set(['accept', 'content-type', 'authorization']);
const mostParameters = 200;

/** @param lists those of the path, then those of the operation */
export function parametersOf(
  lists: readonly Place[],
  references: References,
  report: Report,
): FoundParameter[] {
  const found = new Map<string, FoundParameter>();
  for (const list of lists) {
    if (list.value === null) continue;
    if (!Array.isArray(list.value)) {
      report(list, '"parameters" must be a list; nothing of it is read.');
      continue;
    }
    for (const index of list.value.slice(0, mostParameters).keys()) {
      const place = references.follow(within(list, index));
      const parameter = place && readParameter(place, report);
      if (parameter) found.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  return [...found.values()];
}

function readParameter(place: Place, report: Report): FoundParameter | null {
  const { name, in: where, required, description, style, explode, allowReserved } = objectOf(place.value);
  const into = places.find((one) => one === where);
  if (typeof name !== 'string' || name === '' || !into) {
    report(
      place,
      typeof name !== 'string' || name === ''
        ? 'A parameter needs a "name".'
        : `The parameter "${name}" needs "in", which is one of ${places.join(', ')}.`,
    );
    return null;
  }
  if (into === 'header' && ignoredHeaders.has(name.toLowerCase())) return null;
  if (into === 'header' && isOwnHeader(name)) {
    report(place, `The header "${name}" is set by the connection; calls do not give it.`, 'warning');
    return null;
  }
  const usual: ParameterStyle = into === 'query' || into === 'cookie' ? 'form' : 'simple';
  const written = collection(place.value) ?? parameterStyles.find((one) => one === style) ?? usual;
  const content = within(place, 'content');
  const [mediaType = null] = Object.keys(objectOf(content.value));
  const media = mediaType === null ? place : within(content, mediaType);
  return {
    name,
    in: into,
    required: required === true || into === 'path',
    description: typeof description === 'string' ? description : '',
    style: written,
    explode: typeof explode === 'boolean' ? explode : written === 'form' && !isCollection(place.value),
    allowReserved: allowReserved === true,
    content: mediaType,
    // Swagger 2.0 has the schema's keywords in the parameter itself.
    schema: memberOf(media.value, 'schema') === undefined ? bare(media) : within(media, 'schema'),
    examples: examplesOf(objectOf(media.value)) ?? examplesOf(objectOf(place.value)),
  };
}

function isCollection(value: Json): boolean {
  return memberOf(value, 'collectionFormat') !== undefined && memberOf(value, 'collectionFormat') !== 'multi';
}

/** `collectionFormat` of Swagger 2.0. */
function collection(value: Json): ParameterStyle | null {
  switch (memberOf(value, 'collectionFormat')) {
    case 'ssv':
      return 'spaceDelimited';
    case 'tsv':
      return 'tabDelimited';
    case 'pipes':
      return 'pipeDelimited';
    default:
      return null;
  }
}

const ownKeys = new Set([
  'name',
  'in',
  'required',
  'style',
  'explode',
  'allowReserved',
  'content',
  'examples',
]);

function bare(place: Place): Place {
  const entries = Object.entries(objectOf(place.value)).filter(([key]) => !ownKeys.has(key));
  return { ...place, value: Object.fromEntries(entries) };
}
