/** What a call of an MCP tool brought, as the text that a model is told: what is no text is described. */
import type { CallToolResult } from '@modelcontextprotocol/client';
import { Output } from '../runners/output.ts';

type Block = CallToolResult['content'][number];

/** @param limit bytes */
export function contentOf(result: CallToolResult, limit: number): { content: string; truncated: boolean } {
  const parts = (result.content ?? []).map(blockText);
  const { structuredContent } = result;
  if (structuredContent !== undefined && !saysTheSame(parts, structuredContent)) {
    parts.push(JSON.stringify(structuredContent));
  }
  const output = new Output(limit);
  for (const [index, part] of parts.entries()) output.add(Buffer.from(index === 0 ? part : `\n${part}`));
  return { content: output.text(), truncated: output.truncated };
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'text':
      return block.text;
    case 'image':
    case 'audio':
      return `[${block.type}: ${block.mimeType}, ${size(block.data)}]`;
    case 'resource_link': {
      const { uri, name, mimeType, size: bytes, description } = block;
      const facts = [name, mimeType, bytes === undefined ? undefined : `${bytes} bytes`, description];
      return `[link to the resource ${uri}: ${facts.filter(Boolean).join(', ')}]`;
    }
    case 'resource': {
      const { resource } = block;
      const kind = resource.mimeType ? `, ${resource.mimeType}` : '';
      if ('text' in resource) return `[resource ${resource.uri}${kind}]\n${resource.text}`;
      return `[resource ${resource.uri}${kind}, ${size(resource.blob)}]`;
    }
    default:
      return `[${String((block as { type: unknown }).type)}]`;
  }
}

/** Servers repeat their structured answer as text for older clients, or wrap their text for newer ones. */
function saysTheSame(parts: readonly string[], structured: unknown): boolean {
  const written = JSON.stringify(structured);
  const members = typeof structured === 'object' && structured !== null ? Object.values(structured) : [];
  if (members.length === 1 && members[0] === parts.join('\n')) return true;
  return parts.some((part) => {
    try {
      return JSON.stringify(JSON.parse(part)) === written;
    } catch {
      return false;
    }
  });
}

/** Of a base64 text, in bytes. */
function size(base64: string): string {
  const padding = /=*$/.exec(base64)?.[0].length ?? 0;
  return `${Math.max(0, Math.floor((base64.length * 3) / 4) - padding)} bytes`;
}
