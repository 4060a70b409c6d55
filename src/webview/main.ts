/** The dashboard's page: puts its parts together. */
import * as l10n from '@vscode/l10n';
import { DashboardPage } from './dashboardPage.ts';
import { DashboardModel } from './state/dashboardModel.ts';
import { readState } from './state/pageState.ts';
import { setLanguage } from './text/numbers.ts';
import { Host } from './wire/host.ts';

const editor = acquireVsCodeApi();
const page = new DashboardPage();
page.version = 0;
const host = new Host((message) => editor.postMessage(message), {
  changed: (state) => model.changed(state),
  show: (place) => model.show(place),
});
const model = new DashboardModel(host, readState(editor.getState()), {
  changed: () => {
    page.version += 1;
  },
  started: ({ texts }) => l10n.config({ contents: texts }),
  keep: (state) => editor.setState(state),
});
page.model = model;

setLanguage(document.documentElement.lang);
window.addEventListener('message', ({ data }) => host.hear(data));
window.addEventListener('error', ({ message }) => editor.postMessage({ type: 'failed', message }));
window.addEventListener('unhandledrejection', ({ reason }) =>
  editor.postMessage({ type: 'failed', message: String(reason) }),
);
document.body.append(page);
void model.open();
