/** The typed requests of `protocol/engine.ts`, answered by the engine. */
import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver/node';
import { Cancelled, UserError } from '../../core/errors.ts';
import { type NotificationType, engine as protocol, type RequestType } from '../../protocol/engine.ts';
import type { Engine } from '../engine.ts';
import { explain } from '../errors.ts';

/** Answers wait until `engine` is open; when it cannot be opened, each of them says why. `gone`: nobody waits any more. */
export function answerRequests(
  connection: Pick<Connection, 'onRequest' | 'onNotification' | 'console'>,
  engine: Promise<Engine>,
): void {
  const answer = <P, R>(
    type: RequestType<P, R>,
    handle: (engine: Engine, params: P, gone: AbortSignal) => R | Promise<R>,
  ): void => {
    connection.onRequest(type.method, async (params: P, token: CancellationToken): Promise<unknown> => {
      const gone = new AbortController();
      const listening = token.onCancellationRequested(() => gone.abort());
      try {
        return await handle(await engine, params, gone.signal);
      } catch (error) {
        if (isOurFault(error)) connection.console.error(`${type.method}: ${traceOf(error)}`);
        return responseErrorOf(error);
      } finally {
        listening.dispose();
      }
    });
  };
  const hear = <P>(
    type: NotificationType<P>,
    handle: (engine: Engine, params: P) => void | Promise<void>,
  ): void => {
    connection.onNotification(type.method, async (params: P) => {
      try {
        await handle(await engine, params);
      } catch (error) {
        connection.console.error(`${type.method}: ${traceOf(error)}`);
      }
    });
  };

  answer(protocol.state, (one) => one.stateWhenOpen());
  answer(protocol.sources, (one, filter) => one.sources(filter));
  answer(protocol.tools, (one, page) => one.tools(page));
  answer(protocol.tool, (one, { id }) => one.tool(id));
  answer(protocol.estimate, (one, params) => one.estimate(params));
  answer(protocol.localServers, (one) => one.localServers());
  answer(protocol.serverModels, (one, { baseUrl }) => one.serverModels(baseUrl));
  answer(protocol.explore, (one, params) => one.explore(params));
  answer(protocol.stop, (one, { runId }) => one.stop(runId));
  answer(protocol.resume, (one, { runId }) => one.resume(runId, { raised: true }));
  answer(protocol.runs, (one, page) => one.runs(page));
  answer(protocol.trials, (one, page) => one.learned.trials(page));
  answer(protocol.trial, (one, { id }) => one.learned.trial(id));
  answer(protocol.examples, (one, page) => one.learned.examples(page));
  answer(protocol.shownExamples, (one, page) => one.learned.shownExamples(page));
  answer(protocol.example, (one, { id }) => one.learned.example(id));
  answer(protocol.nearestExamples, (one, { query, k, ...among }) =>
    one.learned.nearestExamples(query, k, among),
  );
  answer(protocol.deleteExample, async (one, { id }) => ({ deleted: await one.learned.deleteExample(id) }));
  answer(protocol.writeExamples, async (one, { ids, form, ...options }) => ({
    text: await one.learned.writeExamples(ids, form, options),
  }));
  answer(protocol.importLog, (one, params) => one.importLog(params));
  answer(protocol.insertion, (one, params) => one.learned.insertion(params));
  answer(protocol.failures, (one, page) => one.learned.failures(page));
  answer(protocol.failureCounts, (one, { tool }) => one.learned.failureCounts(tool));
  answer(protocol.lessons, (one, page) => one.learned.lessons(page));
  answer(protocol.dashboard, (one, query) => one.learned.dashboard(query));
  answer(protocol.list, (one, query) => one.learned.list(query));
  answer(protocol.listRows, (one, { list, ids }) => one.learned.listRows(list, ids));
  answer(protocol.listServer, (one, source, gone) => one.listServer(source, gone));
  answer(protocol.specChange, (one, { problem }) => one.specs.change(problem));
  answer(protocol.dismissProblem, async (one, { problem }) => ({
    dismissed: await one.specs.problems.dismiss(problem),
  }));
  answer(protocol.manifestChange, (one, { folder, change }) => one.specs.manifestChange(folder, change));
  answer(protocol.verify, async (one, params) => ({ jobId: (await one.verifications.verify(params)).id }));
  answer(protocol.reviewQueue, (one, page) => one.verifications.reviewQueue(page));
  answer(protocol.review, async (one, { id, accepted }) => ({
    changed: await one.verifications.review(id, accepted),
  }));
  answer(protocol.expand, async (one, params) => ({ jobId: (await one.expansions.expand(params)).id }));
  answer(protocol.estimateJob, (one, params) => {
    return params.kind === 'verify' ? one.verifications.estimate(params) : one.expansions.estimate(params);
  });
  answer(protocol.jobs, (one, page) => one.jobs.page(page));
  answer(protocol.stopJob, async (one) => {
    await one.jobs.stop();
    return {};
  });
  answer(protocol.resumeJob, async (one, { id, budget }) => ({
    jobId: (await one.jobs.resume(id, budget)).id,
  }));
  answer(protocol.chooseExamples, (one, params, gone) => one.choosing.choose(params, gone));
  answer(protocol.lifts, (one, { ids }) => one.learned.lifts(ids));
  answer(protocol.exportData, (one, params) => one.training.exportData(params));
  hear(protocol.trust, (one, { trusted }) => one.setTrusted(trusted));
  hear(protocol.settings, (one, settings) => one.setSettings(settings));
  hear(protocol.excludes, (one, excludes) => one.setExcludes(excludes));
  hear(protocol.editorTools, (one) => one.askEditor());
}

function isOurFault(error: unknown): boolean {
  return !(error instanceof UserError) && !(error instanceof Cancelled);
}

function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What a person is meant to read goes over as it is, with its advice; anything else is a fault of ours and says so. */
export function responseErrorOf(error: unknown): ResponseError<{ advice: string } | undefined> {
  if (error instanceof Cancelled) return new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
  const { message, advice } = explain(error);
  const code = isOurFault(error) ? ErrorCodes.InternalError : LSPErrorCodes.RequestFailed;
  return new ResponseError(code, message, { advice });
}
