import assert from 'node:assert/strict';
import { compareWithSpec } from '../../../../src/extension/compare/compareWithSpec.ts';
import { readToolAddress, toolAddress, toolScheme } from '../../../../src/extension/compare/toolAddress.ts';
import { ToolReader } from '../../../../src/extension/compare/toolReader.ts';
import { toolText } from '../../../../src/extension/compare/toolText.ts';
import { engine, type FoundTool } from '../../../../src/protocol/engine.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';
import { play } from '../commands/person.ts';
import { tool } from '../fakes.ts';

/** A text of ours without its comments. */
function saidBy(text: string): unknown {
  return JSON.parse(text.replace(/^(?:\/\/.*\n)+/, ''));
}

const mapped: FoundTool = tool('get_pet_by_id', {
  id: 'pets.yaml#get pet/by id',
  format: 'openapi',
  source: { path: 'pets.yaml', line: 12, column: 5 },
  parameters: { type: 'object', properties: { id: { type: 'integer' } } },
  written: {
    name: 'get pet/by id',
    description: 'One pet.',
    schema: [{ name: 'id', in: 'path', schema: { type: 'integer' } }],
    notes: ['"style: matrix" of "id" has no word in JSON Schema.'],
  },
});

describe('A tool as written, beside what models see', () => {
  it('has name, description and schema of its source at the left', () => {
    const text = toolText(mapped, 'written');
    assert.match(text, /^\/\/ pets\.yaml, line 12 \(OpenAPI\)\n\{\n/);
    const { name, description, schema } = mapped.written ?? {};
    assert.deepEqual(saidBy(text), { name, description, parameters: schema });
  });

  it('has what models are told at the right, below what could not be carried over', () => {
    const text = toolText(mapped, 'shown');
    assert.match(
      text,
      /^\/\/ pets\.yaml, .*\n\/\/ What could not be carried over:\n\/\/ - "style: matrix" of "id"/,
    );
    const { name, description, parameters } = mapped;
    assert.deepEqual(saidBy(text), { name, description, parameters });
  });

  it('is twice the same where nothing had to be mapped, and says so', () => {
    const [left, right] = (['written', 'shown'] as const).map((side) => toolText(tool('a'), side));
    assert.equal(left, right);
    assert.match(
      left ?? '',
      /^\/\/ imaginarium\.yaml, line 3\n\/\/ Models see it just as it is written\.\n\{/,
    );
  });

  it('of the editor is said to be that, and not to stand in a file', () => {
    const place = { path: 'editor', line: 1, column: 1 };
    assert.match(
      toolText(tool('x', { format: 'editorTools', source: place }), 'written'),
      /^\/\/ A tool of this editor\n/,
    );
  });

  it('hides nothing, whatever a spec says, and stays JSON', () => {
    for (const said of hostileTexts) {
      const notes = [said];
      const written = { name: said, description: said, schema: { [said]: said }, notes };
      const hostile = tool('x', { description: said, written, source: { path: said, line: 1, column: 1 } });
      for (const side of ['written', 'shown'] as const) {
        const text = toolText(hostile, side);
        assert.doesNotMatch(text, /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u, said);
        assert.equal(
          (saidBy(text) as { description: string }).description,
          said.isWellFormed() ? said : (saidBy(text) as { description: string }).description,
        );
      }
    }
  });

  it('has an address that tells the side and the tool, whatever its name', () => {
    for (const said of ['a', ...hostileTexts]) {
      const id = `a b/c.json#${said}`;
      const { path, query } = toolAddress(id, 'written', 'as written');
      assert.match(path, /^\/[^/\\#%]* · as written\.tool$/u);
      assert.deepEqual(readToolAddress({ scheme: toolScheme, query }), { id, side: 'written' });
    }
    assert.equal(readToolAddress({ scheme: 'file', query: 'written:x' }), null);
    assert.equal(readToolAddress({ scheme: toolScheme, query: 'x' }), null);
  });

  it('opens in the comparison of the editor, with the notes counted in the title', async () => {
    const played = await play({ engine: { [engine.tool.method]: () => mapped } });
    await compareWithSpec(played.around, { toolId: mapped.id });
    assert.deepEqual(played.did, [
      `compare written:${mapped.id} and shown:${mapped.id}: get_pet_by_id: as written ↔ as models see it (1 note)`,
    ]);
  });

  it('is chosen from all tools by command, those that cannot be run included', async () => {
    const stuck = tool('stuck', { runnable: false, notRunnable: 'It has no runner.' });
    const played = await play({
      tools: [stuck],
      picks: { 'Compare Spec with What Models See': 'stuck' },
      engine: { [engine.tool.method]: () => stuck },
    });
    await compareWithSpec(played.around, {});
    assert.match(played.did[0] ?? '', /^compare written:imaginarium\.yaml#stuck and shown:/);
  });

  it('is new only when its text is: the editor reads it again by its time', async () => {
    let now = mapped;
    const played = await play({ engine: { [engine.tool.method]: () => now } });
    const reader = new ToolReader(played.around);
    const first = await reader.read(mapped.id, 'shown');
    assert.equal(await reader.read(mapped.id, 'shown'), first);
    now = { ...mapped, description: 'Another.' };
    assert.match((await reader.read(mapped.id, 'shown')).text, /Another\./);
  });
});
