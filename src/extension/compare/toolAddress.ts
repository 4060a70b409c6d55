/** The addresses of tools as documents: as their source has them, and as models see them. */
import { toolName } from '../../core/toolName.ts';
import { languages } from '../../protocol/contributions.ts';

export const toolScheme = languages.tool;

/** `written`: in the words of its format. `shown`: what models are told. */
export type ToolSide = 'written' | 'shown';

/** The parts of a URI of the scheme `imaginarium-tool`. */
export interface ToolAddress {
  path: string;
  /** The side, a colon, and the id of the tool. */
  query: string;
}

/** `label` is what the tab says behind the name. */
export function toolAddress(id: string, side: ToolSide, label: string): ToolAddress {
  // Without what has a meaning in a path, and what cannot be seen.
  const name = toolName(id)
    .slice(0, 80)
    .replace(/[\\/*?<>|%#\p{C}\p{Z}]+/gu, ' ')
    .trim();
  return { path: `/${name} · ${label}.tool`, query: `${side}:${id}` };
}

/** What a document of ours shows; null for any other. */
export function readToolAddress({
  scheme,
  query,
}: {
  scheme: string;
  query: string;
}): { id: string; side: ToolSide } | null {
  const [, side, id] = /^(written|shown):(.+)$/s.exec(query) ?? [];
  if (scheme !== toolScheme || id === undefined) return null;
  return { id, side: side === 'written' ? 'written' : 'shown' };
}
