import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';

/**
 * The format of rows, by what stands in the first of them; null for none that we know. Rows of the chat formats look alike until
 * there is a call in one: those of OpenAI are assumed then.
 */
export function recognised(rows: readonly Json[]): string | null {
  const objects = rows.filter(isJsonObject);
  for (const row of objects) {
    const format = ofRow(row);
    if (format !== null) return format;
  }
  const chats = objects.filter((row) => Array.isArray(row.messages));
  if (chats.length === 0) return null;
  const calls = chats.flatMap(callsOf);
  const messages = chats.flatMap(messagesOf);
  if (messages.some((message) => typeof message.train === 'boolean')) return 'axolotl';
  if (calls.some((call) => isJsonObject(functionOf(call)?.arguments))) return 'trl';
  const nine = calls.filter(({ id }) => typeof id === 'string' && /^[a-zA-Z0-9]{9}$/.test(id));
  const named = messages.some(({ role, name }) => role === 'tool' && typeof name === 'string');
  // Mistral's ids are unusual elsewhere, and OpenAI has no names of tools in messages. Ours for OpenAI have such ids as well, and
  // a member that Mistral does not have.
  const isMistral = calls.length > 0 && (named || nine.length * 2 >= calls.length);
  if (isMistral && chats.every((row) => row.parallel_tool_calls === undefined)) return 'mistral';
  return 'openai';
}

function ofRow(row: JsonObject): string | null {
  if (row.input !== undefined && row.preferred_output !== undefined) return 'openai-dpo';
  if (Array.isArray(row.conversations)) return 'llama-factory';
  if (row.chosen !== undefined && row.rejected !== undefined) return 'dpo';
  if (row.prompt !== undefined && row.completion !== undefined)
    return /^(?:Action|Final Answer): /.test(String(row.completion)) ? 'paper' : 'prompt-completion';
  if (row.ground_truth !== undefined) return 'bfcl-answers';
  if (row.question !== undefined && row.function !== undefined) return 'bfcl';
  if (typeof row.question === 'string' && row.tool_calls !== undefined) return 'dspy';
  return null;
}

/** The format of a document that is no list of rows. */
export function recognisedDocument(document: Json): string | null {
  if (isJsonObject(document) && document.tests !== undefined) return 'promptfoo';
  const list = isJsonObject(document) ? document.tools : document;
  const first = Array.isArray(list) ? list[0] : undefined;
  return isJsonObject(first) && first.input_schema !== undefined ? 'anthropic' : null;
}

function messagesOf(row: JsonObject): JsonObject[] {
  return Array.isArray(row.messages) ? row.messages.filter(isJsonObject) : [];
}

function callsOf(row: JsonObject): JsonObject[] {
  return messagesOf(row).flatMap(({ tool_calls: calls }) =>
    Array.isArray(calls) ? calls.filter(isJsonObject) : [],
  );
}

function functionOf(call: JsonObject): JsonObject | null {
  return isJsonObject(call.function) ? call.function : null;
}
