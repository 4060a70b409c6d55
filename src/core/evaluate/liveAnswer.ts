import type { ChatAnswer } from '../chat.ts';
import { readCallArguments } from '../explore/readArguments.ts';
import { readReact } from '../explore/readReact.ts';
import { type PredictedCall, type Prediction, predictedCall } from './grade.ts';
import { attemptsCall } from './strict/attempt.ts';

/** What a model answered over its native tool calls, as a prediction: read as exploration reads it. */
export function nativePrediction(
  { text, toolCalls }: Pick<ChatAnswer, 'text' | 'toolCalls'>,
  toolNames: readonly string[],
): Prediction {
  const calls: PredictedCall[] = [];
  for (const { name, arguments: given } of toolCalls) {
    const read = readCallArguments(given);
    if (!read.ok) return { kind: 'unreadable', why: `The arguments of "${name}" are no JSON object.` };
    calls.push(predictedCall(name, read.arguments));
  }
  if (calls.length > 0) return { kind: 'calls', calls };
  if (text.trim() === '') return { kind: 'unreadable', why: 'It says nothing.' };
  if (attemptsCall(text, toolNames)) return { kind: 'unreadable', why: 'It writes a call as a text.' };
  return { kind: 'text', text };
}

/** The same over the text protocol, in which only a final answer is an answer without a call. */
export function reactPrediction(text: string, toolNames: readonly string[]): Prediction {
  const read = readReact(text, toolNames);
  if (read.kind === 'call') return { kind: 'calls', calls: [predictedCall(read.name, read.arguments)] };
  if (read.kind === 'final' && read.answer !== '') return { kind: 'text', text: read.answer };
  if (read.kind === 'unreadable' && read.why === 'unknown-tool') {
    return { kind: 'calls', calls: [predictedCall(read.name ?? '', {})] };
  }
  return { kind: 'unreadable', why: 'It is neither a call nor a final answer.' };
}
