/** The engine behind the Language Server Protocol: life cycle, documents, problems, language features, and our own requests. */
import { fileURLToPath } from 'node:url';
import type { Connection, InitializeResult } from 'vscode-languageserver/node';
import { type EngineStart, engine as protocol } from '../../protocol/engine.ts';
import { Engine } from '../engine.ts';
import { foldersAfter } from './folders.ts';
import { hostApprovals, hostModels, hostSecrets, hostTools } from './hostPorts.ts';
import { LanguageFeatures, languageCapabilities } from './languageFeatures.ts';
import { answerManifestFeatures, manifestCapabilities } from './manifestFeatures.ts';
import { OpenDocuments } from './openDocuments.ts';
import { ProblemPublisher } from './problems.ts';
import { answerRequests } from './requests.ts';

/** Serves one editor window; `dispose` resolves when the engine has let go of everything. */
export function serve(connection: Connection, version: string): { dispose(): Promise<void> } {
  const documents = new OpenDocuments();
  const problems = new ProblemPublisher(connection);
  const opened = Promise.withResolvers<Engine>();
  let engine: Engine | null = null;
  let folders: string[] = [];
  let tellsFolders = false;
  let redrawsLenses = false;
  const features = new LanguageFeatures(connection, documents, problems, opened.promise);
  // Requests that come before the start wait for it; when it fails they hear why.
  opened.promise.catch(() => {});

  connection.onInitialize((params): InitializeResult => {
    const start = params.initializationOptions as EngineStart;
    folders = start.folders;
    tellsFolders = params.capabilities.workspace?.workspaceFolders === true;
    redrawsLenses = params.capabilities.workspace?.codeLens?.refreshSupport === true;
    engine = createEngine(connection, documents, start, version);
    return { capabilities: capabilities(documents) };
  });

  connection.onInitialized(async () => {
    if (!engine) return;
    const one = engine;
    features.follow(one, redrawsLenses);
    one.onEvent((events) => {
      if (events.some((event) => event.type === 'catalogue')) problems.publish(one.sources().sources);
      void connection.sendNotification(protocol.events.method, { events });
    });
    // A client that cannot tell of folders must not be asked to: the connection throws.
    if (tellsFolders) {
      connection.workspace.onDidChangeWorkspaceFolders((change) => {
        folders = foldersAfter(folders, change);
        one.setFolders(folders).catch(report);
      });
    }
    try {
      await one.open({ early: true });
      problems.publish(one.sources().sources);
      opened.resolve(one);
    } catch (error) {
      opened.reject(error);
    }
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) refresh(uri);
  });
  documents.listen(connection, (uri) => {
    refresh(uri);
    features.documentChanged(uri);
  });
  answerManifestFeatures(connection, documents, opened.promise);
  answerRequests(connection, opened.promise);

  const dispose = async (): Promise<void> => {
    features.dispose();
    await engine?.dispose();
    engine = null;
  };
  connection.onShutdown(dispose);

  function refresh(uri: string): void {
    if (!uri.startsWith('file:')) return;
    // Failures of a reading are problems in the catalogue, not errors of the notification.
    opened.promise.then((one) => one.refresh(fileURLToPath(uri))).catch(report);
  }

  function report(error: unknown): void {
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  return { dispose };
}

function capabilities(documents: OpenDocuments): InitializeResult['capabilities'] {
  return {
    textDocumentSync: documents.syncKind,
    ...languageCapabilities,
    ...manifestCapabilities,
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}

function createEngine(
  connection: Connection,
  documents: OpenDocuments,
  { folders, trusted, settings, excludes }: EngineStart,
  version: string,
): Engine {
  const secrets = hostSecrets(connection);
  return new Engine({
    folders,
    trusted,
    settings,
    ...(excludes ? { excludes } : {}),
    // Never silently the sampler: in the editor a person chooses.
    defaultModel: null,
    readText: (path) => documents.text(path),
    approvals: hostApprovals(connection),
    secret: secrets.tool,
    apiKey: async (baseUrl) => (await secrets.modelKey(baseUrl)) ?? keyFromEnvironment(baseUrl),
    hostModels: hostModels(connection),
    hostTools: hostTools(connection),
    log: (line) => connection.console.log(line),
    version,
  });
}

/** OpenAI's own key goes to OpenAI and nowhere else. */
function keyFromEnvironment(baseUrl: string | null): string | null {
  const { IMAGINARIUM_API_KEY: ours, OPENAI_API_KEY: openai } = process.env;
  return ours || (baseUrl === null ? openai : undefined) || null;
}
