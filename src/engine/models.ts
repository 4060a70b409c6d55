import type { ChatModel } from '../core/chat.ts';
import type { Budget } from '../core/run.ts';
import { createModel, isOffline, type WaitInfo } from '../models/index.ts';
import { editorModelPrefix } from '../protocol/modelNames.ts';
import { WrongRequest } from './errors.ts';
import type { EngineOptions } from './ports.ts';

/** Which model, and where it is. */
export interface ModelChoice {
  model: string;
  /** Null: the model's usual place. */
  baseUrl: string | null;
}

/**
 * What the request says, else what the person has set, else the default of the process.
 * Throws `WrongRequest` when nobody has chosen.
 */
export function chooseModel(
  asked: { model?: string; baseUrl?: string },
  options: Pick<EngineOptions, 'settings' | 'defaultModel'>,
): ModelChoice {
  const model = asked.model ?? options.settings.model ?? options.defaultModel;
  if (model === null || model === '') {
    throw new WrongRequest('No model is chosen.', 'Choose one in the setting "imaginarium.model".');
  }
  const elsewhere = isOffline(model) || model.startsWith(editorModelPrefix);
  return { model, baseUrl: elsewhere ? null : asked.baseUrl || options.settings.baseUrl || null };
}

/** The port to the chosen model. Rejects with `UserError` when it cannot be had. */
export async function openModel(
  choice: ModelChoice,
  options: Pick<EngineOptions, 'hostModels' | 'apiKey' | 'log'>,
): Promise<ChatModel> {
  if (choice.model.startsWith(editorModelPrefix)) {
    const id = choice.model.slice(editorModelPrefix.length);
    if (!options.hostModels) {
      throw new WrongRequest(
        `"${choice.model}" is a model of an editor, and there is none here.`,
        'Choose another model, or explore from the editor.',
      );
    }
    return options.hostModels.open(id);
  }
  const apiKey = isOffline(choice.model) ? null : await options.apiKey(choice.baseUrl);
  const onWait = ({ reason, ms, attempt, message }: WaitInfo) =>
    options.log(`Model: ${reason}, attempt ${attempt}, ${Math.ceil(ms)} ms: ${message}`);
  return createModel({ ...choice, apiKey, onWait });
}

/** Throws `WrongRequest` for a limit of money on a model whose price nobody knows. */
export function checkMoneyLimit(model: ChatModel, budget: Budget): void {
  if (budget.usd === null || model.price(1000, 1000) !== null) return;
  throw new WrongRequest(
    `The price of "${model.id}" is not known, so a limit in US dollars cannot be kept.`,
    'Limit the model calls instead, or choose a model with a known price.',
  );
}
