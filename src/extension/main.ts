/** The first stage: everything the window shows, without the language client and without the engine. */
import { type ExtensionContext, ExtensionMode, window } from 'vscode';
import type { Actions } from './actions.ts';
import { registerCommands } from './commands/register.ts';
import { registerTools } from './compare/registerTools.ts';
import { compose } from './compose.ts';
import { followEngine } from './followEngine.ts';
import { LastTextEditor } from './insert/lastTextEditor.ts';
import { registerDrop } from './insert/registerDrop.ts';
import type { EngineLink } from './link/engineLink.ts';
import { loadActions } from './loadActions.ts';
import { registerPanel } from './panel/registerPanel.ts';
import { answerInstead, type TestApi } from './testApi.ts';
import { registerTrials } from './trial/registerTrials.ts';
import { followContextKeys } from './view/contextKeys.ts';
import { statusBar } from './view/statusBar.ts';
import { followWorkspace } from './window/followWorkspace.ts';
import { rememberSources } from './window/rememberSources.ts';
import { useTranslations } from './window/translations.ts';

let link: EngineLink | undefined;

/** Called by VS Code when the extension is first needed. */
export function activate(context: ExtensionContext): TestApi | undefined {
  const began = performance.now();
  useTranslations();
  const log = window.createOutputChannel('Imaginarium', { log: true });
  let stage: Promise<Actions> | undefined;
  const actions = (): Promise<Actions> => {
    stage ??= loadActions().then(({ openActions }) =>
      openActions(around, { extension: context.extensionUri, lastEditor, memento: context.globalState }),
    );
    return stage;
  };
  const lastEditor = new LastTextEditor();
  const around = compose(context, log, actions);
  const { workbench, views } = around;
  context.subscriptions.push(log, ...followWorkspace(around), ...followEngine(around, log));
  context.subscriptions.push(
    views,
    ...rememberSources(context, workbench, around.log),
    statusBar(workbench),
    followContextKeys(workbench, views),
    ...registerCommands(actions),
    ...registerTrials(actions, workbench),
    ...registerTools(actions, workbench),
    registerPanel(actions),
    registerDrop(actions),
    lastEditor,
  );
  link = around.link;
  if (workbench.folders > 0) wakeLater(around);
  const activationMs = performance.now() - began;
  const at = new Date(performance.timeOrigin + began).toISOString();
  log.info(`Activation began at ${at} and took ${activationMs.toFixed(1)} ms.`);
  if (context.extensionMode !== ExtensionMode.Test) return undefined;
  return {
    link,
    workbench,
    tree: views.tools,
    runs: views.runs,
    views,
    activationMs,
    drop: async (text, document, position) =>
      (await (await actions()).dropExamples(text, document, position))?.edit,
    answer: (answers) => answerInstead(around.person, answers),
  };
}

/** How long what the last window showed may take to be on the screen before the engine is started, milliseconds. */
const patience = 400;

/**
 * Starts the engine when activation has ended: loading the client is most of the work. A window that can show what the last
 * one showed does that first.
 */
function wakeLater({ link: engine, workbench, views }: ReturnType<typeof compose>): void {
  const wake = (): void => engine.wake();
  if (workbench.remembered) views.tools.whenDrawn(wake, patience);
  else setImmediate(wake);
}

/** Called by VS Code when the window closes; it waits for the engine's end. */
export async function deactivate(): Promise<void> {
  await link?.dispose();
}
