import * as l10n from '@vscode/l10n';
import { engine, type Page, type ToolRow } from '../../protocol/engine.ts';
import * as counts from '../state/counts.ts';
import { oneLine } from '../state/oneLine.ts';
import type { Choice, Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';

/** Tools that the list shows at most: who does not see theirs types more of its name. */
const listed = 100;
/** Of a catalogue in which hardly a tool can be run, no more pages than this are looked through for each text. */
const pages = 5;

/**
 * Id of the tool that the person picks, of one source or of all; undefined when none. The engine searches as the person
 * types. Those that cannot be run come after those that can, unless any may be picked; those of the editor come last.
 */
export function chooseTool(
  { link, workbench, person }: Surroundings,
  source?: Target['source'],
  any?: { title: string },
): Promise<string | undefined> {
  const find = async (text: string, gone: AbortSignal): Promise<Choice<string>[]> => {
    const found: ToolRow[] = [];
    const stuck: ToolRow[] = [];
    let after: string | null = null;
    for (let page = 0; page < pages && found.length < listed && !gone.aborted; page += 1) {
      const { rows, next }: Page<ToolRow> = await link.request(engine.tools, {
        limit: listed,
        ...(source === undefined ? {} : { source }),
        ...(text.trim() === '' ? {} : { text: text.trim() }),
        ...(after === null ? {} : { after }),
      });
      found.push(...rows.filter(({ runnable }) => runnable || any !== undefined));
      stuck.push(...rows.filter(({ runnable }) => !runnable && any === undefined));
      after = next;
      if (next === null) break;
    }
    // What comes with the editor is seldom what somebody has come for.
    const ofEditor = found.filter(({ source: { path } }) => path === 'editor');
    const own = found.filter(({ source: { path } }) => path !== 'editor');
    return [...own, ...stuck, ...ofEditor].slice(0, listed).map(choiceOf);
  };
  const { toolsTotal, sources } = workbench;
  const row = sources?.sources.find(({ folder, path }) => folder === source?.folder && path === source.path);
  const searched = row?.tools ?? toolsTotal;
  return person.search({
    title: any?.title ?? l10n.t('Explore Tool'),
    placeholder: l10n.t('Search {0} by name or description', counts.tools(searched)),
    find,
    nothing: (text) => l10n.t('No tool matches “{0}”.', text),
  });
}

/** The source stands in the id, before the name. */
function choiceOf({ id, name, description, runnable, counts: { examples } }: ToolRow): Choice<string> {
  const source = id.slice(0, Math.max(0, id.lastIndexOf('#')));
  return {
    label: oneLine(name),
    description: [
      oneLine(source),
      ...(runnable ? [] : [l10n.t('cannot be run')]),
      ...(examples > 0 ? [counts.examples(examples)] : []),
    ].join(' · '),
    detail: oneLine(description),
    value: id,
  };
}
