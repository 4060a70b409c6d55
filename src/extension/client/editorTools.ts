/** Tools of the running editor, for the engine: which there are, and a call of one. */
import {
  type CancellationToken,
  LanguageModelDataPart,
  LanguageModelPromptTsxPart,
  LanguageModelTextPart,
  lm,
  workspace,
} from 'vscode';
import { LSPErrorCodes, ResponseError } from 'vscode-languageclient/node';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { EditorTool } from '../../protocol/engine.ts';
import { aiSwitch } from '../window/settings.ts';
import { type ResultPart, resultText } from './resultText.ts';
import { type ToolFault, toolFault } from './toolFault.ts';

/** All that the editor would offer to a model; none where the person has switched such things off. Asking starts no extension. */
export function listEditorTools(): EditorTool[] {
  if (workspace.getConfiguration().get(aiSwitch) === true) return [];
  return lm.tools.map(({ name, description, inputSchema }) => ({
    name,
    description,
    inputSchema: isJsonObject(inputSchema) ? inputSchema : null,
  }));
}

/**
 * Calls a tool. The editor, or the tool, may ask the person once more. What the tool says against the call is a result.
 *
 * @throws ResponseError when the call was cancelled
 */
export async function invokeEditorTool(
  name: string,
  input: JsonObject,
  token: CancellationToken,
): Promise<ToolFault | { status: 'ok'; content: string }> {
  if (!lm.tools.some((tool) => tool.name === name)) {
    return { status: 'unreachable', content: `The editor has no tool ${name} any more.` };
  }
  try {
    const { content } = await lm.invokeTool(name, { input, toolInvocationToken: undefined }, token);
    return { status: 'ok', content: resultText(content.map(partOf)) };
  } catch (error) {
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled');
    return toolFault(error);
  }
}

function partOf(part: unknown): ResultPart {
  if (part instanceof LanguageModelTextPart) return { kind: 'text', text: part.value };
  if (part instanceof LanguageModelDataPart)
    return { kind: 'data', mimeType: part.mimeType, data: part.data };
  if (part instanceof LanguageModelPromptTsxPart) return { kind: 'prompt', value: part.value };
  return { kind: 'other' };
}
