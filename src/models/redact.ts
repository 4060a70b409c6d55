/** What stands where a secret stood. */
const hidden = '[key]';

/** Things that look like keys: servers repeat them in their errors, often with stars in the middle. */
const keyShapes = [
  /\bBearer\s+[^\s"',;]+/gi,
  /\b(?:sk|pk|rk|gsk|xai|hf)[-_][A-Za-z0-9_*.-]{6,}/g,
  /\bAIza[A-Za-z0-9_*-]{10,}/g,
];

/** A function that takes our key, and whatever looks like one, out of a text that came from a server. */
export function redactor(apiKey: string | null): (text: string) => string {
  return (text) => {
    const own = apiKey === null ? text : text.replaceAll(apiKey, hidden);
    return keyShapes.reduce((rest, shape) => rest.replace(shape, hidden), own);
  };
}
