import type { CoverageCell } from '../../core/explore/coverage.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Random } from '../../core/random.ts';
import type { Tool } from '../../core/tool.ts';
import { argumentAt, withArgument } from './arguments.ts';
import { isRefused, type Knowledge } from './knowledge.ts';
import { likelyValue, untriedValue } from './sample.ts';
import type { Slot } from './slots.ts';

/** How often a plan tries something that nobody has checked, once there is something that works. */
const probeShare = 0.35;
/** How often a query forgets something that is needed, as people do. */
const forgetfulShare = 0.12;
/** After so many refusals and no success an optional argument is left alone most of the time. */
const hopeless = 4;
const tries = 8;

/**
 * Arguments worth a trial: likely to be taken, with something new about them. Before anything has worked this is a
 * search among guesses that were not refused; afterwards it varies what worked and now and then probes.
 */
export function planArguments(
  tool: Tool,
  knowledge: Knowledge,
  uncovered: readonly CoverageCell[],
  random: Random,
): JsonObject {
  let plan: JsonObject = {};
  for (let attempt = 0; attempt < tries; attempt++) {
    const works = knowledge.workedCalls.length > 0;
    plan =
      works && random.next() < probeShare
        ? probe(tool, knowledge, uncovered, random)
        : vary(tool, knowledge, uncovered, random);
    if (!knowledge.wasTried(plan)) return plan;
  }
  return plan;
}

/** Every needed slot with a likely value, and some of the others; uncovered cells come first. */
function vary(
  tool: Tool,
  knowledge: Knowledge,
  uncovered: readonly CoverageCell[],
  random: Random,
): JsonObject {
  const base = knowledge.workedCalls.length > 0 ? random.pick(knowledge.workedCalls.slice(-20)) : {};
  const branches = [
    ...new Set(knowledge.slots.map((slot) => slot.branch).filter((branch) => branch !== undefined)),
  ];
  const branch = branches.length > 0 ? random.pick(branches) : undefined;
  let plan: JsonObject = {};
  for (const slot of knowledge.slots) {
    if (knowledge.unexpected.has(slot.pointer) && !slot.required) continue;
    if (slot.branch !== undefined && slot.branch !== branch) continue;
    const proven = argumentAt(base, slot.pointer);
    if (!isGiven(slot, proven !== undefined, knowledge, uncovered, random)) continue;
    const keeps = proven !== undefined && knowledge.slots.length > 1 && random.next() < 0.4;
    plan = withArgument(
      plan,
      slot.pointer,
      keeps ? proven : steered(tool, slot, knowledge, uncovered, random),
    );
  }
  return completed(tool, plan, knowledge, random);
}

/** With what an object that is given needs, although it might have been left out as a whole. */
function completed(tool: Tool, plan: JsonObject, knowledge: Knowledge, random: Random): JsonObject {
  let whole = plan;
  for (const slot of knowledge.slots) {
    if (slot.within === undefined || knowledge.unexpected.has(slot.pointer)) continue;
    if (argumentAt(whole, slot.within) === undefined || argumentAt(whole, slot.pointer) !== undefined)
      continue;
    whole = withArgument(whole, slot.pointer, likelyValue(tool, slot, knowledge, random));
  }
  return whole;
}

/** A call that worked, with one thing about it that is not known to work. */
function probe(
  tool: Tool,
  knowledge: Knowledge,
  uncovered: readonly CoverageCell[],
  random: Random,
): JsonObject {
  const base = random.pick(knowledge.workedCalls.slice(-20));
  if (knowledge.slots.length === 0) return base;
  const cell = uncovered.length > 0 ? random.pick(uncovered) : null;
  const aimed =
    cell &&
    knowledge.slots.find(({ pointer }) => pointer === cell.subject && !knowledge.unexpected.has(pointer));
  const taken = knowledge.slots.filter(({ pointer }) => !knowledge.unexpected.has(pointer));
  const slot = aimed ?? random.pick(taken.length > 0 ? taken : knowledge.slots);
  const given = argumentAt(base, slot.pointer);
  if (given !== undefined && cell?.kind === 'left_out' && aimed && !slot.required)
    return withArgument(base, slot.pointer, undefined);
  if (given !== undefined && random.next() < (slot.required ? forgetfulShare : 0.25))
    return withArgument(base, slot.pointer, undefined);
  const value = uncoveredValue(slot, uncovered, random) ?? untriedValue(tool, slot, knowledge, random);
  return value === undefined ? base : withArgument(base, slot.pointer, value);
}

function isGiven(
  slot: Slot,
  proven: boolean,
  knowledge: Knowledge,
  uncovered: readonly CoverageCell[],
  random: Random,
): boolean {
  if (slot.required || knowledge.missing.has(slot.pointer)) return true;
  const { refused, worked } = knowledge.of(slot.pointer);
  if (refused.length >= hopeless && worked.length === 0) return random.next() < 0.15;
  const cell = uncovered.find(({ kind, subject }) => subject === slot.pointer && kind !== 'error');
  if (cell?.kind === 'left_out') return random.next() < 0.15;
  if (cell) return random.next() < 0.75;
  return random.next() < (proven ? 0.6 : 0.3);
}

function steered(
  tool: Tool,
  slot: Slot,
  knowledge: Knowledge,
  uncovered: readonly CoverageCell[],
  random: Random,
): Json {
  const wanted = random.next() < 0.7 ? uncoveredValue(slot, uncovered, random) : undefined;
  const isOpen = wanted !== undefined && !isRefused(knowledge.of(slot.pointer), wanted);
  return isOpen ? wanted : likelyValue(tool, slot, knowledge, random);
}

function uncoveredValue(slot: Slot, uncovered: readonly CoverageCell[], random: Random): Json | undefined {
  const values = uncovered.flatMap(({ kind, subject, value }) =>
    kind === 'value' && subject === slot.pointer && value !== undefined ? [value] : [],
  );
  return values.length > 0 ? random.pick(values) : undefined;
}
