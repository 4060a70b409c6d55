/**
 * What a command works on: a row of a view, a mark or row of the dashboard, a link of a trial log. Everything that offers
 * commands hands over one of these, and nothing of its own: it comes over borders (a webview, another bundle), so whoever
 * takes it checks it.
 */
export interface Target {
  /** Id of the tool. */
  toolId?: string;
  trialId?: string;
  exampleId?: string;
  runId?: string;
  /** Id of a learned problem. */
  problemId?: string;
  /** A source: the absolute path of its folder, and its name in there. */
  source?: { folder: string; path: string };
  /** Where it is written: absolute path, line and column from 1. */
  place?: { path: string; line: number; column: number };
}

/** Something that stands for a target: the rows of our trees. */
export interface HasTarget {
  readonly target: Target;
}

/** The target that a command was given; empty when it was called without one, or with something else. */
export function targetOf(argument: unknown): Target {
  if (!isObject(argument)) return {};
  const given = isObject(argument.target) ? argument.target : argument;
  const target: Target = {};
  for (const key of ['toolId', 'trialId', 'exampleId', 'runId', 'problemId'] as const) {
    const value = given[key];
    if (typeof value === 'string') target[key] = value;
  }
  const { place, source } = given;
  if (isObject(source) && typeof source.path === 'string' && typeof source.folder === 'string') {
    target.source = { folder: source.folder, path: source.path };
  }
  if (isObject(place) && typeof place.path === 'string' && Number(place.line) > 0) {
    target.place = { path: place.path, line: Number(place.line), column: Number(place.column) || 1 };
  }
  return target;
}

/** The targets of several rows that are selected; a view hands over the clicked row and all selected ones. */
export function targetsOf(argument: unknown, selected: unknown): Target[] {
  const all = Array.isArray(selected) && selected.length > 1 ? selected : [argument];
  return all.map(targetOf);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
