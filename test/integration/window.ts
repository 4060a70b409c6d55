/** What the suites share: the extension in this window, and waiting for what it does. */
import assert from 'node:assert/strict';
import { type ConfigurationTarget, commands, extensions, type Uri, workspace } from 'vscode';
import type { TestApi } from '../../src/extension/testApi.ts';
import type { ToolNode } from '../../src/extension/view/model/toolNode.ts';
import { commands as ids } from '../../src/protocol/contributions.ts';
import type { RunSummary, TrialRow } from '../../src/protocol/engine.ts';
import { engine } from '../../src/protocol/engine.ts';
import { eventually } from '../helpers/eventually.ts';

export { eventually };

/** Our extension, awake; what it asks before a run is answered with Start, unless a test answers otherwise. */
export async function openExtension(): Promise<TestApi> {
  const extension = extensions.getExtension<TestApi>('imaginarium.imaginarium');
  assert.ok(extension, 'The extension is not installed.');
  const api = await extension.activate();
  api.answer({ decide: async (_question, _detail, answers) => answers[0] });
  return api;
}

/** Our extension, awake and with its tools listed; what it tells the person goes to `said`. */
export async function openListed(said: string[]): Promise<TestApi> {
  const api = await openExtension();
  api.answer({
    tell: async (_severity, text) => {
      said.push(text);
      return undefined;
    },
  });
  await listed(api);
  return api;
}

/** The engine has listed the tools. */
export async function listed(api: TestApi): Promise<void> {
  await eventually('tools are listed', () => !api.workbench.remembered && api.workbench.toolsTotal > 0);
}

/** The rows of all tools in the view Tools, as they are drawn now; of a source, the first page. */
export async function toolNodes(api: TestApi): Promise<ToolNode[]> {
  await api.tree.getChildren();
  const { sources } = api.tree.model;
  await Promise.all(sources.map((source) => source.children()));
  return sources.flatMap(({ tools }) => tools);
}

/** Names of all tools, as the window would list them: at most 1,000. */
export async function toolNames(api: TestApi): Promise<string[]> {
  const { rows } = await api.link.request(engine.tools, { limit: 1000 });
  return rows.map(({ name }) => name);
}

/** The row of a tool, by its name. */
export async function toolNode(api: TestApi, name: string): Promise<ToolNode> {
  const found = (await toolNodes(api)).find(({ row }) => row.label === name);
  assert.ok(found, `no row ${name}`);
  return found;
}

/** Prints a line into the report. */
export function note(text: string): void {
  console.log(`${process.env.IMAGINARIUM_TEST_MARK ?? ''}      ${text}`);
}

/** URI of a file in a workspace folder. */
export function fileIn(path: string, folder = 0): Uri {
  const root = workspace.workspaceFolders?.[folder]?.uri;
  assert.ok(root, `There is no folder ${folder}.`);
  return root.with({ path: `${root.path}/${path}` });
}

/** Sets a setting of the extension for the time of a test; the result sets it back. */
export async function setting(
  name: string,
  value: unknown,
  target: ConfigurationTarget,
): Promise<() => Promise<void>> {
  const before = workspace.getConfiguration().inspect(name)?.workspaceValue;
  await workspace.getConfiguration().update(name, value, target);
  return async () => workspace.getConfiguration().update(name, before, target);
}

/** The run that `begin` starts; it may have ended already. */
export async function nextRun(api: TestApi, begin: () => unknown): Promise<RunSummary> {
  const before = new Set(api.workbench.runs.map((run) => run.id));
  await begin();
  return eventually('a run begins', () => api.workbench.runs.find((run) => !before.has(run.id)));
}

/** Resumes by command, and waits until the run is on again. */
export async function resume(api: TestApi, runId: string): Promise<void> {
  await commands.executeCommand(ids.resume);
  await eventually('the run goes on', () => api.workbench.running.some((run) => run.id === runId));
}

/** The run when it has ended, however it did. */
export function ended(api: TestApi, runId: string, limit = 30_000): Promise<RunSummary> {
  return eventually(
    'the run ends',
    () => {
      const run = api.workbench.run(runId);
      return run && run.status !== 'running' ? run : undefined;
    },
    limit,
  );
}

/** Every trial of a run, as the engine lists them. */
export async function trialsOf(api: TestApi, runId: string): Promise<TrialRow[]> {
  const { rows, next } = await api.link.request(engine.trials, { runId, limit: 1000 });
  assert.equal(next, null);
  return rows;
}

/** Asserts that no place of a run has two trials. */
export function assertNothingDoubled(rows: TrialRow[]): void {
  const places = rows.map(({ tool, episode, trial }) => `${tool} ${episode}.${trial}`);
  assert.equal(new Set(places).size, places.length, `doubled: ${places.sort().join(', ')}`);
  assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
}
