/** The ids in a `package.json` of an extension, by kind, and how they differ from those that the code declares. */

/** Kind of contribution (`commands`, `settings`, …) → ids. */
export type Ids = Record<string, Set<string>>;

/** The part of a `package.json` that declares ids. */
export interface ExtensionManifest {
  activationEvents?: string[];
  contributes?: {
    commands?: { command: string; enablement?: string }[];
    viewsContainers?: Record<string, { id: string }[]>;
    views?: Record<string, { id: string; when?: string }[]>;
    viewsWelcome?: { view: string; when?: string }[];
    menus?: Record<string, { command?: string; when?: string }[]>;
    keybindings?: { command: string; when?: string }[];
    /** The editor takes one group or several. */
    configuration?: SettingsGroup | SettingsGroup[];
    languages?: { id: string }[];
    walkthroughs?: { id: string }[];
    chatParticipants?: { id: string }[];
    languageModelTools?: { name: string; when?: string }[];
  };
}

interface SettingsGroup {
  properties?: Record<string, unknown>;
}

/** Every id that the manifest declares; context keys are those of ours that its conditions read. */
export function manifestIds({ activationEvents = [], contributes = {} }: ExtensionManifest): Ids {
  const { commands = [], viewsContainers = {}, views = {}, viewsWelcome = [], menus = {} } = contributes;
  const { keybindings = [], languages = [], walkthroughs = [], chatParticipants = [] } = contributes;
  const { languageModelTools = [] } = contributes;
  const containers = Object.values(viewsContainers).flat();
  const allViews = Object.values(views).flat();
  const items = [
    ...Object.values(menus).flat(),
    ...allViews,
    ...viewsWelcome,
    ...keybindings,
    ...languageModelTools,
  ];
  const conditions = [...items.map((item) => item.when), ...commands.map((command) => command.enablement)];
  const ids: Ids = {
    commands: new Set(commands.map((command) => command.command)),
    settings: new Set(
      [contributes.configuration ?? []].flat().flatMap((group) => Object.keys(group.properties ?? {})),
    ),
    viewsContainers: new Set(containers.map((container) => container.id)),
    views: new Set(allViews.map((view) => view.id)),
    // A panel has no contribution of its own; that the editor wakes us to bring one back names it.
    panels: new Set(activationEvents.flatMap((event) => /^onWebviewPanel:(.+)$/.exec(event)?.[1] ?? [])),
    languages: new Set(languages.map((language) => language.id)),
    walkthroughs: new Set(walkthroughs.map((walkthrough) => walkthrough.id)),
    chatParticipants: new Set(chatParticipants.map((participant) => participant.id)),
    languageModelTools: new Set(languageModelTools.map((tool) => tool.name)),
  };
  ids.contextKeys = keysOf(conditions.join(' '), new Set([...(ids.views ?? [])]));
  return ids;
}

/** Our context keys in `when` clauses; a view's id on the right of `view ==` is not one. */
function keysOf(conditions: string, views: Set<string>): Set<string> {
  const names = conditions.match(/\bimaginarium\.[\w.]+/g) ?? [];
  return new Set(names.filter((name) => !views.has(name) && !name.startsWith('imaginarium.config')));
}

/** One sentence for each id that stands on one side only, and for each reference in the manifest to nothing. */
export function idProblems(declared: Record<string, object>, manifest: ExtensionManifest): string[] {
  const found = manifestIds(manifest);
  const problems: string[] = [];
  for (const kind of new Set([...Object.keys(found), ...Object.keys(declared)])) {
    const code = new Set(Object.values(declared[kind] ?? {}).map(String));
    const json = found[kind] ?? new Set<string>();
    for (const id of code.difference(json)) {
      problems.push(`${kind}: ${id} stands in contributions.ts and not in package.json.`);
    }
    for (const id of json.difference(code)) {
      problems.push(`${kind}: ${id} stands in package.json and not in contributions.ts.`);
    }
  }
  return [...problems, ...danglingReferences(manifest, found)];
}

function danglingReferences({ contributes = {} }: ExtensionManifest, found: Ids): string[] {
  const used = [...Object.values(contributes.menus ?? {}).flat(), ...(contributes.keybindings ?? [])];
  const unknown = used.filter((item) => item.command?.startsWith('imaginarium.'));
  const problems = unknown
    .filter((item) => item.command && !found.commands?.has(item.command))
    .map((item) => `menus: ${item.command} is no command of this extension.`);
  for (const { view } of contributes.viewsWelcome ?? []) {
    if (!found.views?.has(view)) problems.push(`viewsWelcome: ${view} is no view of this extension.`);
  }
  for (const container of Object.keys(contributes.views ?? {})) {
    const known =
      found.viewsContainers?.has(container) || ['explorer', 'scm', 'debug', 'test'].includes(container);
    if (!known) problems.push(`views: ${container} is no container.`);
  }
  return problems;
}
