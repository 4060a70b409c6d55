/** The four things that only the extension host can do for the engine: its models, its tools, secrets, a person's word. */
import type { CancellationToken } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { host, type RequestType } from '../../protocol/engine.ts';
import type { Approvals } from '../state/approvals.ts';
import type { EditorModels, Secrets } from '../surroundings.ts';
import { askEditorModel } from './editorChat.ts';
import { invokeEditorTool, listEditorTools } from './editorTools.ts';

export interface HostServices {
  editorModels: EditorModels;
  secrets: Secrets;
  approvals: Pick<Approvals, 'ask'>;
}

export function offerServices(client: LanguageClient, services: HostServices): void {
  const offer = <P, R>(
    type: RequestType<P, R>,
    handle: (params: P, token: CancellationToken) => Promise<R>,
  ): void => {
    client.onRequest(
      type.method,
      (params: P, token: CancellationToken): Promise<unknown> => handle(params, token),
    );
  };
  offer(host.models, () => services.editorModels.list());
  offer(host.chat, ({ id, modelId, request }, token) =>
    askEditorModel(modelId, request, token, (text) => {
      // Who asked is gone where this fails; the request itself is turned down then.
      client.sendNotification(host.chatPart.method, { id, text }).catch(() => undefined);
    }),
  );
  offer(host.tools, async () => listEditorTools());
  offer(host.invokeTool, ({ name, arguments: input }, token) => invokeEditorTool(name, input, token));
  offer(host.secret, async ({ name }) => ({ value: (await services.secrets.get(name)) ?? null }));
  offer(host.approve, async (question, token) => {
    const gone = new AbortController();
    const listening = token.onCancellationRequested(() => gone.abort());
    try {
      return { allowed: await services.approvals.ask(question, gone.signal) };
    } finally {
      listening.dispose();
    }
  });
}
