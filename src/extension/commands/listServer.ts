import * as l10n from '@vscode/l10n';
import { engine, type SourceRow } from '../../protocol/engine.ts';
import * as counts from '../state/counts.ts';
import { oneLine } from '../state/oneLine.ts';
import { serverWord } from '../state/sourceTexts.ts';
import { syncAll } from '../state/sync.ts';
import type { Choice, Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';
import { mayExplore } from './mayExplore.ts';
import { isServer, mayStart } from './mayStart.ts';

/**
 * Starts a server that a source is, and lists its tools: the given one, or the one that the person picks. Resolves with
 * whether they are known now.
 */
export async function listServer(around: Surroundings, { source }: Pick<Target, 'source'>): Promise<boolean> {
  if (!(await mayExplore(around))) return false;
  const { link, workbench, person } = around;
  if (workbench.sources === null || workbench.remembered) await syncAll(link, workbench);
  const servers = (workbench.sources?.sources ?? []).filter(isServer);
  const row =
    source === undefined
      ? await chooseServer(around, servers)
      : servers.find(({ folder, path }) => folder === source.folder && path === source.path);
  if (row === undefined) {
    if (servers.length === 0)
      await person.tell('info', l10n.t('No file in this workspace names an MCP server.'));
    else if (source !== undefined)
      await person.tell('info', l10n.t('This server is no longer in the workspace.'));
    return false;
  }
  if (!(await mayStart(around, [row]))) return false;
  const name = oneLine(row.server.name, 80);
  let tools = 0;
  await person.follow(async (report, cancelled) => {
    report(l10n.t('Starting {0} and listing its tools', name), 0);
    const { folder, path } = row;
    ({ tools } = await link.request(engine.listServer, { folder, path }, cancelled));
  });
  await syncAll(link, workbench);
  void person.tell('info', l10n.t('{0} has {1}.', name, counts.tools(tools)));
  return true;
}

type ServerRow = ReturnType<typeof servers>[number];
const servers = (rows: readonly SourceRow[]) => rows.filter(isServer);

async function chooseServer(
  { person }: Surroundings,
  rows: readonly ServerRow[],
): Promise<ServerRow | undefined> {
  if (rows.length < 2) return rows[0];
  const choices = rows.map(
    (row): Choice<ServerRow> => ({
      label: oneLine(row.server.name),
      description: [
        ...(row.tools > 0 ? [counts.tools(row.tools)] : []),
        serverWord(row.server),
        oneLine(row.file ?? ''),
      ]
        .filter(Boolean)
        .join(' · '),
      detail: oneLine(row.server.shown),
      icon: row.server.transport === 'stdio' ? 'server-process' : 'server',
      value: row,
    }),
  );
  return person.pick(l10n.t('Start Server and List Tools'), l10n.t('Which server?'), choices);
}
