/** What the engine asks of the extension host, over the connection: its models, its secrets, a person's word. */
import type { Connection } from 'vscode-languageserver/node';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { Cancelled } from '../../core/errors.ts';
import { host, type RequestType } from '../../protocol/engine.ts';
import { modelKey, toolSecret } from '../../protocol/secrets.ts';
import { type HostChat, openHostModel } from '../hostModel.ts';
import type { ApprovalPort, HostModels, HostTools } from '../ports.ts';
import { modelErrorOf } from './hostErrors.ts';

/** What of a connection this needs. */
export type HostConnection = Pick<Connection, 'sendRequest' | 'onNotification'>;

/** Sends one request to the extension host; aborting the signal cancels it there. */
async function ask<P, R>(
  connection: HostConnection,
  type: RequestType<P, R>,
  params: P,
  signal?: AbortSignal,
): Promise<R> {
  if (signal?.aborted) throw new Cancelled();
  const source = new CancellationTokenSource();
  const cancel = () => source.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await connection.sendRequest<R>(type.method, params, source.token);
  } catch (error) {
    if (signal?.aborted) throw new Cancelled();
    throw modelErrorOf(error) ?? error;
  } finally {
    signal?.removeEventListener('abort', cancel);
    source.dispose();
  }
}

export function hostModels(connection: HostConnection): HostModels {
  const listeners = new Map<string, (text: string) => void>();
  let calls = 0;
  connection.onNotification(host.chatPart.method, ({ id, text }: { id: string; text: string }) =>
    listeners.get(id)?.(text),
  );
  const chat: HostChat = {
    models: () => ask(connection, host.models, {}),
    async chat(modelId, request, signal, onText) {
      calls += 1;
      const id = `chat-${calls}`;
      listeners.set(id, onText);
      try {
        return await ask(connection, host.chat, { id, modelId, request }, signal);
      } finally {
        listeners.delete(id);
      }
    },
  };
  return { open: (id) => openHostModel(chat, id) };
}

export function hostApprovals(connection: HostConnection): ApprovalPort {
  return {
    async ask(request, signal) {
      const { allowed } = await ask(connection, host.approve, request, signal);
      return allowed;
    },
  };
}

export function hostTools(connection: HostConnection): HostTools {
  return {
    list: () => ask(connection, host.tools, {}),
    invoke: (name, args, signal) => ask(connection, host.invokeTool, { name, arguments: args }, signal),
  };
}

/** Secrets of the person; never kept here. */
export interface HostSecrets {
  /** Value of `${secret:NAME}`. */
  tool(name: string): Promise<string | null>;
  /** Key of the model server at this address. */
  modelKey(baseUrl: string | null): Promise<string | null>;
}

export function hostSecrets(connection: HostConnection): HostSecrets {
  const secret = async (name: string) => (await ask(connection, host.secret, { name })).value;
  return {
    tool: (name) => secret(toolSecret(name)),
    modelKey: (baseUrl) => secret(modelKey(baseUrl)),
  };
}
