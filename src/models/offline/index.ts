import type { ChatAnswer, ChatModel, ChatRequest } from '../../core/chat.ts';
import { noUsage } from '../../core/chat.ts';
import { Cancelled, ModelError } from '../../core/errors.ts';
import { type Action, act, callFirst } from './act.ts';
import { imagineQuery, queryForCall } from './imagine.ts';
import { played } from './play.ts';
import { plainVerdict, reflect, structuredVerdict } from './reflect.ts';

/**
 * The model that is built in: it samples arguments from schemas, words queries around them and learns from error texts.
 * No network, no weights; equal requests get equal answers. It reads the typed purpose of a request and no prompt, and
 * is no language model: what it imagines says nothing about how people ask.
 */
export function offlineModel(): ChatModel {
  return {
    id: 'offline',
    label: 'Offline sampler (no language model)',
    isLanguageModel: false,
    price: () => 0,
    async chat(request, signal) {
      if (signal.aborted) throw new Cancelled();
      return answerTo(request);
    },
  };
}

function answerTo(request: ChatRequest): ChatAnswer {
  const { purpose } = request;
  switch (purpose.kind) {
    case 'imagine':
      return textAnswer(imagineQuery(purpose));
    case 'queryForCall':
      return textAnswer(queryForCall(purpose));
    case 'reflect': {
      const verdict = reflect(purpose);
      return textAnswer(purpose.structured ? structuredVerdict(verdict) : plainVerdict(verdict));
    }
    case 'act':
      return actionAnswer(act(purpose), request);
    case 'callFirst':
      return actionAnswer(callFirst(purpose), request);
    case 'simulate':
      return textAnswer(played(purpose));
    default:
      throw new ModelError(
        'unknown_model',
        'The offline sampler is no language model, so it can neither judge, nor rephrase, nor be evaluated.',
        'Choose a language model.',
      );
  }
}

/** Natively where tools are offered, else in the words of the text protocol. */
function actionAnswer(action: Action, request: ChatRequest): ChatAnswer {
  const { tool, seed } = request.purpose;
  const step = 'steps' in request.purpose ? request.purpose.steps.length : 0;
  if (!('call' in action)) {
    return textAnswer(
      request.tools ? action.answer : `Thought: ${action.thought}\nFinal Answer: ${action.answer}`,
    );
  }
  const args = JSON.stringify(action.call);
  if (!request.tools) {
    return textAnswer(`Thought: ${action.thought}\nAction: ${tool.name}\nAction Input: ${args}`);
  }
  const toolCalls = [{ id: `call_${seed.toString(36)}_${step}`, name: tool.name, arguments: args }];
  return { ...textAnswer(action.thought), toolCalls, finish: 'tool_calls' };
}

/** Nothing is tokenised, so an answer counts as one call and no tokens. */
function textAnswer(text: string): ChatAnswer {
  return { text, toolCalls: [], finish: 'stop', usage: { ...noUsage(), modelCalls: 1 } };
}
