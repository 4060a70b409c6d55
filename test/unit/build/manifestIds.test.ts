import assert from 'node:assert/strict';
import { type ExtensionManifest, idProblems } from '../../../src/build/manifestIds.ts';

const code = {
  commands: { go: 'imaginarium.go' },
  settings: { model: 'imaginarium.model' },
  viewsContainers: { imaginarium: 'imaginarium' },
  views: { tools: 'imaginarium.tools' },
  panels: { dashboard: 'imaginarium.dashboard' },
  contextKeys: { running: 'imaginarium.running' },
};

function manifest(): Required<ExtensionManifest> {
  return {
    activationEvents: ['workspaceContains:**/imaginarium.yaml', 'onWebviewPanel:imaginarium.dashboard'],
    contributes: {
      commands: [{ command: 'imaginarium.go', enablement: 'imaginarium.running' }],
      configuration: { properties: { 'imaginarium.model': {} } },
      viewsContainers: { activitybar: [{ id: 'imaginarium' }] },
      views: { imaginarium: [{ id: 'imaginarium.tools' }] },
      menus: { 'view/title': [{ command: 'imaginarium.go', when: 'view == imaginarium.tools' }] },
    },
  };
}

describe('Ids in package.json and in the code', () => {
  it('agree when each stands on both sides', () => {
    assert.deepEqual(idProblems(code, manifest()), []);
  });

  it('differ when package.json has one more, of any kind', () => {
    const { activationEvents, contributes } = manifest();
    contributes.commands?.push({ command: 'imaginarium.extra' });
    contributes.languages = [{ id: 'imaginarium-trial' }];
    contributes.menus = { commandPalette: [{ command: 'imaginarium.go', when: '!imaginarium.busy' }] };
    assert.deepEqual(idProblems(code, { activationEvents, contributes }), [
      'commands: imaginarium.extra stands in package.json and not in contributions.ts.',
      'languages: imaginarium-trial stands in package.json and not in contributions.ts.',
      'contextKeys: imaginarium.busy stands in package.json and not in contributions.ts.',
    ]);
  });

  it('differ when the code has one more, or package.json has nothing at all', () => {
    const more = { ...code, settings: { ...code.settings, preset: 'imaginarium.preset' } };
    assert.deepEqual(idProblems(more, manifest()), [
      'settings: imaginarium.preset stands in contributions.ts and not in package.json.',
    ]);
    assert.equal(idProblems(code, {}).length, 6);
  });

  it('differ when a menu, a welcome text or a view points to nothing', () => {
    const { activationEvents, contributes } = manifest();
    contributes.menus = { commandPalette: [{ command: 'imaginarium.gone' }] };
    contributes.viewsWelcome = [{ view: 'imaginarium.nowhere' }];
    contributes.views = { ...contributes.views, elsewhere: [] };
    assert.deepEqual(idProblems(code, { activationEvents, contributes }), [
      'menus: imaginarium.gone is no command of this extension.',
      'viewsWelcome: imaginarium.nowhere is no view of this extension.',
      'views: elsewhere is no container.',
    ]);
  });
});
