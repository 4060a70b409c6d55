import { editorModelPrefix, offlineLabel, offlineModel } from '../../protocol/modelNames.ts';
import type { Choice, Surroundings } from '../surroundings.ts';
import { chooseServer } from './chooseServer.ts';

export interface ModelChoice {
  model: string;
  /** Null: the model's usual place, or none. */
  baseUrl: string | null;
}

/**
 * Asks which model explores, and keeps the answer in the settings of the workspace. Nothing is chosen for the person: the
 * sampler is one answer among others, and is called what it is.
 */
export async function setModel(around: Surroundings): Promise<ModelChoice | undefined> {
  const { person, settings, editorModels, workbench } = around;
  const fromEditor = (await editorModels.list()).map(
    ({ id, label }): Choice<() => Promise<ModelChoice | undefined>> => ({
      label,
      description: id,
      detail: 'A language model of the editor.',
      icon: 'sparkle',
      value: async () => ({ model: editorModelPrefix + id, baseUrl: null }),
    }),
  );
  const choice = await person.pick('Choose Model', 'Which model shall explore the tools?', [
    ...fromEditor,
    {
      label: 'A model server…',
      detail: 'OpenAI, or any server with the same interface: Ollama, LM Studio, vLLM, Azure.',
      icon: 'server',
      value: () => chooseServer(around),
    },
    {
      label: offlineLabel,
      detail: 'A demonstration: no network, no key, and no evidence about any language model.',
      icon: 'beaker',
      value: async () => ({ model: offlineModel, baseUrl: null }),
    },
  ]);
  const chosen = await choice?.();
  if (chosen && workbench.folders > 0) await settings.write(chosen);
  return chosen;
}
