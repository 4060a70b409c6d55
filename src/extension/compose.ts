/** Puts the parts of the first stage together, once for the window's life. */
import { type ExtensionContext, type LogOutputChannel, workspace } from 'vscode';
import type { Actions } from './actions.ts';
import { EngineLink } from './link/engineLink.ts';
import { loadClient } from './loadClient.ts';
import { Approvals } from './state/approvals.ts';
import { Recovery } from './state/recovery.ts';
import { Workbench } from './state/workbench.ts';
import type { Surroundings } from './surroundings.ts';
import { type OpenViews, openViews } from './view/openViews.ts';
import { windowEditor } from './window/editor.ts';
import { windowEditorModels } from './window/editorModels.ts';
import { windowExcludes } from './window/excludes.ts';
import { folderPaths } from './window/followWorkspace.ts';
import { windowPerson } from './window/person.ts';
import { windowSettings } from './window/settings.ts';

export function compose(
  context: ExtensionContext,
  channel: LogOutputChannel,
  actions: () => Promise<Actions>,
): Surroundings & { views: OpenViews } {
  const person = windowPerson();
  const settings = windowSettings();
  const editorModels = windowEditorModels(context.languageModelAccessInformation);
  const workbench = new Workbench();
  const secrets = {
    get: async (name: string) => context.secrets.get(name),
    store: async (name: string, value: string) => context.secrets.store(name, value),
    delete: async (name: string) => context.secrets.delete(name),
  };
  const log = (error: unknown): void => channel.error(error instanceof Error ? error : String(error));
  const approvals = new Approvals(
    person,
    (waitingApprovals) => workbench.set({ waitingApprovals }),
    () => {
      actions()
        .then((stage) => stage.tellTooLate())
        .catch(log);
    },
  );
  const module = context.asAbsolutePath('dist/engine.cjs');
  const toEngine = new EngineLink({
    open: async (hooks) => {
      const { openClient } = await loadClient();
      return openClient({ log: channel, module, editorModels, secrets, approvals }, hooks);
    },
    start: () => ({
      folders: folderPaths(),
      trusted: workspace.isTrusted,
      settings: settings.read(),
      excludes: windowExcludes(),
    }),
    log,
  });
  const recovery = new Recovery({
    link: toEngine,
    workbench,
    log,
    note: (line) => channel.warn(line),
    ask: (runId, what) => {
      actions()
        .then((stage) => stage.offerResume(runId, what))
        .catch(log);
    },
  });
  return {
    link: toEngine,
    workbench,
    recovery,
    person,
    settings,
    editorModels,
    secrets,
    editor: windowEditor(channel, () => workbench.set({ trouble: null })),
    views: openViews(toEngine, workbench, recovery, log),
    approvals,
    workspaceState: context.workspaceState,
    log,
  };
}
