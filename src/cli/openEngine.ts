import { Engine } from '../engine/engine.ts';
import { offlineModel } from '../protocol/modelNames.ts';
import type { Cli } from './cli.ts';
import { apiKeyFor, configuredSettings } from './configuration.ts';

/**
 * The engine over one folder, in a terminal: whoever names a workspace on the command line trusts it, and nobody is asked
 * for approval. What the flags do not allow is refused.
 */
export async function openEngine(
  cli: Cli,
  folder: string,
  options: { onlyRead: boolean; baseUrl?: string | undefined },
): Promise<Engine> {
  const engine = new Engine({
    folders: [folder],
    trusted: true,
    onlyRead: options.onlyRead,
    settings: configuredSettings(cli.env, folder),
    defaultModel: offlineModel,
    approvals: { ask: async () => false },
    secret: async (name) => cli.env[name] ?? null,
    apiKey: async (baseUrl) => apiKeyFor(baseUrl, cli.env, options.baseUrl),
    log: (line) => {
      if (cli.env.IMAGINARIUM_LOG) cli.terminal.say(line);
    },
    version: cli.version,
  });
  await engine.open();
  return engine;
}

/** Does `work` with an engine that only reads (or, with `onlyRead` false, may keep something), and ends it. */
export async function withReader<T>(
  cli: Cli,
  folder: string,
  work: (engine: Engine) => Promise<T>,
  { onlyRead = true, baseUrl }: { onlyRead?: boolean; baseUrl?: string | undefined } = {},
): Promise<T> {
  const engine = await openEngine(cli, folder, { onlyRead, baseUrl });
  try {
    const { storeProblem } = engine.state();
    if (storeProblem) cli.terminal.say(`${storeProblem.message} ${storeProblem.advice}`);
    return await work(engine);
  } finally {
    await engine.dispose();
  }
}
