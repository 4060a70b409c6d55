/** An argument as the body of a request, in the media type of its operation. */
import { isJsonObject, type Json } from '../../core/json.ts';
import type { FormField, OperationBody } from './operation.ts';
import { encoded, pairsOf, plainText } from './styles.ts';

export interface WrittenBody {
  contentType: string;
  content: string | Uint8Array;
}

/** What is sent, and the media type that says how it is written. */
export async function writtenBody({ mediaType, fields }: OperationBody, value: Json): Promise<WrittenBody> {
  const type = mediaType.toLowerCase();
  if (/json\b/.test(type)) return { contentType: mediaType, content: JSON.stringify(value) };
  if (type.startsWith('application/x-www-form-urlencoded'))
    return { contentType: mediaType, content: urlEncoded(value, fields) };
  if (type.startsWith('multipart/')) return multipart(type, value, fields);
  if (typeof value !== 'string') return { contentType: mediaType, content: plainText(value) };
  const file = /^text\/|\bxml\b/.test(type) ? null : dataUrl(value);
  return { contentType: mediaType, content: file?.bytes ?? value };
}

/** Lists repeat their name; objects are JSON, where the document names no style. */
function urlEncoded(value: Json, fields: OperationBody['fields']): string {
  if (!isJsonObject(value)) return plainText(value);
  const pairs = Object.entries(value).flatMap(([name, item]) => {
    const field = own(fields, name);
    const style = field?.style ?? 'form';
    const { explode, allowReserved } = field ?? { explode: true, allowReserved: false };
    const one = field?.style == null && isJsonObject(item) ? JSON.stringify(item) : item;
    return pairsOf({ name, style, explode, allowReserved }, one, formEncoded);
  });
  return pairs.map((pair) => pair.join('=')).join('&');
}

function formEncoded(text: string): string {
  return encoded(text).replaceAll('%20', '+');
}

async function multipart(type: string, value: Json, fields: OperationBody['fields']): Promise<WrittenBody> {
  const form = new FormData();
  for (const [name, item] of Object.entries(isJsonObject(value) ? value : { value })) {
    for (const one of Array.isArray(item) ? item : [item]) append(form, name, one, own(fields, name));
  }
  const response = new Response(form);
  const written = response.headers.get('content-type') ?? 'multipart/form-data';
  return {
    contentType: written.replace(/^multipart\/form-data/, type.split(';')[0] as string),
    content: new Uint8Array(await response.arrayBuffer()),
  };
}

function append(form: FormData, name: string, value: Json, field: FormField | undefined): void {
  if (value === null) return;
  const said = field?.contentType?.split(',')[0]?.trim();
  if (field?.file && typeof value === 'string') {
    const file = dataUrl(value);
    const type = file?.type || (said && !said.includes('*') ? said : 'application/octet-stream');
    form.append(name, new Blob([file?.bytes ?? value], { type }), name);
  } else if (typeof value === 'object' || (said !== undefined && /json\b/.test(said))) {
    form.append(
      name,
      new Blob([JSON.stringify(value)], { type: said ?? 'application/json' }),
      `${name}.json`,
    );
  } else form.append(name, String(value));
}

/** The bytes that a `data:` URL holds; null for any other text. */
function dataUrl(text: string): { type: string; bytes: Uint8Array<ArrayBuffer> } | null {
  const [, type = '', base64, data = ''] =
    /^data:([\w.+-]+\/[\w.+-]+)?(?:;[\w-]+=[^;,]*)*(;base64)?,(.*)$/s.exec(text) ?? [];
  if (!text.startsWith('data:') || !text.includes(',')) return null;
  try {
    const bytes = base64 ? Buffer.from(data, 'base64') : Buffer.from(decodeURIComponent(data));
    return { type, bytes: new Uint8Array(bytes) };
  } catch {
    return null;
  }
}

function own<T>(map: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
