import * as l10n from '@vscode/l10n';
import { type ExploreParams, engine } from '../../protocol/engine.ts';
import { editorModelPrefix, offlineModel } from '../../protocol/modelNames.ts';
import { chooseTool } from '../choose/chooseTool.ts';
import { setModel } from '../choose/setModel.ts';
import { isOfEditor } from '../state/sourceTexts.ts';
import { syncAll } from '../state/sync.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';
import { askBeforeRun } from './beforeRun.ts';
import { createToolManifest } from './createToolManifest.ts';
import { followRun } from './followRun.ts';
import { listServer } from './listServer.ts';
import { mayRun } from './mayExplore.ts';
import { maySimulate, maySimulateAll } from './maySimulate.ts';
import { mayStartFor } from './mayStart.ts';

/** Explores one tool: the given one, or the one that the person picks, of the given source or of all. */
export async function exploreTool(around: Surroundings, { toolId, source }: Target = {}): Promise<void> {
  if (!(await mayRun(around))) return;
  if (toolId === undefined) around.link.tell(engine.editorTools, {});
  if (source === undefined && !(await hasTools(around))) return;
  if (toolId === undefined && source !== undefined && !(await isListed(around, source))) return;
  const id = toolId ?? (await chooseTool(around, source));
  if (id === undefined) return;
  const simulate = await maySimulate(around, id);
  if (simulate !== null) await explore(around, [id], simulate);
}

/** Explores every tool that can be run; where there is none, all of them with the model playing them, if the person says so. */
export async function exploreAllTools(around: Surroundings): Promise<void> {
  if (!(await mayRun(around)) || !(await hasTools(around))) return;
  const { sources, runnableTotal, toolsTotal } = around.workbench;
  // Those of the editor are not among them, and all of them can be run.
  const ofEditor = sources?.sources.filter(isOfEditor).reduce((sum, { tools }) => sum + tools, 0) ?? 0;
  if (runnableTotal > ofEditor || toolsTotal === ofEditor) await explore(around, [], false);
  else if (await maySimulateAll(around)) await explore(around, [], true);
}

/** Whether the tools of a source are known, once a server has been asked that has not told them. */
async function isListed(around: Surroundings, source: NonNullable<Target['source']>): Promise<boolean> {
  const row = around.workbench.sources?.sources.find(
    ({ folder, path }) => folder === source.folder && path === source.path,
  );
  return row?.server && row.tools === 0 ? listServer(around, { source }) : true;
}

async function hasTools(around: Surroundings): Promise<boolean> {
  const { link, workbench, person } = around;
  if (workbench.sources === null || workbench.remembered) await syncAll(link, workbench);
  if (workbench.toolsTotal > 0) return true;
  const answer = await person.tell(
    'info',
    l10n.t(
      'There are no tools in this workspace yet. OpenAPI documents, MCP configurations and function definitions are found by themselves; others can be described in a manifest.',
    ),
    l10n.t('Create Tool Manifest'),
  );
  if (answer !== undefined) await createToolManifest(around);
  return false;
}

async function explore(around: Surroundings, tools: string[], simulate: boolean): Promise<void> {
  const { link, workbench, settings, editorModels } = around;
  const set = settings.read();
  const choice = set.model ? { model: set.model, baseUrl: set.baseUrl } : await setModel(around);
  if (!choice) return;
  const { model, baseUrl } = choice;
  const fromEditor = model.startsWith(editorModelPrefix);
  const name = fromEditor ? await editorModels.allow(model.slice(editorModelPrefix.length)) : model;
  const params: ExploreParams = {
    tools,
    model,
    ...(baseUrl === null ? {} : { baseUrl }),
    ...(simulate ? { simulate } : {}),
  };
  const accepted = await askBeforeRun(around, params, { name, isSampler: model === offlineModel });
  if (!accepted || !(await mayStartFor(around, tools))) return;
  const { runId } = await link.request(engine.explore, accepted);
  workbench.own(runId);
  void followRun(around, runId);
}
