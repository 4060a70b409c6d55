/** The body of an operation's requests: the media type we write, its schema, and how the fields of a form are written. */
import { isJsonObject, type Json } from '../../core/json.ts';
import { examplesOf } from './examples.ts';
import { type FormField, type OperationBody, parameterStyles } from './operation.ts';
import { memberOf, objectOf, type Place, type References, within } from './references.ts';

export interface FoundBody extends Omit<OperationBody, 'argument'> {
  required: boolean;
  description: string;
  /** Null: a text, in whatever form the media type has. */
  schema: Place | null;
  examples: Json[] | undefined;
}

/** What we write, the best first: what arguments are is JSON. */
const preferred: readonly RegExp[] = [
  /^application\/json\b/,
  /^[^;]+\+json\b/,
  /^application\/x-www-form-urlencoded\b/,
  /^multipart\/form-data\b/,
  /^multipart\//,
  /^\*\/\*|^application\/\*/,
  /^text\//,
];

/** Null when the operation takes no body. */
export function bodyOf(place: Place, references: References): FoundBody | null {
  const body = place.value === null ? null : references.follow(place);
  if (!body || !isJsonObject(body.value)) return null;
  const content = within(body, 'content');
  const mediaType = chosen(Object.keys(objectOf(content.value)));
  if (mediaType === null) return null;
  const media = within(content, mediaType);
  const { required, description } = body.value;
  const hasSchema = memberOf(media.value, 'schema') !== undefined;
  const schema = within(media, 'schema');
  const found = {
    mediaType: mediaType.includes('*') ? 'application/json' : mediaType,
    required: required === true,
    description: typeof description === 'string' ? description : '',
    examples: examplesOf(objectOf(media.value)),
  };
  if (!isStructured(found.mediaType)) return { ...found, examples: undefined, fields: {}, schema: null };
  return { ...found, fields: fieldsOf(media, references), schema: hasSchema ? schema : null };
}

function chosen(types: readonly string[]): string | null {
  for (const wanted of preferred) {
    const found = types.find((type) => wanted.test(type.toLowerCase()));
    if (found !== undefined) return found;
  }
  return types[0] ?? null;
}

/** Whether an argument of some structure is written in this media type; anything else takes a text. */
export function isStructured(mediaType: string): boolean {
  return /json\b|x-www-form-urlencoded|^multipart\//i.test(mediaType);
}

/** The fields that are not written as fields usually are. */
function fieldsOf(media: Place, references: References): Record<string, FormField> {
  const fields = new Map<string, FormField>();
  const schema = references.follow(within(media, 'schema'));
  const properties = schema ? within(schema, 'properties') : null;
  for (const name of Object.keys(objectOf(properties?.value))) {
    const property = properties && references.follow(within(properties, name));
    if (property && isFile(property, references)) fields.set(name, { ...usual, file: true });
  }
  for (const [name, encoding] of Object.entries(objectOf(memberOf(media.value, 'encoding')))) {
    const { contentType, style, explode, allowReserved } = objectOf(encoding);
    const before = fields.get(name) ?? usual;
    fields.set(name, {
      contentType: typeof contentType === 'string' ? contentType : null,
      style: parameterStyles.find((one) => one === style) ?? null,
      explode: typeof explode === 'boolean' ? explode : style === undefined || style === 'form',
      allowReserved: allowReserved === true,
      file: before.file,
    });
  }
  return Object.fromEntries(fields);
}

const usual: FormField = { contentType: null, style: null, explode: true, allowReserved: false, file: false };

function isFile(place: Place, references: References): boolean {
  const { type, format, contentMediaType, contentEncoding, items } = objectOf(place.value);
  if (format === 'binary' || contentMediaType === 'application/octet-stream') return true;
  if (type === 'file') return true;
  if (contentEncoding !== undefined && contentMediaType !== undefined) return true;
  if (items === undefined) return false;
  const item = references.follow(within(place, 'items'));
  return memberOf(item?.value, 'format') === 'binary';
}
