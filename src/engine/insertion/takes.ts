/** What the arrays and objects of a document are for: told by their keys and by what stands in them. */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { ExampleForm } from '../../protocol/engine.ts';
import type { Takes } from './material.ts';

/** Names of arrays of examples. */
const exampleKeys =
  /^(?:few_?shots?|few_?shot_?examples|shots|example|examples|demonstrations|demos|samples)$/i;
const queryKeys = ['query', 'question', 'input', 'user', 'prompt', 'instruction'];
const answerKeys = [
  ...['calls', 'call', 'tool_calls', 'answer', 'output', 'response', 'completion', 'expected', 'observation'],
];
/** Arrays that hold something else, whatever they are called in. */
const toolKeys = /^(?:tools|functions|tool_calls)$/;
const otherKeys = /^(?:required|enum|anyOf|allOf|oneOf|parameters|tags|scopes)$/;

/** An array as it stands in its document. */
export interface ArrayAt {
  elements: readonly Json[];
  /** The key it is the value of; null for an element or for the document itself. */
  key: string | null;
  /** The object with that key. */
  parent: JsonObject | null;
  /** It is the document. */
  root: boolean;
}

/** Whether this is a tool of the Messages API, which can carry examples of its arguments. */
export function isAnthropicTool(value: unknown): value is JsonObject & { name: string } {
  return isJsonObject(value) && isJsonObject(value.input_schema) && typeof value.name === 'string';
}

/** What of `form` (null: anything) an array takes; `other` when it is for something else, null when nobody can tell. */
export function arrayTakes(at: ArrayAt, form: ExampleForm | null): Takes | 'other' | null {
  const { elements, key, parent } = at;
  const asked = (one: ExampleForm): boolean => form === null || form === one;
  if (key === 'input_examples' && parent && typeof parent.name === 'string') {
    return asked('input_examples')
      ? { form: 'input_examples', tool: parent.name, present: elements }
      : 'other';
  }
  const objects = elements.filter(isJsonObject);
  if (objects.length < elements.length) return null;
  if (key !== null && toolKeys.test(key)) return 'other';
  if (objects.some(isToolSpec)) return 'other';
  if ((key !== null && otherKeys.test(key)) || objects.some((one) => 'parts' in one)) return null;
  if (objects.some((one) => typeof one.role === 'string') || (objects.length === 0 && key === 'messages')) {
    return asked('messages') ? { form: 'messages', wrapped: false } : null;
  }
  if (objects.some((one) => Array.isArray(one.messages))) {
    return asked('messages') ? { form: 'messages', wrapped: true } : null;
  }
  if (isSchema(parent)) return null;
  if ((key !== null && exampleKeys.test(key)) || objects.some(isExample)) {
    if (form === 'messages') return { form, wrapped: true };
    return asked('objects') ? { form: 'objects' } : null;
  }
  return unknownTakes(at, form);
}

/** Of an array that nothing is known of. Where the person chose the form, that is what it is for. */
function unknownTakes({ elements, root }: ArrayAt, form: ExampleForm | null): Takes | null {
  if (form === 'messages') return { form, wrapped: false };
  if (form === 'objects') return { form };
  return form === null && root && elements.length === 0 ? { form: 'messages', wrapped: false } : null;
}

function isToolSpec(one: JsonObject): boolean {
  const named = typeof one.name === 'string';
  const schema = ['input_schema', 'inputSchema', 'parameters'].some((key) => isJsonObject(one[key]));
  return one.type === 'function' || (named && schema);
}

function isExample(one: JsonObject): boolean {
  return queryKeys.some((key) => key in one) && answerKeys.some((key) => key in one);
}

/** In a JSON Schema `examples` are values of what it describes. */
function isSchema(parent: JsonObject | null): boolean {
  if (!parent) return false;
  return (
    ['properties', '$ref', '$schema', 'anyOf', 'allOf', 'oneOf', 'enum'].some((key) => key in parent) ||
    typeof parent.type === 'string' ||
    Array.isArray(parent.type)
  );
}

/** Whether an element goes with the one before it: the result of a call follows the call. */
export function belongsToPrevious(element: unknown): boolean {
  return isJsonObject(element) && element.role === 'tool';
}
