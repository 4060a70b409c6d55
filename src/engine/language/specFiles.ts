/** Which tools and servers stand in which file, and where: what every language feature begins with. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Position } from 'vscode-languageserver/node';
import type { BoundTool, McpServerSpec, SourceResult } from '../../tools/boundTool.ts';
import type { SpecRange } from '../../tools/formats/document.ts';
import type { ToolIndex } from '../catalogue/toolIndex.ts';

/** A file with what stands in it, in the order in which it stands there. */
export interface SpecFileTools {
  /** Absolute. */
  path: string;
  tools: PlacedTool[];
  servers: PlacedServer[];
}

export interface PlacedTool {
  bound: BoundTool;
  source: SourceResult;
}

export interface PlacedServer {
  spec: McpServerSpec;
  /** The source that its tools are in; absent while nothing is known of it. */
  source: SourceResult | undefined;
  folder: string;
  /** Name of that source. */
  path: string;
}

/** Made anew with each reading of the specs, when somebody first asks. */
export class SpecFiles {
  readonly #index: () => ToolIndex;
  #of: ToolIndex | null = null;
  #files: ReadonlyMap<string, SpecFileTools> = new Map();

  /** `index` gives the same object as long as no spec was read anew. */
  constructor(index: () => ToolIndex) {
    this.#index = index;
  }

  /** The file of this URI; null when nothing of ours stands in it. */
  at(uri: string): SpecFileTools | null {
    const path = pathOf(uri);
    return path === null ? null : (this.all.get(path) ?? null);
  }

  /** By absolute path. */
  get all(): ReadonlyMap<string, SpecFileTools> {
    const index = this.#index();
    if (index !== this.#of) {
      this.#of = index;
      this.#files = filesOf(index.sources);
    }
    return this.#files;
  }
}

/** The path of a `file:` URI; null for any other. */
export function pathOf(uri: string): string | null {
  try {
    return fileURLToPath(uri);
  } catch {
    return null;
  }
}

/** The tool on whose name a position lies. */
export function toolNamedAt(file: SpecFileTools, position: Position): PlacedTool | null {
  return file.tools.find(({ bound }) => bound.spot && covers(bound.spot.name, position)) ?? null;
}

/** The server in whose entry's first line, where its name stands, a position lies. */
export function serverNamedAt(file: SpecFileTools, position: Position): PlacedServer | null {
  return file.servers.find(({ spec }) => spec.source.line === position.line + 1) ?? null;
}

function covers(range: SpecRange, { line, character }: Position): boolean {
  const [start, end] = [range.line - 1, range.endLine - 1];
  if (line < start || line > end) return false;
  return (line > start || character >= range.column - 1) && (line < end || character <= range.endColumn - 1);
}

function filesOf(sources: readonly SourceResult[]): Map<string, SpecFileTools> {
  const files = new Map<string, SpecFileTools>();
  const fileAt = (folder: string, file: string): SpecFileTools => {
    const path = join(folder, file);
    const known = files.get(path) ?? { path, tools: [], servers: [] };
    files.set(path, known);
    return known;
  };
  const listed = new Set(
    sources.flatMap(({ folder, path, server }) => (server ? [`${folder}\n${path}`] : [])),
  );
  for (const source of sources) {
    const { folder, path, server, servers = [] } = source;
    const file = source.file === undefined ? path : source.file;
    if (file === null) continue;
    const into = fileAt(folder, file);
    // What a server told stands in no file: only its entry does.
    if (server === undefined) into.tools.push(...source.tools.map((bound) => ({ bound, source })));
    for (const spec of servers) {
      const name = server === undefined ? `${file}#${spec.name}` : path;
      if (server !== undefined) into.servers.push({ spec, source, folder, path: name });
      else if (!listed.has(`${folder}\n${name}`)) {
        into.servers.push({ spec, source: undefined, folder, path: name });
      }
    }
  }
  for (const file of files.values()) {
    file.tools.sort((a, b) => a.bound.tool.source.line - b.bound.tool.source.line);
    file.servers.sort((a, b) => a.spec.source.line - b.spec.source.line);
  }
  return files;
}
