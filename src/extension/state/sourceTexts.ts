/** What people read about where tools come from. */
import * as l10n from '@vscode/l10n';
import type { FormatName, ServerState, SourceRow } from '../../protocol/engine.ts';
import * as counts from './counts.ts';
import { oneLine } from './oneLine.ts';

type Seen = Pick<SourceRow, 'path' | 'file' | 'format' | 'server' | 'tools'>;

/** The tools of the running editor: they stand in no file. */
export function isOfEditor({ file, format }: Pick<SourceRow, 'file' | 'format'>): boolean {
  return file === null && format === 'editorTools';
}

/** What it is called: its file without the folder, or the name of the server. */
export function sourceName(source: Pick<Seen, 'path' | 'file' | 'format' | 'server'>): string {
  if (isOfEditor(source)) return l10n.t('Editor');
  return oneLine(source.server?.name ?? source.path.slice(source.path.lastIndexOf('/') + 1));
}

/** The folder of its file, within the workspace folder; empty at the top, and for what is known by another name. */
export function sourceFolder({ path, file, server }: Pick<Seen, 'path' | 'file' | 'server'>): string {
  if (file === null || server !== null) return '';
  return oneLine(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
}

/** In as few words as do, for beside the name; empty for our own manifest, which needs none. */
export function formatWord(source: Pick<Seen, 'file' | 'format' | 'server'>): string {
  if (source.server) return 'MCP';
  return {
    manifest: '',
    openai: 'OpenAI',
    anthropic: 'Anthropic',
    gemini: 'Gemini',
    mcpServers: 'MCP',
    mcpTools: 'MCP',
    openapi: 'OpenAPI',
    editorTools: isOfEditor(source) ? '' : 'VS Code',
    toolbench: 'ToolBench',
    bfcl: 'BFCL',
  }[source.format];
}

/** What it is, as a sentence. */
export function formatSentence(source: Pick<Seen, 'file' | 'format' | 'server'>): string {
  if (source.server) return l10n.t('An MCP server.');
  if (isOfEditor(source)) {
    return l10n.t('Tools of this editor and its extensions. Calls go through the editor, and ask you first.');
  }
  return {
    manifest: () => l10n.t('A tool manifest.'),
    openai: () => l10n.t('Function definitions in the form of OpenAI.'),
    anthropic: () => l10n.t('Tool definitions in the form of Anthropic.'),
    gemini: () => l10n.t('Function declarations in the form of Gemini.'),
    mcpServers: () => l10n.t('A configuration of MCP servers.'),
    mcpTools: () => l10n.t('The saved list of tools of an MCP server.'),
    openapi: () => l10n.t('An OpenAPI document.'),
    editorTools: () => l10n.t('Tools that an extension contributes to VS Code.'),
    toolbench: () => l10n.t('API documentation in the form of ToolBench.'),
    bfcl: () => l10n.t('Function documentation in the form of BFCL.'),
  }[source.format]();
}

export function sourceIcon(source: Pick<Seen, 'file' | 'format' | 'server'>): string {
  const { server } = source;
  if (server) {
    if (server.status === 'starting') return 'loading~spin';
    if (server.status === 'failed') return 'warning';
    return server.transport === 'stdio' ? 'server-process' : 'server';
  }
  if (isOfEditor(source)) return 'vscode';
  return icons[source.format];
}

/** Whether a text is the name of a format that this version knows. */
export function isFormat(name: unknown): name is FormatName {
  return typeof name === 'string' && Object.hasOwn(icons, name);
}

const icons: Record<FormatName, string> = {
  manifest: 'file-code',
  openai: 'json',
  anthropic: 'json',
  gemini: 'json',
  mcpServers: 'plug',
  mcpTools: 'json',
  openapi: 'globe',
  editorTools: 'extensions',
  toolbench: 'database',
  bfcl: 'database',
};

/** How it goes with a server, beside how many tools it has; empty where there is nothing to say. */
export function serverWord(server: Pick<ServerState, 'status' | 'problem'>): string {
  if (isSwitchedOff(server)) return l10n.t('switched off');
  return {
    unlisted: l10n.t('not started'),
    starting: l10n.t('starting'),
    listed: '',
    remembered: l10n.t('remembered'),
    failed: l10n.t('failed'),
  }[server.status];
}

/** Its configuration says that it is not to be started: nobody has asked it, and there is a reason. */
export function isSwitchedOff({ status, problem }: Pick<ServerState, 'status' | 'problem'>): boolean {
  return status === 'unlisted' && problem !== null;
}

/** The same as sentences, with what is started or asked, and what went wrong. */
export function serverSentences(server: ServerState, tools: number): string[] {
  const state = {
    unlisted: () =>
      isSwitchedOff(server)
        ? oneLine(server.problem ?? '', 600)
        : l10n.t('It has not been started, so its tools are not known yet.'),
    starting: () => l10n.t('It is being started.'),
    listed: () => l10n.t('It has {0}.', counts.tools(tools)),
    remembered: () =>
      l10n.t('These are the tools that it listed last. It is started when one of them is called.'),
    failed: () => l10n.t('It failed: {0}', oneLine(server.problem ?? '', 600)),
  }[server.status]();
  return [oneLine(server.shown, 600), ...givenText(server), state];
}

/** The names of what its configuration sets; nothing where it sets nothing. */
export function givenText({ given = [], transport }: Pick<ServerState, 'given' | 'transport'>): string[] {
  if (given.length === 0) return [];
  const names = given.map((name) => oneLine(name, 80)).join(', ');
  return [transport === 'stdio' ? l10n.t('Environment: {0}', names) : l10n.t('Headers: {0}', names)];
}
