/**
 * The path of somebody who opens a workspace as it is: sources appear, a server is started by its row, a spec is held against
 * what models see, a tool is explored by its row. The end-to-end test asserts on it, and pictures are taken along it.
 */
import { eventually } from '../helpers/eventually.ts';
import type { Seen } from './walk.ts';
import type { Window } from './window.ts';

/** A tool of the server, which is asked about before it is called. */
export const explored = 'search_nodes';

/** Walks the path in a window on a copy of `sourcesWorkspace()`; the model is the offline sampler. */
export async function walkSources(window: Window, seen: Seen): Promise<void> {
  await window.openViews();
  await window.row('Tools', /^memory, MCP, not started/).waitFor();
  await window.row('Tools', /^library\.openapi\.yaml, OpenAPI, 4 tools/).waitFor();
  await window.row('Tools', /^functions\.json, OpenAI, 2 tools, assistant/).waitFor();
  await window.row('Tools', /^find_train/).waitFor();
  await seen('sources');
  await startServer(window, seen);
  await compare(window, seen);
  await explore(window, seen);
}

async function startServer(window: Window, seen: Seen): Promise<void> {
  await window.row('Tools', /^Start server and list its tools/).click();
  await window.dialog.getByText('Start the MCP server memory?').waitFor();
  await window.dialog.getByText('Environment: MEMORY_FILE_PATH').waitFor();
  await seen('start-server');
  await window.answer('Start');
  await window.row('Tools', /^memory, MCP, 9 tools/).waitFor();
  await window.row('Tools', new RegExp(`^${explored}`)).waitFor();
  await window.toast('memory has 9 tools.').waitFor();
  await seen('server-tools');
  await window.clear();
}

async function compare(window: Window, seen: Seen): Promise<void> {
  await window.command('Compare Spec with What Models See');
  await window.options(/create_entities/).waitFor();
  await window.page.keyboard.type('get_book');
  await eventually('one tool is left', async () => (await window.options().count()) === 1);
  await window.options(/get_book_by_isbn/).waitFor();
  await window.page.keyboard.press('Enter');
  await window.tab(/^get_book_by_isbn: as written/).waitFor();
  await eventually('both sides are shown', async () => {
    const text = await window.comparedText();
    return text.includes('"get book/by isbn"') && text.includes('"get_book_by_isbn"');
  });
  await seen('compare');
}

async function explore(window: Window, seen: Seen): Promise<void> {
  const row = window.row('Tools', new RegExp(`^${explored}`));
  await row.hover();
  await row.getByRole('button', { name: /^Explore Tool/ }).click();
  await window.dialog.waitFor();
  await window.answer('Start');
  const question = window.toast(new RegExp(`Allow ${explored}`));
  await question.waitFor();
  await seen('ask-before-call');
  await question.getByRole('button', { name: 'Allow for This Run' }).click();
  await window.toast(new RegExp(`Explored ${explored}`)).waitFor();
  await window.row('Runs', new RegExp(`^${explored}, finished`)).waitFor();
}
