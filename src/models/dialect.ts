import type { ChatBody } from './request.ts';

/** What a server has told us about how it wants to be asked; kept for the life of a model instance. */
export interface Dialect {
  /** Newer models of OpenAI take only the second. */
  maxTokens: 'max_tokens' | 'max_completion_tokens';
  /** Parameters that the model or the server does not take. */
  refused: Set<Optional>;
  /** Whether earlier calls with arguments that are no JSON have to be wrapped: some servers parse the history. */
  wrapArguments: boolean;
}

const optional = ['temperature', 'stop', 'seed', 'tool_choice'] as const;
type Optional = (typeof optional)[number];

export function newDialect(): Dialect {
  return { maxTokens: 'max_tokens', refused: new Set(), wrapArguments: false };
}

/** The part of a failed request that says what the server did not like. */
export interface Complaint {
  status: number | null;
  text: string;
  /** The parameter that the server names apart, if it does. */
  param: string | null;
}

const refusal =
  /unsupported|n[o']t (?:be )?support|unknown|unrecogni[sz]ed|unexpected|not permitted|not allowed|extra (?:input|field)|extra_forbidden|only the default|deprecated/i;

/**
 * Changes the dialect when the complaint is about a parameter that can be left out or renamed, and says whether it did:
 * then the same question is worth asking again at once. `body` is what was sent, so the answers of several questions
 * under way at once agree. Each change takes something away, so a question is never repeated without end.
 */
export function adapt(
  dialect: Dialect,
  complaint: Complaint,
  body: ChatBody,
  unreadableHistory: boolean,
): boolean {
  const { status, text } = complaint;
  if (status === null || status < 400) return false;
  if (status === 400 || status === 422) {
    const named = (word: string): boolean =>
      complaint.param === word || new RegExp(`(?<![\\w.])${word}(?!\\w)`).test(text);
    if (refusal.test(text)) {
      if (body.max_tokens !== undefined && (named('max_tokens') || named('max_completion_tokens'))) {
        dialect.maxTokens = 'max_completion_tokens';
        return true;
      }
      const refused = optional.find((word) => word in body && named(word));
      if (refused !== undefined) {
        dialect.refused.add(refused);
        return true;
      }
    }
  }
  // vLLM answers 400 and llama.cpp 500, each with the words of its own JSON parser, so there is no text to look for.
  if (unreadableHistory && !dialect.wrapArguments && (status === 400 || status === 500)) {
    dialect.wrapArguments = true;
    return true;
  }
  return false;
}
