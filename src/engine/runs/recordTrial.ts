import { exampleOf } from '../../core/exploit/example.ts';
import { emptyMemory, remember, type ToolMemory } from '../../core/memory/index.ts';
import type { Tool } from '../../core/tool.ts';
import type { Trial } from '../../core/trial.ts';
import { StoreFailure } from '../errors.ts';
import type { RunContext } from './runContext.ts';

/**
 * Keeps a finished trial, with what it teaches, in one transaction, and only then tells of it. Returns long-term memory
 * after it. Throws `StoreFailure`: then nothing of the trial is kept, and everything before it is.
 */
export function recordTrial(context: RunContext, tool: Tool, memory: ToolMemory, trial: Trial): ToolMemory {
  const { store, run } = context;
  try {
    // Lessons are kept across all runs, also where the settings keep earlier ones out of the model's memory: witnesses
    // are added to what stands in the store.
    const known = { ...emptyMemory(), lessons: store.lessonsOf(tool.id) };
    const { lessons, fixes } = remember(known, trial, tool);
    const example = exampleOf(trial, {
      languageModel: run.model.isLanguageModel,
      riskOf: (id) => context.catalogue.find((one) => one.id === id)?.risk,
    });
    store.recordTrial({ trial, lessons, fixes, example });
    const row = store.trialRow(trial.id);
    if (row) context.events.publish({ type: 'trial', row });
  } catch (error) {
    throw new StoreFailure(error);
  }
  context.files.soon();
  return remember(memory, trial, tool).memory;
}
