/** The rows of selected examples, each with where it is from. */
import type { TrainingTool } from '../../core/exploit/training/candidates.ts';
import { inSeededOrder } from '../../core/exploit/training/families.ts';
import { whole } from '../../core/slices.ts';
import type { Example } from '../../core/trial.ts';
import type { ToolIndex } from '../catalogue/toolIndex.ts';
import { conversationOf, type ToolDefinition } from './conversation.ts';
import type { FailedCalls } from './failedCalls.ts';
import type { DataFormat, Row } from './formats/index.ts';
import { type ManifestRow, originOf } from './manifest.ts';
import { pairsOf } from './pairs.ts';
import type { Selected } from './selection.ts';
import type { Loss } from './turns.ts';

/** A row with where it is from. */
export interface Placed {
  row: Row;
  origin: ManifestRow['origin'];
}

/** A tool that rows offer. */
export type OfferedTool = ToolDefinition & { specHash: string };

export interface RowSettings {
  loss: Loss;
  /** Further tools of the same source that each row offers. */
  siblings: number;
  seed: number;
}

export class PlacedRows {
  readonly #format: DataFormat;
  readonly #settings: RowSettings;
  readonly #index: ToolIndex;
  readonly #failed: FailedCalls;
  readonly #offered = new Map<string, OfferedTool>();

  constructor(format: DataFormat, settings: RowSettings, index: ToolIndex, failed: FailedCalls) {
    this.#format = format;
    this.#settings = settings;
    this.#index = index;
    this.#failed = failed;
  }

  /** What the rows so far offer, by name. */
  get offered(): OfferedTool[] {
    return [...this.#offered.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The rows of an example whose tools are in the catalogue; none where the format has nothing to say of it. */
  of({ example, family, why, batch }: Selected): Placed[] {
    const format = this.#format;
    const tool = (id: string): TrainingTool | null => this.#index.definition(id);
    const others = this.#siblings(example);
    const conversation = conversationOf(example, tool, others);
    const pairs = format.needsPairs
      ? pairsOf(example, conversation, this.#failed.of(example), (id) => tool(id)?.name ?? null)
      : [];
    const rows = format.rows({ conversation, pairs }, { loss: this.#settings.loss });
    const own = tool(example.tool) as TrainingTool;
    const called = example.calls.flatMap((call) => tool(call.tool) ?? []);
    const hashes = new Map([own, ...called, ...others].map(({ name, specHash }) => [name, specHash]));
    if (rows.length > 0) {
      for (const one of conversation.tools)
        this.#offered.set(one.name, { ...one, specHash: hashes.get(one.name) ?? '' });
    }
    const origin = originOf(example, { family, why, batch }, own);
    return rows.map((row) => ({
      row: format.takesMore ? { ...row, imaginarium: { ...origin } } : row,
      origin,
    }));
  }

  /** Other tools of the same source, for the model to choose among. */
  #siblings(example: Example): TrainingTool[] {
    const { siblings, seed } = this.#settings;
    if (siblings === 0) return [];
    const own = this.#index.definition(example.tool);
    const source = this.#index.sources.find(({ path }) => path === own?.source.path);
    const taken = new Set([example.tool, ...example.calls.map(({ tool }) => tool)]);
    const others = source?.tools.map(({ tool }) => tool.id).filter((id) => !taken.has(id)) ?? [];
    return whole(inSeededOrder(others, seed, `siblings of ${example.id}`))
      .slice(0, siblings)
      .flatMap((id) => this.#index.definition(id) ?? []);
  }
}
