/** Before a server of the workspace is started for the first time, the person sees what would be started, and is asked. */
import * as l10n from '@vscode/l10n';
import type { ServerState, SourceRow } from '../../protocol/engine.ts';
import { visible } from '../state/harmless.ts';
import { givenText } from '../state/sourceTexts.ts';
import { syncAll } from '../state/sync.ts';
import type { Surroundings } from '../surroundings.ts';

type Asking = Pick<Surroundings, 'person' | 'workspaceState'>;
type Server = Pick<SourceRow, 'path' | 'file'> & { server: ServerState };

/** Under which the hashes of the configurations are kept that may be started in this workspace. */
const key = 'startedServers';
/** Hashes that are kept; the oldest go first. */
const kept = 200;
/** Of a command line, characters. */
const shownLimit = 4000;

/** Whether these servers may be started. The answer is remembered for a configuration as it is now. */
export async function mayStart(
  { person, workspaceState }: Asking,
  servers: readonly Server[],
): Promise<boolean> {
  const allowed = allowedIn(workspaceState);
  const asked = servers.filter(({ server: { hash } }) => hash === undefined || !allowed.includes(hash));
  const [first] = asked;
  if (first === undefined) return true;
  const connects = asked.every(({ server }) => server.transport !== 'stdio');
  const name = visible(first.server.name, 80);
  const question =
    asked.length > 1
      ? l10n.t('Start {0} MCP servers?', String(asked.length))
      : connects
        ? l10n.t('Connect to the MCP server {0}?', name)
        : l10n.t('Start the MCP server {0}?', name);
  const yes = connects ? l10n.t('Connect') : l10n.t('Start');
  const warning = connects
    ? l10n.t('It gets everything that its tools are called with.')
    : l10n.t('It is a program and may do on this computer what you may do.');
  const detail = [...asked.map((one) => described(one, asked.length > 1)), warning].join('\n\n');
  if ((await person.decide(question, detail, [yes])) !== yes) return false;
  const hashes = asked.flatMap(({ server: { hash } }) => hash ?? []);
  await workspaceState.update(key, [...new Set([...allowed, ...hashes])].slice(-kept));
  return true;
}

/** The same for the servers that a run on these tools starts; of all tools, when none is named. */
export async function mayStartFor(around: Surroundings, tools: readonly string[]): Promise<boolean> {
  const { link, workbench } = around;
  // What was remembered over a reload may be another by now.
  if (workbench.sources === null || workbench.remembered) await syncAll(link, workbench);
  return mayStart(around, serversOf(workbench.sources?.sources ?? [], tools));
}

/** The servers among the sources that these tools come from; of all tools, when none is named. */
function serversOf(sources: readonly SourceRow[], tools: readonly string[]): Server[] {
  return sources.filter(isServer).filter(({ path, tools: count }) =>
    tools.length === 0
      ? count > 0
      : // The id of a tool begins with its source, behind the name of the folder where there are several.
        tools.some((id) => id.startsWith(`${path}#`) || id.includes(`/${path}#`)),
  );
}

export function isServer<R extends SourceRow>(row: R): row is R & { server: ServerState } {
  return row.server !== null;
}

function described({ file, server }: Server, named: boolean): string {
  const { name, shown } = server;
  const from = file === null ? '' : visible(file, 200);
  return [
    ...(named ? [`${visible(name, 80)}:`] : []),
    visible(shown, shownLimit),
    ...givenText(server),
    ...(from === '' ? [] : [l10n.t('Named in {0}', from)]),
  ].join('\n');
}

function allowedIn(state: Surroundings['workspaceState']): string[] {
  const stored = state.get(key);
  return Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : [];
}
