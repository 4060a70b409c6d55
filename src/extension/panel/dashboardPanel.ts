/** The dashboard's panel in the window: one, which is shown again where it is there. */
import * as l10n from '@vscode/l10n';
import {
  commands,
  l10n as editorTexts,
  env,
  ThemeIcon,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from 'vscode';
import { commands as ids, panels } from '../../protocol/contributions.ts';
import type { PanelPlace } from '../../protocol/panel.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Target } from '../target.ts';
import { panelHtml } from './panelHtml.ts';
import { panelPlace } from './panelPlace.ts';
import { PanelSession } from './panelSession.ts';

export class DashboardPanel {
  readonly #around: Surroundings;
  readonly #extension: Uri;
  #shown: { panel: WebviewPanel; session: PanelSession } | null = null;

  constructor(around: Surroundings, extension: Uri) {
    this.#around = around;
    this.#extension = extension;
  }

  /** Opens the panel for what the target names, or brings it forward and shows that. */
  open(target: Target): void {
    const place = panelPlace(target, this.#around.workbench, env.language);
    if (this.#shown) {
      this.#shown.panel.reveal();
      this.#shown.session.show(place);
      return;
    }
    const panel = window.createWebviewPanel(
      panels.dashboard,
      title(place.tool?.name ?? null),
      ViewColumn.Active,
      this.#options(),
    );
    this.#fill(panel, place);
  }

  /** Takes over a panel that the editor restored with the window. */
  revive(panel: WebviewPanel): void {
    if (this.#shown) {
      panel.dispose();
      return;
    }
    panel.webview.options = this.#options();
    this.#fill(panel, null);
  }

  #options(): { enableScripts: true; localResourceRoots: Uri[] } {
    return { enableScripts: true, localResourceRoots: [Uri.joinPath(this.#extension, 'dist')] };
  }

  #fill(panel: WebviewPanel, place: PanelPlace | null): void {
    const { webview } = panel;
    const session = new PanelSession(
      this.#around,
      {
        post: (message) => void webview.postMessage(message).then(undefined, this.#around.log),
        texts: () => readTexts(editorTexts.bundle),
        run: (command, target) =>
          void commands.executeCommand(ids[command], target).then(undefined, this.#around.log),
        title: (tool) => {
          panel.title = title(tool);
        },
      },
      place,
    );
    this.#shown = { panel, session };
    panel.iconPath = new ThemeIcon('graph');
    webview.onDidReceiveMessage((message: unknown) => session.hear(message));
    panel.onDidDispose(() => {
      session.dispose();
      if (this.#shown?.panel === panel) this.#shown = null;
    });
    const file = (name: string): string =>
      webview.asWebviewUri(Uri.joinPath(this.#extension, 'dist', name)).toString();
    webview.html = panelHtml({
      script: file('webview.js'),
      styles: file('webview.css'),
      icons: file('codicon.css'),
      source: webview.cspSource,
      nonce: crypto.randomUUID().replaceAll('-', ''),
      language: env.language,
    });
  }
}

function title(tool: string | null): string {
  return tool === null ? l10n.t('Imaginarium Dashboard') : l10n.t('{0} – Dashboard', tool);
}

function readTexts(bundle: Record<string, string | { message: string }> | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(bundle ?? {}).map(([english, text]) => [
      english,
      typeof text === 'string' ? text : text.message,
    ]),
  );
}
