/** Tools that an extension of the workspace gives to the editor: `contributes.languageModelTools` in its package.json. */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { SpecProblem } from '../../core/tool.ts';
import type { SourceResult } from '../boundTool.ts';
import { ExternalFiles } from '../openapi/externalFiles.ts';
import { boundTools, type FoundSpec } from './boundTools.ts';
import { parseSpec } from './document.ts';
import type { ReadDefaults, SpecFile, SpecFormat } from './format.ts';
import { meantAs } from './meantAs.ts';
import { textOf } from './toolForm.ts';

const notRunnable = 'the editor runs it, and only where it has this extension: explore it there.';
const list = '/contributes/languageModelTools';
const mostProblems = 100;

export const editorTools: SpecFormat = {
  name: 'editorTools',
  mayBe: (path, text) => /(?:^|\/)package\.json$/.test(path) && text.includes('languageModelTools'),
  recognises: (file) => {
    const contributes = contributesOf(file.document.value);
    return contributes
      ? Object.hasOwn(contributes, 'languageModelTools')
      : meantAs(/"languageModelTools"\s*:/, file);
  },
  read: readFile,
};

function contributesOf(value: Json | undefined): JsonObject | null {
  return isJsonObject(value) && isJsonObject(value.contributes) ? value.contributes : null;
}

function readFile(file: SpecFile, defaults: ReadDefaults): SourceResult {
  const { path, folder, document } = file;
  const problems: SpecProblem[] = [...document.problems];
  const report = (at: string, message: string): void => {
    if (problems.length < mostProblems)
      problems.push({ path, ...document.locate(at), severity: 'error', message });
  };
  const written = contributesOf(document.value)?.languageModelTools;
  if (written !== undefined && !Array.isArray(written)) {
    report(list, '"languageModelTools" must be a list of tools.');
  }
  const texts = Array.isArray(written) ? textsBeside(file) : null;
  const specs = (Array.isArray(written) ? written : []).flatMap((item, index): FoundSpec[] => {
    const at = `${list}/${index}`;
    if (isJsonObject(item) && typeof item.name === 'string') return [specOf(item, item.name, at, texts)];
    report(at, 'A tool needs a "name", a text: it is left out.');
    return [];
  });
  const where = { source: path, file: path, folder, locate: document.locate.bind(document) };
  const { tools, problems: more } = boundTools(specs, where, defaults);
  problems.push(...more);
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return { path, folder, format: 'editorTools', tools, problems, budget: {} };
}

/** The texts that stand in package.nls.json beside it; null where there is none. */
function textsBeside({ path, folder, text }: SpecFile): JsonObject | null {
  if (!/"%[^"%]+%"/.test(text)) return null;
  const files = new ExternalFiles(folder);
  const beside = files.pathOf('package.nls.json', path);
  const found = beside.path === null ? beside : files.read(beside.path);
  if (found.path === null) return null;
  const { value } = parseSpec(found.path, 'text' in found ? found.text : '');
  return isJsonObject(value) ? value : null;
}

function specOf(tool: JsonObject, name: string, at: string, texts: JsonObject | null): FoundSpec {
  const description = translated(textOf(tool, 'modelDescription'), texts);
  // A key says nothing to a model: a text for people that is written out does.
  const others = ['userDescription', 'displayName'].map((key) => translated(textOf(tool, key), texts));
  const best = [description, ...others].find((one) => one !== '' && !isKey(one)) ?? description;
  const schema = tool.inputSchema ?? null;
  return {
    name,
    description: best,
    schema,
    at,
    schemaAt: schema === null ? at : `${at}/inputSchema`,
    runner: null,
    notRunnable,
    risk: 'unknown',
    riskReason: 'The editor runs it, and nothing says what a call may change.',
    ...(isKey(description)
      ? { notes: [`Its description is ${description}, which package.nls.json beside it does not have.`] }
      : {}),
  };
}

function isKey(text: string): boolean {
  return /^%[^%]+%$/.test(text);
}

/** The text that a key stands for; the key where it stands for none. Some are written with a comment beside them. */
function translated(text: string, texts: JsonObject | null): string {
  const key = text.slice(1, -1);
  if (!isKey(text) || !texts || !Object.hasOwn(texts, key)) return text;
  const found = texts[key];
  if (isJsonObject(found)) return textOf(found, 'message') || text;
  return typeof found === 'string' ? found : text;
}
