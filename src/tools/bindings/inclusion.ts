/** Entries of `include:`, ready to be asked which sources and tools they speak of. */
import { basename } from 'node:path/posix';
import type { BoundTool, Include, McpServerSpec, ServiceSpec, SourceResult } from '../boundTool.ts';
import { globMatcher, isGlob, type Matches, namesMatcher, pathMatcher } from '../glob.ts';

/** An entry of `include:`, ready to be asked. */
export interface Inclusion {
  include: Include;
  /** The manifest it stands in. */
  manifest: SourceResult;
  services: ServiceSpec[];
  /** Whether it speaks of a source. */
  means(source: SourceResult): boolean;
  /** Whether it speaks of a tool of such a source, by one of its names. */
  only: ((names: readonly string[]) => boolean) | null;
  /** Keys of `tools` with wildcards. */
  patterns: { key: string; matches: Matches }[];
}

/** Names under which a manifest may speak of a tool: as it is written, and as models see it. */
export function namesOf({ tool, written }: BoundTool): string[] {
  return written && written.name !== tool.name ? [written.name, tool.name] : [tool.name];
}

/** Order of manifests, by what they count. */
export function weakestFirst(a: SourceResult, b: SourceResult): number {
  return depth(b) - depth(a) || Number(isMain(a)) - Number(isMain(b)) || (a.path < b.path ? 1 : -1);
}

function depth({ path }: SourceResult): number {
  return path.split('/').length;
}

function isMain({ path }: SourceResult): boolean {
  return /^imaginarium\.ya?ml$/.test(basename(path));
}

export function inclusionsOf(manifest: SourceResult): Inclusion[] {
  const { include, services } = manifest.bindings ?? { include: [], services: [] };
  return include.map((one) => {
    const named = pathMatcher(one.source);
    const only = one.only && namesMatcher(one.only);
    const keys = Object.keys(one.tools).filter(isGlob);
    return {
      include: one,
      manifest,
      services,
      means: remembered((source) => {
        if (source.format === 'manifest') return source.path === one.source;
        return named(source.path) || (typeof source.file === 'string' && named(source.file));
      }),
      only: only && ((names) => names.some(only)),
      patterns: keys.map((key) => ({ key, matches: globMatcher(key) })),
    };
  });
}

/** The server with the environment that manifests give it. */
export function serverGiven(server: McpServerSpec, given: readonly Inclusion[]): McpServerSpec {
  const manifestEnv: Record<string, string> = Object.assign({}, ...given.map(({ include }) => include.env));
  return { ...server, manifestEnv, manifestServices: servicesOf(given) };
}

/** The services of several manifests; of two with one name that of the manifest that counts more. */
export function servicesOf(inclusions: readonly { services: readonly ServiceSpec[] }[]): ServiceSpec[] {
  const byName = new Map(inclusions.flatMap(({ services }) => services).map((one) => [one.name, one]));
  return [...byName.values()];
}

/** Each source is looked at once. */
function remembered(means: Inclusion['means']): Inclusion['means'] {
  const known = new Map<SourceResult, boolean>();
  return (source) => {
    const found = known.get(source) ?? means(source);
    known.set(source, found);
    return found;
  };
}
