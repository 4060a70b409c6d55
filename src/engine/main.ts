/** The engine process: composes the language server, and ends with the window that started it. */
import './leanHeap.ts';

import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import packageJson from '../../package.json' with { type: 'json' };
import { serve } from './server/server.ts';

/** How long tools and the database get to end in good order, milliseconds. */
const patience = 1500;

const connection = createConnection(ProposedFeatures.all);
const server = serve(connection, packageJson.version);

// The window is gone (closed, crashed or killed): nobody is left to shut us down.
process.on('disconnect', () => {
  setTimeout(() => process.exit(0), patience).unref();
  void server.dispose().finally(() => process.exit(0));
});

connection.listen();
