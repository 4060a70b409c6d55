/** The tools of the running editor as a source, and the specs in the workspace that describe one of them. */
import type { Risk } from '../../core/tool.ts';
import type { EditorTool } from '../../protocol/engine.ts';
import { type BoundTool, defaultTimeoutMs, type SourceResult } from '../../tools/boundTool.ts';
import { boundTools, type FoundSpec } from '../../tools/formats/boundTools.ts';
import { guessRisk } from '../../tools/risk.ts';

/** Name of the source. */
export const editorSource = 'editor';

/** Our own tools begin with it: a model that explores them would explore itself. */
const own = 'imaginarium_';
/** Time limit of a call, milliseconds: the editor may ask the person before it runs a tool, and waits. */
const timeoutMs = 120_000;

/** Whether a tool comes from the running editor rather than from the workspace. */
export function isOfEditor({ tool }: Pick<BoundTool, 'tool'>): boolean {
  return tool.source.path === editorSource;
}

/** The source `editor`, which belongs to no file; null when the editor has no tools. */
export function sourceOfEditor(
  tools: readonly EditorTool[],
  folder: string,
  timeout: number | null,
): SourceResult | null {
  const specs = tools.filter(({ name }) => !name.startsWith(own)).map(specOf);
  if (specs.length === 0) return null;
  const nowhere = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  const where = { source: editorSource, file: editorSource, folder, locate: () => nowhere };
  const found = boundTools(specs, where, { timeoutMs: timeout ?? timeoutMs });
  return {
    path: editorSource,
    file: null,
    format: 'editorTools',
    folder,
    tools: found.tools,
    // They stand in no file of the workspace: nobody who reads them here could mend them.
    problems: [],
    budget: {},
  };
}

/**
 * Gives the specs of editor tools that an extension in the workspace contributes to the tools of the same name that the
 * editor has now.
 */
export function bindToEditor(
  sources: readonly SourceResult[],
  tools: readonly EditorTool[] | null,
): SourceResult[] {
  if (tools === null) return [...sources];
  const names = new Set(tools.map(({ name }) => name));
  return sources.map((source) =>
    source.format === 'editorTools' && source.path !== editorSource
      ? { ...source, tools: source.tools.map((bound) => bind(bound, names)) }
      : source,
  );
}

function bind(bound: BoundTool, names: ReadonlySet<string>): BoundTool {
  const name = bound.written?.name ?? bound.tool.name;
  if (!names.has(name)) {
    return {
      ...bound,
      runner: null,
      notRunnable: 'The running editor has no tool of this name: install its extension in this editor.',
      tool: { ...bound.tool, runnable: false },
    };
  }
  return {
    ...bound,
    runner: { kind: 'editor', name },
    notRunnable: null,
    timeoutMs: bound.timeoutMs === defaultTimeoutMs ? timeoutMs : bound.timeoutMs,
    tool: { ...bound.tool, runnable: true, ...riskOf(name) },
  };
}

function specOf({ name, description, inputSchema }: EditorTool): FoundSpec {
  return {
    name,
    description,
    schema: inputSchema ?? { type: 'object', properties: {} },
    at: '',
    schemaAt: '',
    runner: { kind: 'editor', name },
    notRunnable: null,
    ...riskOf(name),
  };
}

/** Whatever its name says it is not taken for mild; one that destroys by its name is asked about call by call. */
function riskOf(name: string): { risk: Risk; riskReason: string } {
  const { risk, reason } = guessRisk({ name });
  return risk === 'destructive'
    ? { risk, riskReason: reason }
    : { risk: 'unknown', riskReason: reasonOf(name) };
}

/** The editor names a tool of an MCP server that it knows `mcp_<server>_<tool>`. */
function reasonOf(name: string): string {
  return name.startsWith('mcp_')
    ? 'An MCP server that the editor knows runs it, and nothing says what a call may change.'
    : 'An extension of the editor runs it, and nothing says what a call may change.';
}
