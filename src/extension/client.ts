/** The second stage: the language client, in a bundle of its own, since loading it takes longer than activation may. */
import { CancellationTokenSource, type LogOutputChannel } from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import { type EngineEvent, engine } from '../protocol/engine.ts';
import { documentSelector, watchSpecs } from './client/fileEvents.ts';
import { followLensSetting, languageMiddleware } from './client/languageFeatures.ts';
import { type HostServices, offerServices } from './client/services.ts';
import type { ClientHooks, EngineClient } from './link/engineClient.ts';
import { engineError } from './link/engineErrors.ts';
import { useTranslations } from './window/translations.ts';

export interface ClientSetup extends HostServices {
  log: LogOutputChannel;
  /** Path of the engine's bundle. */
  module: string;
}

/** How long the engine gets to end in good order, milliseconds. */
const stopLimit = 2000;

/** Makes a client. Everything that it listens to ends with its `stop`. */
export function openClient(setup: ClientSetup, hooks: ClientHooks): EngineClient {
  useTranslations();
  // Between its death and its restart the client calls itself stopped, as it does when it has given up.
  let comesBack = false;
  const onDied = (): 'restart' | 'give up' => {
    const next = hooks.onDied();
    comesBack = next === 'restart';
    return next;
  };
  const client = new LanguageClient(
    'imaginarium',
    'Imaginarium',
    { module: setup.module, transport: TransportKind.ipc },
    clientOptions(setup, { ...hooks, onDied }),
  );
  const scope = [
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped && comesBack) return;
      comesBack = false;
      if (newState === State.Running) hooks.onState('running');
      else if (newState === State.Starting) hooks.onState('starting');
      else hooks.onState('ended');
    }),
    client.onNotification(engine.events.method, ({ events }: { events: EngineEvent[] }) => {
      hooks.onEvents(events);
    }),
    ...watchSpecs(client),
    followLensSetting(client),
  ];
  offerServices(client, setup);
  return {
    start: () => client.start(),
    async request(type, params, gone) {
      const source = new CancellationTokenSource();
      const cancel = (): void => source.cancel();
      gone?.addEventListener('abort', cancel, { once: true });
      if (gone?.aborted) cancel();
      try {
        return await client.sendRequest(type.method, params, source.token);
      } catch (error) {
        throw engineError(error);
      } finally {
        gone?.removeEventListener('abort', cancel);
        source.dispose();
      }
    },
    notify: (type, params) => client.sendNotification(type.method, params),
    get pid() {
      return client.serverProcess?.pid;
    },
    async stop() {
      for (const one of scope) one.dispose();
      if (client.needsStop()) await client.stop(stopLimit);
      await client.dispose(stopLimit);
    },
  };
}

function clientOptions({ log }: ClientSetup, hooks: ClientHooks): LanguageClientOptions {
  return {
    documentSelector,
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: hooks.start,
    markdown: { isTrusted: false, supportHtml: false },
    middleware: languageMiddleware,
    // The window says itself what happened, in the status bar and where a run was cut off.
    initializationFailedHandler: () => false,
    errorHandler: {
      error: (_error, _message, count) => ({
        action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
        handled: true,
      }),
      closed: () => ({
        action: hooks.onDied() === 'restart' ? CloseAction.Restart : CloseAction.DoNotRestart,
        handled: true,
      }),
    },
  };
}
