/** Everything around a command, played; the person's answers stand in a script. */
import { EngineLink } from '../../../../src/extension/link/engineLink.ts';
import { Approvals } from '../../../../src/extension/state/approvals.ts';
import { Recovery } from '../../../../src/extension/state/recovery.ts';
import { Workbench } from '../../../../src/extension/state/workbench.ts';
import type { Choice, Person, Settings, Surroundings } from '../../../../src/extension/surroundings.ts';
import {
  type EngineSettings,
  engine,
  type FoundTool,
  type LocalServer,
  nothingSet,
  type ServerModels,
} from '../../../../src/protocol/engine.ts';
import { estimate, type FakeClient, fakeClients, run, settle, source, tool } from '../fakes.ts';

export interface Script {
  /** Label of the line to pick, by title of the list; where several can be ticked, one a line. */
  picks?: Record<string, string>;
  /** What is typed, by title of the question or of the list that is searched. */
  types?: Record<string, string>;
  /** Whether dialogs are answered with yes: the first of their answers. */
  confirms?: boolean;
  /** Answers to dialogs with several, one after another; then as `confirms` says. */
  decides?: string[];
  /** Answers to messages, by a word in them. */
  answers?: Record<string, string>;
  tools?: FoundTool[];
  settings?: Partial<EngineSettings>;
  /** Files of the workspace, by their path in it. */
  files?: Record<string, { path: string; text: string }>;
  /** What the engine says, by method, beside what every engine says. */
  engine?: FakeClient['answers'];
  trusted?: boolean;
  folders?: number;
  servers?: LocalServer[];
  serverModels?: ServerModels;
  activeDocument?: { scheme: string; query: string };
  editorModels?: { id: string; label: string; maxInputTokens: number }[];
}

export interface Played {
  around: Surroundings;
  client: () => FakeClient;
  said: string[];
  /** Lists as they were shown: labels and details. */
  shown: Choice<unknown>[][];
  did: string[];
  kept: Map<string, string>;
  wrote: Pick<EngineSettings, 'model' | 'baseUrl'>[];
  questions: string[];
  /** What dialogs said below their questions. */
  details: string[];
}

export async function play(script: Script = {}): Promise<Played> {
  const said: string[] = [];
  const did: string[] = [];
  const questions: string[] = [];
  const details: string[] = [];
  const decides = [...(script.decides ?? [])];
  const shown: Choice<unknown>[][] = [];
  const kept = new Map<string, string>();
  const wrote: Played['wrote'] = [];
  const state = new Map<string, unknown>();
  const workbench = new Workbench();
  const tools = script.tools ?? [tool('a')];
  const catalogue = {
    version: 1,
    tools: tools.length,
    runnable: tools.filter(({ runnable }) => runnable).length,
    sources: [source(tools.length)],
  };
  const { open, clients } = fakeClients((client) => {
    client.answers = {
      [engine.state.method]: () => ({
        version: '1',
        trusted: true,
        readOnly: false,
        storeProblem: null,
        runs: [],
      }),
      [engine.sources.method]: () => catalogue,
      [engine.tools.method]: () => ({ rows: tools, next: null }),
      [engine.tool.method]: (params) => tools.find(({ id }) => id === (params as { id: string }).id) ?? null,
      [engine.examples.method]: () => ({ rows: [], next: null }),
      [engine.estimate.method]: () => estimate(),
      [engine.localServers.method]: () => script.servers ?? [],
      [engine.serverModels.method]: () => script.serverModels ?? { problem: 'unlisted' },
      [engine.explore.method]: () => ({ runId: 'r', estimate: run('r').estimate }),
      [engine.resume.method]: () => ({ nothing: 'Nothing to resume.' }),
      [engine.stop.method]: () => ({ stopped: ['r'] }),
      ...script.engine,
    };
  });
  const person: Person = {
    async tell(_severity, text, ...answers) {
      said.push(text);
      const word = Object.keys(script.answers ?? {}).find((key) => text.includes(key));
      const answer = word === undefined ? undefined : script.answers?.[word];
      return answers.find((one) => one === answer);
    },
    async confirm(question, detail) {
      questions.push(question);
      details.push(detail);
      return script.confirms ?? false;
    },
    async decide(question, detail, answers) {
      questions.push(question);
      details.push(detail);
      const next = decides.shift();
      if (next !== undefined) return answers.find((one) => one === next);
      return script.confirms ? answers[0] : undefined;
    },
    async pickGrowing<T>(title: string, placeholder: string, lists: AsyncIterable<Choice<T>[]>) {
      let last: Choice<T>[] = [];
      for await (const list of lists) last = list;
      return person.pick(title, placeholder, last);
    },
    async pick(title, _placeholder, choices) {
      shown.push(choices);
      return choices.find((choice) => choice.label === script.picks?.[title])?.value;
    },
    async search({ title, find }) {
      const text = script.types?.[title] ?? '';
      const choices = await find(text, new AbortController().signal);
      shown.push(choices);
      return choices.find((choice) => choice.label === script.picks?.[title])?.value;
    },
    async searchMany({ title, find }) {
      const text = script.types?.[title] ?? '';
      const choices = await find(text, new AbortController().signal);
      shown.push(choices);
      const wanted = script.picks?.[title]?.split('\n');
      return wanted && choices.filter(({ label }) => wanted.includes(label)).map(({ value }) => value);
    },
    async type({ title, check }) {
      const typed = script.types?.[title];
      const wrong = typed === undefined ? null : check?.(typed);
      if (wrong) throw new Error(`${title}: ${wrong}`);
      return typed;
    },
    approve: async () => undefined,
    follow: (work) => work(() => {}, new AbortController().signal),
  };
  const settings: Settings = {
    read: () => ({ ...nothingSet, ...script.settings }),
    write: async (values) => void wrote.push(values),
  };
  const link = new EngineLink({
    open,
    start: () => ({ folders: ['/w'], trusted: true, settings: nothingSet }),
    log: () => {},
    patience: 50,
  });
  const recovery = new Recovery({ link, workbench, ask: () => {}, note: () => {}, log: () => {} });
  link.onState.listen((state) => recovery.hear(state));
  link.onEvents.listen((events) => workbench.hear(events));
  workbench.set({ trusted: script.trusted ?? true, folders: script.folders ?? 1 });
  link.wake();
  await settle();
  const around: Surroundings = {
    link,
    workbench,
    recovery,
    person,
    settings,
    editorModels: {
      list: async () => script.editorModels ?? [],
      allow: async (id) => {
        did.push(`allow ${id}`);
        return 'Model M';
      },
    },
    secrets: {
      get: async (name) => kept.get(name),
      store: async (name, value) => void kept.set(name, value),
      delete: async (name) => void kept.delete(name),
    },
    editor: {
      openFolder: async () => void did.push('openFolder'),
      manageTrust: async () => void did.push('manageTrust'),
      showLog: () => void did.push('showLog'),
      showTools: async () => void did.push('showTools'),
      showNotifications: async () => void did.push('showNotifications'),
      showRuns: async () => void did.push('showRuns'),
      openDashboard: async ({ toolId }) => void did.push(`dashboard ${toolId ?? 'of all'}`),
      openAt: async ({ path, line }) => void did.push(`open ${path}:${line}`),
      readFile: async (path) => script.files?.[path],
      newManifest: async () => void did.push('newManifest'),
      showTrial: async ({ path, query }, where) =>
        void did.push(`show ${query}: ${path}${where ? ` ${where}` : ''}`),
      compareTrials: async (left, right, title) =>
        void did.push(`compare ${left.query} and ${right.query}: ${title}`),
      showTool: async ({ path }) => void did.push(`show ${path}`),
      compareTools: async (left, right, title) =>
        void did.push(`compare ${left.query} and ${right.query}: ${title}`),
      activeDocument: () => script.activeDocument,
    },
    views: {
      toolsFilter: null,
      trialsFilter: null,
      filterTools: (filter) => void did.push(`filter tools ${JSON.stringify(filter)}`),
      filterTrials: (filter) => void did.push(`filter trials ${JSON.stringify(filter)}`),
      revealTool: async () => true,
      revealReview: async () => {
        did.push('reveal review');
        return true;
      },
      revealSource: async () => true,
      showMore: async () => {},
    },
    approvals: new Approvals(person, () => {}),
    workspaceState: {
      get: (key) => state.get(key),
      update: async (key, value) => void state.set(key, value),
    },
    log: () => {},
  };
  const client = () => clients.at(-1) as FakeClient;
  return { around, client, said, shown, did, kept, wrote, questions, details };
}

/** Parameters of the requests of one kind that reached the engine. */
export function asked(played: Played, type: { method: string }): unknown[] {
  return played
    .client()
    .asked.filter(({ method }) => method === type.method)
    .map(({ params }) => params);
}
