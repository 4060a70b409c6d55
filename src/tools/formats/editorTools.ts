/** Tools that an extension of the workspace gives to the editor: `contributes.languageModelTools` in its package.json. */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { SpecProblem } from '../../core/tool.ts';
import type { SourceResult } from '../boundTool.ts';
import { boundTools, type FoundSpec } from './boundTools.ts';
import type { ReadDefaults, SpecFile, SpecFormat } from './format.ts';
import { textOf } from './toolForm.ts';

const notRunnable =
  'the editor runs it, and only where it has this extension: install the extension, or run it in here.';
const list = '/contributes/languageModelTools';
const mostProblems = 100;

export const editorTools: SpecFormat = {
  name: 'editorTools',
  mayBe: (path, text) => /(?:^|\/)package\.json$/.test(path) && text.includes('languageModelTools'),
  recognises: ({ document }) => {
    const contributes = contributesOf(document.value);
    return contributes !== null && Object.hasOwn(contributes, 'languageModelTools');
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
  if (!Array.isArray(written)) report(list, '"languageModelTools" must be a list of tools.');
  const specs = (Array.isArray(written) ? written : []).flatMap((item, index): FoundSpec[] => {
    const at = `${list}/${index}`;
    if (isJsonObject(item) && typeof item.name === 'string') return [specOf(item, item.name, at)];
    report(at, 'A tool needs a "name", a text: it is left out.');
    return [];
  });
  const where = { source: path, file: path, folder, locate: document.locate.bind(document) };
  const { tools, problems: more } = boundTools(specs, where, defaults);
  problems.push(...more);
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return { path, folder, format: 'editorTools', tools, problems, budget: {} };
}

function specOf(tool: JsonObject, name: string, at: string): FoundSpec {
  const described = textOf(tool, 'modelDescription');
  const texts = [described, textOf(tool, 'userDescription'), textOf(tool, 'displayName')];
  const key = /^%[^%]+%$/.test(described);
  // The texts of keys stand in package.nls.json, another file: one that is written out here says more to a model.
  const description = texts.find((text) => text !== '' && !/^%[^%]+%$/.test(text)) ?? described;
  const schema = tool.inputSchema ?? null;
  return {
    name,
    description,
    schema,
    at,
    schemaAt: schema === null ? at : `${at}/inputSchema`,
    runner: null,
    notRunnable,
    risk: 'unknown',
    riskReason: 'The editor runs it, and nothing says what a call may change.',
    ...(key
      ? { notes: [`Its description is ${described}, a text of package.nls.json, which is not read.`] }
      : {}),
  };
}
