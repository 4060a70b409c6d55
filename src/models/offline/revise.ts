import type { Json, JsonObject } from '../../core/json.ts';
import type { Random } from '../../core/random.ts';
import type { Tool } from '../../core/tool.ts';
import { argumentAt, argumentEntries, withArgument } from './arguments.ts';
import { emptySlots, hasWorked, isRefused, type Knowledge } from './knowledge.ts';
import type { Finding } from './learn/finding.ts';
import { fits, rulesOf } from './rules.ts';
import { likelyValue, mended, untriedValue } from './sample.ts';
import { type Slot, unlistedSlot } from './slots.ts';
import { spellings } from './spellings.ts';

const tries = 6;

/**
 * The call changed after a failure: what the error named is mended, first in the query's own meaning, then with another
 * value. Null when nothing is left to change. `findings` are those of the failure; the knowledge has them, too.
 */
export function revised(
  tool: Tool,
  args: JsonObject,
  findings: readonly Finding[],
  knowledge: Knowledge,
  random: Random,
): JsonObject | null {
  const blamed = repaired(tool, args, findings, knowledge, random);
  if (!knowledge.wasTried(blamed)) return blamed;
  for (let attempt = 0; attempt < tries; attempt++) {
    const guess = shaken(tool, blamed, findings, knowledge, random);
    if (!knowledge.wasTried(guess)) return guess;
  }
  return null;
}

/** The arguments with everything known to be wrong about them set right, as it can be before a call is made. */
export function prepared(tool: Tool, args: JsonObject, knowledge: Knowledge, random: Random): JsonObject {
  let better = args;
  for (const [pointer, value] of argumentEntries(args)) {
    const slot = knowledge.slots.find((one) => one.pointer === pointer);
    if (!slot || !isRefused(knowledge.of(pointer), value)) continue;
    const same = mended(value, slot, knowledge);
    if (same !== undefined) better = withArgument(better, pointer, same);
  }
  for (const slot of knowledge.slots) {
    if (isUnwanted(slot, better, knowledge)) better = withArgument(better, slot.pointer, undefined);
    if (knowledge.missing.has(slot.pointer) && argumentAt(better, slot.pointer) === undefined) {
      better = withArgument(better, slot.pointer, likelyValue(tool, slot, knowledge, random));
    }
  }
  return better;
}

/** Whether the tool wants it never together with another argument of the call. */
function isUnwanted({ pointer }: Slot, args: JsonObject, knowledge: Knowledge): boolean {
  return knowledge
    .of(pointer)
    .findings.some((finding) => finding.kind === 'alone' && argumentAt(args, finding.other) !== undefined);
}

function repaired(
  tool: Tool,
  args: JsonObject,
  findings: readonly Finding[],
  knowledge: Knowledge,
  random: Random,
): JsonObject {
  let better = args;
  const done = new Set<string>();
  for (const finding of findings) {
    const { pointer } = finding;
    if (done.has(pointer)) continue;
    done.add(pointer);
    if (finding.kind === 'unexpected' || finding.kind === 'alone')
      better = withArgument(better, pointer, undefined);
    else if (findings.some((one) => one.kind === 'swap' && one.pointer === pointer))
      better = swapped(better, findings);
    else
      better = withArgument(
        better,
        pointer,
        replacement(tool, argumentAt(args, pointer), pointer, knowledge, random),
      );
  }
  for (const slot of emptySlots(better, knowledge)) {
    const isAsked = findings.some(({ kind, pointer }) => kind === 'missing' && pointer === slot.pointer);
    if (isAsked) better = withArgument(better, slot.pointer, likelyValue(tool, slot, knowledge, random));
  }
  return better;
}

function replacement(
  tool: Tool,
  value: Json | undefined,
  pointer: string,
  knowledge: Knowledge,
  random: Random,
): Json {
  const slot = knowledge.slots.find((one) => one.pointer === pointer) ?? unlistedSlot(pointer);
  const known = knowledge.of(pointer);
  if (value !== undefined && !isRefused(known, value) && fits(value, rulesOf(slot, known))) return value;
  const same = value === undefined ? undefined : mended(value, slot, knowledge);
  // Blind respelling that has failed before is not the way: something else may at least show what the tool takes.
  const isBlind = known.findings.length === 0 && known.refused.length > 2 && random.next() < 0.5;
  return isBlind || same === undefined ? likelyValue(tool, slot, knowledge, random) : same;
}

/** Nobody was named, or mending did not help: one argument that has never worked is changed, or an optional one goes. */
function shaken(
  tool: Tool,
  args: JsonObject,
  findings: readonly Finding[],
  knowledge: Knowledge,
  random: Random,
): JsonObject {
  const named = new Set(findings.map(({ pointer }) => pointer));
  const given = knowledge.slots.filter((slot) => argumentAt(args, slot.pointer) !== undefined);
  const blamed = given.filter((slot) => named.has(slot.pointer));
  const unproven = given.filter(
    (slot) => !hasWorked(knowledge.of(slot.pointer), argumentAt(args, slot.pointer) ?? null),
  );
  const choice = blamed.length > 0 ? blamed : terseAmong(args, unproven.length > 0 ? unproven : given);
  const absent = knowledge.slots.filter(
    (slot) =>
      !given.includes(slot) && !knowledge.unexpected.has(slot.pointer) && !isUnwanted(slot, args, knowledge),
  );
  if (choice.length === 0 || (absent.length > 0 && blamed.length === 0 && random.next() < 0.3)) {
    const added = absent.length > 0 ? random.pick(absent) : null;
    return added ? withArgument(args, added.pointer, likelyValue(tool, added, knowledge, random)) : args;
  }
  const slot = random.pick(choice);
  if (!slot.required && random.next() < 0.3) return withArgument(args, slot.pointer, undefined);
  const value = argumentAt(args, slot.pointer) ?? null;
  const rules = rulesOf(slot, knowledge.of(slot.pointer));
  const others = spellings(value).filter(
    (other) => fits(other, rules) && !isRefused(knowledge.of(slot.pointer), other),
  );
  const respelled = others.length > 0 && random.next() < 0.6 ? random.pick(others.slice(0, 6)) : undefined;
  return withArgument(
    args,
    slot.pointer,
    respelled ?? untriedValue(tool, slot, knowledge, random) ?? likelyValue(tool, slot, knowledge, random),
  );
}

/** Free text is seldom what a tool refuses: where there are other arguments, those are changed. */
function terseAmong(args: JsonObject, slots: readonly Slot[]): readonly Slot[] {
  const terse = slots.filter((slot) => !/\s/.test(String(argumentAt(args, slot.pointer))));
  return terse.length > 0 ? terse : slots;
}

function swapped(args: JsonObject, findings: readonly Finding[]): JsonObject {
  const order = findings.find((finding) => finding.kind === 'swap');
  if (order?.kind !== 'swap') return args;
  const [one, other] = [argumentAt(args, order.pointer), argumentAt(args, order.other)];
  if (one === undefined || other === undefined) return args;
  return withArgument(withArgument(args, order.pointer, other), order.other, one);
}
