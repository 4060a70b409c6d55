import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../helpers/eventually.ts';
import { pictureOnFailure } from './failurePicture.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

const chat = '{\n  "messages": [\n    { "role": "system", "content": "You convert units." }\n  ]\n}\n';

describe('An example that is dragged from the view into an editor', () => {
  let shop: Workshop;

  pictureOnFailure(() => shop?.vscode);

  before(async () => {
    shop = await openWorkshop('convert_units');
    await writeFile(join(shop.folder, 'chat.json'), chat);
  });

  after(() => shop.vscode.dispose());

  it('is inserted where it is dropped, in the form that the file needs', async () => {
    const { window, folder } = shop;
    await window.openFile('chat.json');
    await window.expand('Tools', /^convert_units/);
    await window.expand('Tools', /^Learned examples/);
    const example = await window
      .row('Tools', /demonstration$/)
      .first()
      .boundingBox();
    const line = await window.page
      .locator('.editor-group-container.active .view-line')
      .filter({ hasText: 'You convert units.' })
      .boundingBox();
    assert.ok(example && line);
    const { keyboard, mouse } = window.page;
    await mouse.move(example.x + 60, example.y + example.height / 2);
    await mouse.down();
    await mouse.move(line.x + 200, line.y + 40, { steps: 8 });
    // At the end of the line: behind the message.
    const end = { x: line.x + line.width - 4, y: line.y + line.height / 2 };
    await mouse.move(end.x, end.y, { steps: 8 });
    await mouse.move(end.x - 1, end.y, { steps: 2 });
    await mouse.up();
    await eventually('the messages are in the document', async () =>
      /tool_calls/.test(await window.shownText()),
    );
    await window.tab('chat.json').click();
    await keyboard.press('ControlOrMeta+S');
    const saved = await eventually('the file is saved', async () => {
      const text = await readFile(join(folder, 'chat.json'), 'utf8');
      // The editor empties a file before it writes it.
      return text !== chat && text.endsWith('\n') && text;
    });
    const { messages } = JSON.parse(saved) as { messages: { role: string }[] };
    assert.deepEqual(
      messages.slice(0, 4).map(({ role }) => role),
      ['system', 'user', 'assistant', 'tool'],
    );
  });
});
