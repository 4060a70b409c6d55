import type { Json, JsonObject } from '../../core/json.ts';
import { canonicalJson } from '../../core/json.ts';
import type { PastCall, ToolMemory } from '../../core/memory/longTerm.ts';
import type { Tool } from '../../core/tool.ts';
import type { Step } from '../../core/trial.ts';
import { argumentAt, argumentEntries } from './arguments.ts';
import type { Finding } from './learn/finding.ts';
import { learnFromErrors } from './learnFromErrors.ts';
import { isSuccess } from './outcome.ts';
import { type Slot, slotsOf, unlistedSlot } from './slots.ts';

/** What calls so far have shown about one argument. */
export interface SlotKnowledge {
  /** Values in calls that the tool took, the latest last. */
  worked: Json[];
  /** The same as canonical JSON. */
  workedTexts: Set<string>;
  /** Values that an error text blamed. */
  refused: Json[];
  /** Values in failed calls whose error blamed nobody. */
  suspect: Json[];
  findings: Finding[];
}

/** What is known of a tool: its schema, and what its answers have taught. */
export interface Knowledge {
  slots: Slot[];
  of(pointer: string): SlotKnowledge;
  /** Arguments that the tool took, the latest last. */
  workedCalls: JsonObject[];
  /** Whether just these arguments were tried before. */
  wasTried(args: JsonObject): boolean;
  missing: ReadonlySet<string>;
  unexpected: ReadonlySet<string>;
}

/** How far back memory is read, calls: older ones say what newer ones say. */
const remembered = 200;

/** Gathers what memory and the steps of this trial show. A value that once worked is no longer held refused. */
export function knowledgeOf(tool: Tool, memory: ToolMemory, steps: readonly Step[]): Knowledge {
  const slots = slotsOf(tool.parameters);
  const bySlot = new Map<string, SlotKnowledge>();
  const workedCalls: JsonObject[] = [];
  const tried = new Set<string>();
  const missing = new Set<string>();
  const unexpected = new Set<string>();
  const of = (pointer: string): SlotKnowledge => {
    const known = bySlot.get(pointer) ?? {
      worked: [],
      workedTexts: new Set<string>(),
      refused: [],
      suspect: [],
      findings: [],
    };
    bySlot.set(pointer, known);
    return known;
  };

  const succeeded = (args: JsonObject): void => {
    const { text, entries } = argumentsRead(args);
    tried.add(text);
    workedCalls.push(args);
    for (const entry of entries) {
      const known = of(entry.pointer);
      known.worked.push(entry.value);
      known.workedTexts.add(entry.text);
    }
  };
  const failed = (args: JsonObject, findings: Finding[]): void => {
    const { text, entries } = argumentsRead(args);
    tried.add(text);
    for (const finding of findings) {
      if (finding.kind === 'missing') missing.add(finding.pointer);
      else if (finding.kind === 'unexpected') unexpected.add(finding.pointer);
      else if (finding.kind === 'refused') of(finding.pointer).refused.push(finding.value);
      else of(finding.pointer).findings.push(finding);
    }
    if (findings.length > 0) return;
    for (const { pointer, value } of entries) of(pointer).suspect.push(value);
  };

  for (const past of memory.calls.slice(-remembered)) {
    if (past.call.tool !== tool.id) continue;
    const args = past.call.arguments;
    if (past.ok) succeeded(args);
    else failed(args, findingsOfPast(past, tool, slots));
  }
  for (const fix of memory.fixes.slice(-remembered)) {
    if (fix.worked.tool === tool.id) succeeded(fix.worked.arguments);
  }
  for (const step of steps) {
    if (step.call?.tool !== tool.id) continue;
    if (isSuccess(step)) succeeded(step.call.arguments);
    else failed(step.call.arguments, findingsOf(step, slots));
  }
  for (const pointer of missing)
    if (!slots.some((slot) => slot.pointer === pointer)) slots.push(unlistedSlot(pointer));
  for (const known of bySlot.values()) {
    known.refused = known.refused.filter((value) => !hasWorked(known, value));
  }
  return { slots, of, workedCalls, wasTried: (args) => tried.has(canonicalJson(args)), missing, unexpected };
}

/** The arguments of a call, and each value in them, with their canonical JSON. */
interface ArgumentsRead {
  text: string;
  entries: { pointer: string; value: Json; text: string }[];
}

/** Calls in memory come again with every question: read once, forgotten with the call itself. */
const argumentsBefore = new WeakMap<JsonObject, ArgumentsRead>();

function argumentsRead(args: JsonObject): ArgumentsRead {
  const before = argumentsBefore.get(args);
  if (before) return before;
  const entries = argumentEntries(args).map(([pointer, value]) => ({
    pointer,
    value,
    text: canonicalJson(value),
  }));
  const read = { text: canonicalJson(args), entries };
  argumentsBefore.set(args, read);
  return read;
}

/** What was read from the calls in memory, which come again with every question; forgotten with the call itself. */
const readBefore = new WeakMap<PastCall, { specHash: string; findings: Finding[] }>();

function findingsOfPast(past: PastCall, tool: Tool, slots: readonly Slot[]): Finding[] {
  if (!past.failure) return [];
  const before = readBefore.get(past);
  if (before?.specHash === tool.specHash) return before.findings;
  const { message, argument } = past.failure;
  const findings = learnFromErrors(message, past.call.arguments, slots, argument);
  readBefore.set(past, { specHash: tool.specHash, findings });
  return findings;
}

/** What a failed step teaches: the words of the schema check and those of the tool, each with the argument it names. */
export function findingsOf(step: Step, slots: readonly Slot[]): Finding[] {
  if (!step.call) return [];
  const args = step.call.arguments;
  const said = step.failures.map((failure) => ({ text: failure.message, about: failure.argument }));
  const { status, content } = step.observation;
  const isAnswer = status === 'rejected' || status === 'tool_fault' || status === 'ok';
  if (isAnswer && !said.some(({ text }) => text.includes(content)))
    said.push({ text: content, about: undefined });
  const findings = said.flatMap(({ text, about }) => learnFromErrors(text, args, slots, about));
  const seen = new Set<string>();
  return findings.filter(
    (finding) => !seen.has(JSON.stringify(finding)) && seen.add(JSON.stringify(finding)),
  );
}

/** Whether a value is held refused, and did not work either. */
export function isRefused(known: SlotKnowledge, value: Json): boolean {
  const text = canonicalJson(value);
  return known.refused.some((refused) => canonicalJson(refused) === text);
}

/** Whether the tool has taken a call with this value. */
export function hasWorked(known: SlotKnowledge, value: Json): boolean {
  return known.workedTexts.has(canonicalJson(value));
}

/** The slots that a call leaves empty although they are needed, by the schema or by what the tool said. */
export function emptySlots(args: JsonObject, knowledge: Knowledge): Slot[] {
  return knowledge.slots.filter(
    (slot) =>
      (slot.required || knowledge.missing.has(slot.pointer)) && argumentAt(args, slot.pointer) === undefined,
  );
}
