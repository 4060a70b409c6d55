/** The page: what is shown in which case, and where. */
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { PanelStart } from '../protocol/panel.ts';
import { LightElement } from './lightElement.ts';
import { lists } from './list/lists.ts';
import { chip } from './parts/chips.ts';
import { icon } from './parts/icon.ts';
import { banner, notice } from './parts/notice.ts';
import { overview } from './parts/overview.ts';
import { problemNotice } from './parts/problemNotice.ts';
import { allTrials } from './parts/sums.ts';
import type { DashboardModel } from './state/dashboardModel.ts';
import { whole } from './text/numbers.ts';
import { preview } from './text/visible.ts';
import './parts/toolChooser.ts';
import './page.css';

export class DashboardPage extends LightElement {
  static override properties = { model: { attribute: false }, version: { attribute: false } };
  declare model: DashboardModel;
  /** Rises whenever the model says that something has changed. */
  declare version: number;
  /** Where the list begins when it is first drawn: a page that was reloaded goes on where it was. */
  #startAt: number | null = null;

  protected override render(): TemplateResult | typeof nothing {
    const { model } = this;
    const { start, problem } = model;
    if (!start) return problem ? html`<main class="alone">${problemNotice(model)}</main>` : nothing;
    return html`
      <header class="top">
        <h1 class="sr-only">${this.#title()}</h1>
        <imaginarium-tool-chooser
          .tool=${model.state.place.tool}
          .find=${(text: string) => model.tools(text)}
          .choose=${(tool: DashboardModel['state']['place']['tool']) => model.setTool(tool)}
        ></imaginarium-tool-chooser>
        ${model.state.place.run ? chip(preview(model.state.place.run.label), () => model.clearRun()) : nothing}
        <span class="top-rest"></span>
        ${start.running ? html`<span class="running">${icon('sync', 'codicon-modifier-spin')} ${l10n.t('Exploring')}</span>` : nothing}
      </header>
      ${model.slow ? html`<vscode-progress-bar class="progress" aria-label=${l10n.t('Loading')}></vscode-progress-bar>` : nothing}
      ${this.#banner(start)}
      ${this.#simulated()}
      ${this.#main(start)}
    `;
  }

  #title(): string {
    const { tool } = this.model.state.place;
    return tool ? l10n.t('Imaginarium: {0}', preview(tool.name)) : l10n.t('Imaginarium: all tools');
  }

  #banner({ trusted }: PanelStart): TemplateResult | typeof nothing {
    const { model } = this;
    if (model.problem && model.dashboard) return problemNotice(model, banner);
    if (trusted || !model.dashboard || allTrials(model.dashboard.data) === 0) return nothing;
    return banner({
      icon: 'shield',
      title: l10n.t('Restricted Mode: no tool is run until you trust this workspace.'),
      actions: [{ words: l10n.t('Manage Workspace Trust'), run: () => model.manageTrust(), secondary: true }],
    });
  }

  /** What a model played is never taken for what was really called. */
  #simulated(): TemplateResult | typeof nothing {
    const { model } = this;
    const played = model.dashboard?.data.simulated;
    if (!played) return nothing;
    const { trials, of, shown } = played;
    if (!shown) {
      return banner({
        icon: 'mirror',
        title:
          trials === 1
            ? l10n.t('1 simulated trial is not counted here: a model played the tool.')
            : l10n.t('{0} simulated trials are not counted here: a model played the tool.', whole(trials)),
        actions: [{ words: l10n.t('Show Simulated'), run: () => model.setSimulated(true), secondary: true }],
      });
    }
    const real = { words: l10n.t('Show Real'), run: () => model.setSimulated(false), secondary: true };
    return banner({
      icon: 'mirror',
      title: l10n.t('Simulated: a model played the tool. It is no evidence about the real one.'),
      actions: trials < of ? [real] : [],
    });
  }

  #main(start: PanelStart): TemplateResult {
    const { model } = this;
    const { dashboard } = model;
    if (!dashboard) return html`<main class="alone">${model.problem ? problemNotice(model) : nothing}</main>`;
    if (allTrials(dashboard.data) === 0) return html`<main class="alone">${this.#unexplored(start)}</main>`;
    if (model.listed) this.#startAt ??= model.state.scroll;
    return html`
      <main class="panes" aria-busy=${model.slow}>
        ${overview(model, dashboard, start.words)}
        ${lists(model, start.words, this.version, this.#startAt ?? 0)}
      </main>
    `;
  }

  #unexplored({ trusted, running }: PanelStart): TemplateResult {
    const { model } = this;
    const { tool, run } = model.state.place;
    if (!trusted) {
      return notice({
        icon: 'shield',
        title: l10n.t('Restricted Mode'),
        text: l10n.t('No tool is run until you trust this workspace.'),
        actions: [{ words: l10n.t('Manage Workspace Trust'), run: () => model.manageTrust() }],
      });
    }
    if (running) {
      return notice({
        icon: 'beaker',
        title: l10n.t('The first trials are under way'),
        text: l10n.t('They are shown here as they end.'),
      });
    }
    if (run) {
      return notice({
        icon: 'beaker',
        title: l10n.t('This run has no trials'),
        actions: [{ words: l10n.t('Show All Runs'), run: () => model.clearRun(), secondary: true }],
      });
    }
    const text = l10n.t(
      'A model imagines what users would ask, calls your tools, and keeps what it learned. Successes, failures and lessons are shown here.',
    );
    const explore = () => model.explore();
    if (!tool) {
      const title = l10n.t('Nothing has been explored yet');
      return notice({
        icon: 'beaker',
        title,
        text,
        actions: [{ words: l10n.t('Explore Tool…'), run: explore }],
      });
    }
    const name = preview(tool.name);
    return notice({
      icon: 'beaker',
      title: l10n.t('{0} has not been explored yet', name),
      text,
      actions: [
        { words: l10n.t('Explore This Tool'), run: explore },
        { words: l10n.t('Show All Tools'), run: () => model.setTool(null), secondary: true },
      ],
    });
  }
}

customElements.define('imaginarium-dashboard', DashboardPage);
