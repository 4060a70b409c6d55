import type { Risk } from '../core/tool.ts';
import { WrongRequest } from '../engine/errors.ts';
import type { CatalogueTool, RunSummary } from '../protocol/engine.ts';
import { namesOf } from './text.ts';

/** A tool, as far as it matters whether its calls may be made. */
type Judged = Pick<CatalogueTool, 'id' | 'name' | 'risk'>;

/**
 * What a person should hear before a run whose calls will be blocked, and how to allow them; no line when there is
 * nothing to say. Nobody is asked for approval in a terminal.
 */
export function blockedLines(
  run: Pick<RunSummary, 'tools' | 'simulated' | 'allowWrites'>,
  tools: readonly Judged[],
): string[] {
  const inRun = tools.filter(({ id }) => run.tools.includes(id) && !run.simulated?.includes(id));
  const { writing, destroying } = blocked(inRun, run.allowWrites);
  return [
    ...(writing.length > 0
      ? [
          `Calls that may change things will be blocked (a run with --allow-writes makes them): ${namesOf(writing)}`,
        ]
      : []),
    ...(destroying.length > 0
      ? [`Calls that may destroy things never run from here: ${namesOf(destroying)}`]
      : []),
  ];
}

/** All tools of a workspace whose calls can be made, and what to say of those whose calls cannot. */
export interface MayRun {
  /** Ids; none where nothing has to be left out. */
  tools: string[];
  lines: string[];
}

/**
 * Of all tools those that may run here: trials of the others would cost model calls and end before the tool. Whoever names
 * a tool gets it all the same. Throws `WrongRequest` where no call may be made.
 *
 * @param simulate tools that nothing can run are played
 */
export function mayRun(
  tools: readonly (Judged & Pick<CatalogueTool, 'runnable' | 'simulated'>)[],
  { allowWrites = false, simulate = false }: { allowWrites?: boolean; simulate?: boolean },
): MayRun {
  const { writing, destroying } = blocked(
    tools.filter(({ runnable, simulated }) => runnable && !simulated),
    allowWrites,
  );
  const left = [...writing, ...destroying];
  if (left.length === 0) return { tools: [], lines: [] };
  const rest = tools.filter((tool) => !left.includes(tool));
  const going = rest.filter(({ runnable, simulated }) => runnable || simulated || simulate);
  const cannot = rest.filter((tool) => !going.includes(tool));
  if (going.length === 0) {
    throw new WrongRequest(
      `Calls of all tools that can be run may change things: ${namesOf(left)}.`,
      writing.length > 0
        ? 'With --allow-writes those that destroy nothing are explored. Or say in imaginarium.yaml which only read (risk: read).'
        : 'Say in imaginarium.yaml what they may do (risk: read or risk: write), or explore them in the editor, which asks for each call.',
    );
  }
  return {
    tools: going.map(({ id }) => id),
    lines: [
      ...(writing.length > 0
        ? [`Left out, since calls may change things (--allow-writes makes them): ${namesOf(writing)}`]
        : []),
      ...(destroying.length > 0
        ? [`Left out, since calls may destroy things, which never run from here: ${namesOf(destroying)}`]
        : []),
      ...(cannot.length > 0
        ? [`Left out, since nothing can run them (imaginarium tools says why): ${namesOf(cannot)}`]
        : []),
    ],
  };
}

function blocked<T extends Judged>(tools: readonly T[], allowWrites: boolean) {
  const of = (...risks: Risk[]): T[] => tools.filter(({ risk }) => risks.includes(risk));
  return { writing: allowWrites ? [] : of('write', 'unknown'), destroying: of('destructive') };
}
