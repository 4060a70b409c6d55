import { type ChatModel, type ChatRequest, estimateTokens, noUsage, type Usage } from '../../core/chat.ts';
import type { BudgetAccount, CallEstimate } from './budget.ts';

/**
 * The model of a run, within its budget. `keep` writes usage down for good and is called twice a call: before it is sent
 * with the call itself, so that a process which dies in between has counted it, and afterwards with what it took.
 */
export function meteredModel(
  model: ChatModel,
  account: BudgetAccount,
  keep: (usage: Usage) => void,
): ChatModel {
  return {
    id: model.id,
    label: model.label,
    isLanguageModel: model.isLanguageModel,
    price: (input, output, cached) => model.price(input, output, cached),
    async chat(request, signal) {
      const reservation = await account.reserve(estimateCall(request, model), signal);
      try {
        keep({ ...noUsage(), modelCalls: 1 });
        const answer = await model.chat(request, signal);
        reservation.settle(answer.usage);
        keep({ ...answer.usage, modelCalls: 0 });
        return answer;
      } finally {
        // Does nothing after `settle`.
        reservation.release();
      }
    },
  };
}

/** The most that a call can take: its request by the length of its texts, and the longest answer. */
export function estimateCall(request: ChatRequest, model: Pick<ChatModel, 'price'>): CallEstimate {
  const input = estimateTokens(JSON.stringify(request.messages) + JSON.stringify(request.tools ?? []));
  return { tokens: input + request.maxTokens, usd: model.price(input, request.maxTokens) };
}
