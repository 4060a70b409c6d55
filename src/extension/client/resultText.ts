/** What a tool of the editor gave back, as one text: what is no text is described. Knows no editor. */

/** A part of a result. `prompt`: text laid out by the library `@vscode/prompt-tsx`, as its JSON. */
export type ResultPart =
  | { kind: 'text'; text: string }
  | { kind: 'data'; mimeType: string; data: Uint8Array }
  | { kind: 'prompt'; value: unknown }
  | { kind: 'other' };

/** Media types whose bytes are text. */
const textual = /^text\/|[/+](?:json|xml|yaml)\b|\/(?:javascript|x-ndjson)\b/;
/** Deeper than any prompt is laid out. */
const deepest = 200;

export function resultText(parts: readonly ResultPart[]): string {
  return parts.map(textOf).filter(Boolean).join('\n');
}

function textOf(part: ResultPart): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'data':
      return textual.test(part.mimeType)
        ? new TextDecoder().decode(part.data)
        : `[${part.mimeType}, ${part.data.length} bytes]`;
    case 'prompt':
      return promptText(part.value, 0);
    case 'other':
      return '[A part that is neither text nor data]';
  }
}

/** The texts of a laid-out prompt: its nodes have children, its leaves a text, and a text may begin a line of its own. */
function promptText(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null || depth > deepest) return '';
  if ('node' in value) return promptText(value.node, depth + 1);
  if ('text' in value && typeof value.text === 'string') {
    return 'lineBreakBefore' in value && value.lineBreakBefore ? `\n${value.text}` : value.text;
  }
  if (!('children' in value) || !Array.isArray(value.children)) return '';
  return value.children.map((child) => promptText(child, depth + 1)).join('');
}
