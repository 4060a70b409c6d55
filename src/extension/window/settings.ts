import { ConfigurationTarget, workspace } from 'vscode';
import { settings as ids } from '../../protocol/contributions.ts';
import type { EngineSettings } from '../../protocol/engine.ts';
import type { Settings } from '../surroundings.ts';

/** A setting of the editor's: switched on, nothing of its language models and their tools is shown. */
export const aiSwitch = 'chat.disableAIFeatures';

/** Reads every setting of ours; what is not set, or is of another type, is null. */
export function windowSettings(): Settings {
  return {
    read: () => ({
      model: text(ids.model),
      baseUrl: text(ids.baseUrl),
      protocol: oneOf(ids.protocol, ['tools', 'react']),
      preset: oneOf(ids.preset, ['paper', 'adaptive']),
      episodes: number(ids.episodes),
      trials: number(ids.trials),
      turns: number(ids.turns),
      concurrency: number(ids.concurrency),
      maxCalls: number(ids.maxCalls),
      maxUsd: number(ids.maxUsd),
      toolTimeout: number(ids.toolTimeout),
      embeddingModel: text(ids.embeddingModel),
    }),
    async write({ model, baseUrl }: Pick<EngineSettings, 'model' | 'baseUrl'>) {
      const configuration = workspace.getConfiguration();
      await configuration.update(ids.model, model ?? undefined, ConfigurationTarget.Workspace);
      if (configuration.get(ids.baseUrl) !== baseUrl) {
        await configuration.update(ids.baseUrl, baseUrl ?? undefined, ConfigurationTarget.Workspace);
      }
    },
  };
}

function value(id: string): unknown {
  return workspace.getConfiguration().get(id);
}

function text(id: string): string | null {
  const found = value(id);
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : null;
}

function number(id: string): number | null {
  const found = value(id);
  return typeof found === 'number' ? found : null;
}

function oneOf<T extends string>(id: string, known: readonly T[]): T | null {
  const found = value(id);
  return known.find((one) => one === found) ?? null;
}
