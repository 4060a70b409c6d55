/** Tools that a file of questions brings along, as tools of ours: legal names, JSON Schemas, ids. */
import { createHash } from 'node:crypto';
import { canonicalJson, isJsonObject, type JsonObject } from '../../../core/json.ts';
import type { Tool } from '../../../core/tool.ts';
import { nameMap } from '../../../tools/foreign/names.ts';
import { mapSchema } from '../../../tools/foreign/schema.ts';

interface Doc {
  name: string;
  description: string;
  parameters: JsonObject;
}

/** Keeps the tools of a file: the same function in two rows is one tool. */
export class DocTools {
  readonly #file: string;
  /** By hash of what is shown. */
  readonly #known = new Map<string, Tool>();
  readonly #ids = new Map<string, number>();

  constructor(file: string) {
    this.#file = file;
  }

  /**
   * The tools of one row, each with the name that it has there.
   *
   * @param language in which values are written as texts: then the model is told so, as the leaderboard does
   */
  toolsOf(docs: readonly Doc[], language?: string): { written: string; tool: Tool }[] {
    const { shown } = nameMap(docs.map(({ name }) => name));
    return docs.map((doc, index) => {
      const { schema } = mapSchema(
        language === undefined ? doc.parameters : asTexts(doc.parameters, language),
      );
      const tool = { name: shown[index] as string, description: doc.description, parameters: schema };
      return { written: doc.name, tool: this.#tool(tool, doc.name) };
    });
  }

  #tool(shown: Pick<Tool, 'name' | 'description' | 'parameters'>, written: string): Tool {
    const specHash = createHash('sha256')
      .update(canonicalJson({ ...shown }))
      .digest('hex')
      .slice(0, 16);
    const known = this.#known.get(specHash);
    if (known !== undefined) return known;
    const plain = `${this.#file}#${written}`;
    const count = (this.#ids.get(plain) ?? 0) + 1;
    this.#ids.set(plain, count);
    const tool: Tool = {
      ...shown,
      id: count === 1 ? plain : `${plain}~${count}`,
      source: { path: this.#file, line: 1, column: 1 },
      risk: 'unknown',
      runnable: false,
      specHash,
    };
    this.#known.set(specHash, tool);
    return tool;
  }
}

/** Parameters of a function of another language: each is a text that says the value in it. */
function asTexts(parameters: JsonObject, language: string): JsonObject {
  const { properties } = parameters;
  if (!isJsonObject(properties)) return parameters;
  const texts = Object.entries(properties).map(([name, schema]) => {
    const { description = '', type = 'any' } = isJsonObject(schema) ? schema : {};
    const note = `A value of ${language} of the type ${String(type)}, written as a text.`;
    return [name, { type: 'string', description: `${String(description)} ${note}`.trim() }] as const;
  });
  return { ...parameters, properties: Object.fromEntries(texts) };
}
