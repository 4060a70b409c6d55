import assert from 'node:assert/strict';
import { commands, type Tab, TabInputWebview, window } from 'vscode';
import { commands as ids, panels } from '../../../src/protocol/contributions.ts';
import { eventually, openListed } from '../window.ts';

describe('The dashboard in the window', () => {
  const said: string[] = [];

  before(async () => {
    await openListed(said);
  });

  const tabs = (): Tab[] =>
    window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith(panels.dashboard));

  it('opens once, shows the tool or run that it is opened for', async () => {
    await commands.executeCommand(ids.openDashboard);
    await eventually('the panel', () => tabs()[0]?.label === 'Imaginarium Dashboard');
    // The title follows what the page asks for: it is alive, and its requests come through.
    await commands.executeCommand(ids.openDashboard, { toolId: 'imaginarium.yaml#add_days' });
    await eventually('the page asks for the tool', () => tabs()[0]?.label === 'add_days – Dashboard');
    await commands.executeCommand(ids.openDashboard, { runId: 'a-run' });
    await eventually('the page asks for the run', () => tabs()[0]?.label === 'Imaginarium Dashboard');
    assert.equal(tabs().length, 1);
    assert.deepEqual(
      said.filter((text) => /wrong/.test(text)),
      [],
    );
  });

  it('is gone when it is closed, and opens anew', async () => {
    await window.tabGroups.close(tabs());
    await eventually('closed', () => tabs().length === 0);
    await commands.executeCommand(ids.openDashboard, { toolId: 'imaginarium.yaml#colour_name' });
    await eventually('the panel', () => tabs()[0]?.label === 'colour_name – Dashboard');
    await commands.executeCommand(ids.openDashboard);
    await eventually('its page answers', () => tabs()[0]?.label === 'Imaginarium Dashboard');
    await window.tabGroups.close(tabs());
  });
});
