import type { Json } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import type { Step } from '../../core/trial.ts';

/** Whether the tool took the call and answered with something else than an error. */
export function isSuccess(step: Step): boolean {
  return step.call !== null && step.observation.status === 'ok' && !looksLikeError(step.observation.content);
}

/** The last step that succeeded; undefined when none did. */
export function successIn(steps: readonly Step[]): Step | undefined {
  return steps.findLast(isSuccess);
}

/** Some tools answer 200 and say in the body that it went wrong. */
function looksLikeError(content: string): boolean {
  const text = content.trim();
  if (/^(?:error|exception|fatal|traceback)\b\s*[:(]/i.test(text)) return true;
  if (!text.startsWith('{') || text.length > 20_000) return false;
  const body = parsed(text);
  return isJsonObject(body) && Object.keys(body).length <= 3 && Boolean(body.error ?? body.errors);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
