/** Names that a manifest can use: of sources, tools and security schemes. */
import { isJsonObject, type Json } from '../../core/json.ts';
import { namesOf } from '../../tools/bindings/inclusion.ts';
import type { BoundTool, SourceResult } from '../../tools/boundTool.ts';
import { pathMatcher } from '../../tools/glob.ts';
import { inlineYaml } from '../../tools/manifestEdit/yamlEdit.ts';
import type { ManifestFolder } from './completion.ts';
import type { ManifestPlace, Path } from './manifestPlace.ts';

/** Something that can be written. */
export interface Offered {
  kind: 'key' | 'value' | 'placeholder' | 'source' | 'tool';
  label: string;
  /** What is written. */
  text: string;
  /** What it means, as plain text. */
  about: string;
  snippet?: boolean;
}

/** Null where no such name can stand. */
export function namesAt(path: Path, place: ManifestPlace, around: ManifestFolder): Offered[] | null {
  const [list, index, key, ...rest] = path;
  if (list === 'exclude' && typeof index === 'number' && path.length === 2) return sourcesOf(place, around);
  if (list !== 'include' || typeof index !== 'number') return null;
  if (key === 'source' && rest.length === 0) return sourcesOf(place, around);
  const isTools = (key === 'tools' && rest.length === 0) || (key === 'only' && rest.length === 1);
  if (isTools && (place.kind === 'key' || key === 'only')) {
    return toolsAt(place.data, path, around)
      .flatMap(nameOf)
      .filter(({ label }) => !place.siblings.includes(label));
  }
  if (key !== 'auth' || rest.length > 0 || place.kind !== 'key') return null;
  return schemesOf(toolsAt(place.data, path, around))
    .filter((scheme) => !place.siblings.includes(scheme))
    .map((scheme) => ({
      kind: 'key',
      label: scheme,
      text: inlineYaml(scheme),
      about: 'A security scheme of the document.',
    }));
}

/** The tools of which an entry of `include:` speaks. */
export function toolsAt(data: Json, path: Path, { sources }: ManifestFolder): BoundTool[] {
  const entries = isJsonObject(data) ? data.include : null;
  const entry = Array.isArray(entries) ? entries[Number(path[1])] : null;
  const source = isJsonObject(entry) ? entry.source : null;
  if (typeof source !== 'string') return [];
  const named = pathMatcher(source);
  return sources
    .filter(({ path: name, file }) => named(name) || (typeof file === 'string' && named(file)))
    .flatMap(({ tools }) => tools);
}

function sourcesOf({ siblings }: ManifestPlace, { sources }: ManifestFolder): Offered[] {
  return sources
    .filter(({ path }) => !siblings.includes(path) && !/^imaginarium\.ya?ml$/.test(path))
    .map((source) => ({
      kind: 'source',
      label: source.path,
      text: inlineYaml(source.path),
      about: aboutSource(source),
    }));
}

function aboutSource({ tools }: SourceResult): string {
  const names = tools.slice(0, 10).map(({ tool }) => tool.name);
  const more = tools.length > names.length ? ` and ${tools.length - names.length} more` : '';
  return names.length === 0 ? 'None of its tools is known.' : `Tools: ${names.join(', ')}${more}.`;
}

function nameOf(bound: BoundTool): Offered {
  const [written = ''] = namesOf(bound);
  return {
    kind: 'tool',
    label: written,
    text: inlineYaml(written),
    about: bound.tool.description.slice(0, 500),
  };
}

function schemesOf(tools: readonly BoundTool[]): string[] {
  const names = tools.flatMap(({ runner, operation }) => {
    const one = runner?.kind === 'openapi' ? runner : operation;
    return one?.security.flatMap((needs) => needs.map(({ scheme }) => scheme)) ?? [];
  });
  return [...new Set(names)];
}
