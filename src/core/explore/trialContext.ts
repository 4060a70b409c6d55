import { isInForce } from '../exploit/usable.ts';
import type { ToolMemory } from '../memory/longTerm.ts';
import type { Ports } from '../ports.ts';
import { deriveSeed } from '../random.ts';
import type { ExploreSettings } from '../settings.ts';
import type { PlayedWorld } from '../simulate/play.ts';
import type { Tool } from '../tool.ts';
import type { TrialPlace } from '../trial.ts';
import { type CoverageCell, uncoveredCells } from './coverage.ts';
import type { PromptSet } from './prompts.ts';
import { fill } from './prompts.ts';
import type { WireProtocol } from './protocol.ts';
import type { TrialTalk } from './talk.ts';

/** What imagining, acting and reflecting of one trial share. */
export interface TrialContext {
  place: TrialPlace;
  /** Of the trial; each model call derives its own. */
  seed: number;
  tool: Tool;
  /** The explored tool and its siblings, in the order in which the model is told of them. */
  offered: readonly Tool[];
  /** Nothing stands in the episode's conversation yet. */
  opening: boolean;
  memory: ToolMemory;
  settings: ExploreSettings;
  prompts: PromptSet;
  protocol: WireProtocol;
  talk: TrialTalk;
  /** The tools are played by a model; null when they are really called. */
  world: PlayedWorld | null;
  ports: Ports;
}

/** Long-term memory as the settings let the model have it: the paper's is the queries alone. Retired lessons stay out. */
export function visibleMemory(context: TrialContext): ToolMemory {
  const { memory, settings } = context;
  if (settings.lessonsInMemory) return { ...memory, lessons: memory.lessons.filter(isInForce) };
  return { ...memory, calls: [], lessons: [], fixes: [] };
}

/** What the model may be told is still uncovered. */
export function coverageHints(context: TrialContext): CoverageCell[] {
  return context.settings.coverageHints ? uncoveredCells(context.tool, context.memory) : [];
}

/** The parts every purpose has, with a seed of its own. */
export function purposeOf(context: TrialContext, ...seed: (string | number)[]) {
  return { tool: context.tool, memory: visibleMemory(context), seed: deriveSeed(context.seed, ...seed) };
}

/** A prompt with the tool's texts filled in. */
export function promptText(context: TrialContext, part: keyof PromptSet['texts'], query = ''): string {
  const { tool, offered } = context;
  return fill(context.prompts.texts[part], {
    api_descriptions: `API_name: ${tool.name}\nDescription: ${tool.description}`,
    api_parameters: JSON.stringify(tool.parameters),
    api_names: offered.map((one) => one.name).join(', '),
    other_tools: otherTools(context),
    query,
  });
}

/** The siblings in words, for the text protocol; native calls carry them as data. */
function otherTools({ tool, offered }: TrialContext): string {
  const others = offered.filter((one) => one.id !== tool.id);
  if (others.length === 0) return '';
  const lines = others.map(
    (one) => `${one.name}: ${one.description} Parameters: ${JSON.stringify(one.parameters)}`,
  );
  return `These tools are there as well:\n${lines.join('\n')}\n\n`;
}
