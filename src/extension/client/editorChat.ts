/** Asks a language model of the editor, for the engine. */
import {
  type CancellationToken,
  LanguageModelChatMessage,
  type LanguageModelChatRequestOptions,
  LanguageModelChatToolMode,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
  LanguageModelToolResultPart,
} from 'vscode';
import { LSPErrorCodes, ResponseError } from 'vscode-languageclient/node';
import type { ChatRequest } from '../../core/chat.ts';
import { findModel } from '../window/editorModels.ts';
import { type ChatPart, type ChatTurn, chatTurns } from './chatParts.ts';
import { type ModelFault, modelFault } from './modelFault.ts';

export interface EditorAnswer {
  text: string;
  toolCalls: { id: string; name: string; arguments: string }[];
}

/**
 * `onText` gets the answer piece by piece.
 *
 * @throws ResponseError whose data is the kind of the fault and the advice, as the engine expects it
 */
export async function askEditorModel(
  modelId: string,
  request: Omit<ChatRequest, 'purpose'>,
  token: CancellationToken,
  onText: (text: string) => void,
): Promise<EditorAnswer> {
  const model = await findModel(modelId);
  if (!model) throw faultError(modelFault(Object.assign(new Error(''), { code: 'NotFound' }), modelId));
  try {
    const messages = chatTurns(request.messages).map(message);
    const answer: EditorAnswer = { text: '', toolCalls: [] };
    const { stream } = await model.sendRequest(messages, optionsOf(request), token);
    for await (const part of stream) {
      if (token.isCancellationRequested) break;
      if (part instanceof LanguageModelTextPart) {
        answer.text += part.value;
        onText(part.value);
      } else if (part instanceof LanguageModelToolCallPart) {
        answer.toolCalls.push({ id: part.callId, name: part.name, arguments: JSON.stringify(part.input) });
      }
    }
    return answer;
  } catch (error) {
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled');
    throw faultError(modelFault(error, model.name));
  }
}

function faultError({ kind, message: text, advice }: ModelFault): ResponseError<Omit<ModelFault, 'message'>> {
  return new ResponseError(LSPErrorCodes.RequestFailed, text, { kind, advice });
}

function message({ role, parts }: ChatTurn): LanguageModelChatMessage {
  if (role === 'user') return LanguageModelChatMessage.User(parts.flatMap(userPart));
  return LanguageModelChatMessage.Assistant(parts.flatMap(assistantPart));
}

function userPart(part: ChatPart): (LanguageModelTextPart | LanguageModelToolResultPart)[] {
  if (part.kind === 'text') return [new LanguageModelTextPart(part.text)];
  if (part.kind === 'call') return [];
  return [new LanguageModelToolResultPart(part.id, [new LanguageModelTextPart(part.text)])];
}

function assistantPart(part: ChatPart): (LanguageModelTextPart | LanguageModelToolCallPart)[] {
  if (part.kind === 'text') return [new LanguageModelTextPart(part.text)];
  return part.kind === 'call' ? [new LanguageModelToolCallPart(part.id, part.name, part.input)] : [];
}

function optionsOf(request: Omit<ChatRequest, 'purpose'>): LanguageModelChatRequestOptions {
  const options: LanguageModelChatRequestOptions = {
    // A provider takes of these what it knows.
    modelOptions: { temperature: request.temperature, max_tokens: request.maxTokens },
  };
  // Editors cannot show tools and forbid a call: where none may be called, none is offered.
  if (!request.tools?.length || request.toolChoice === 'none') return options;
  return {
    ...options,
    tools: request.tools.map(({ name, description, parameters }) => ({
      name,
      description,
      inputSchema: parameters,
    })),
    // "Required" is defined for a single tool only.
    toolMode:
      request.toolChoice === 'required' && request.tools.length === 1
        ? LanguageModelChatToolMode.Required
        : LanguageModelChatToolMode.Auto,
  };
}
