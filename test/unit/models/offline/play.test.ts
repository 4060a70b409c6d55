import assert from 'node:assert/strict';
import type { Json, JsonObject } from '../../../../src/core/json.ts';
import { readPlayed } from '../../../../src/core/simulate/readPlayed.ts';
import type { PlayedCall } from '../../../../src/core/simulate/simulation.ts';
import type { Tool } from '../../../../src/core/tool.ts';
import { offlineModel } from '../../../../src/models/offline/index.ts';
import { sampleTool } from '../../../helpers/corePorts.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';

async function play(tool: Tool, args: JsonObject, said: PlayedCall[] = [], seed = 1) {
  const { signal } = new AbortController();
  const { text, usage } = await offlineModel().chat(
    {
      purpose: { kind: 'simulate', tool, arguments: args, said, seed },
      messages: [],
      temperature: 0,
      maxTokens: 100,
    },
    signal,
  );
  assert.equal(usage.modelCalls, 1);
  const read = readPlayed(text);
  assert.ok(read);
  return { ...read, value: parsed(read.content) };
}

function parsed(content: string): Json {
  try {
    return JSON.parse(content) as Json;
  } catch {
    return content;
  }
}

describe('The sampler playing a tool', () => {
  it('says the same to the same call, and something else to another', async () => {
    const tool = sampleTool({
      name: 'get_weather',
      description: 'Returns temperature and humidity of a city.',
    });
    const first = await play(tool, { city: 'Bern' });
    assert.deepEqual(await play(tool, { city: 'Bern' }, [], 99), first);
    assert.notDeepEqual(await play(tool, { city: 'Rome' }), first);
    assert.equal(first.status, 'ok');
    const value = first.value as JsonObject;
    assert.equal(value.city, 'Bern');
    assert.ok('temperature' in value && 'humidity' in value, first.content);
  });

  it('keeps to an output schema, with what the arguments name in it', async () => {
    const output = {
      type: 'object',
      required: ['id', 'name', 'tags'],
      properties: {
        id: { type: 'integer', minimum: 10, maximum: 20 },
        name: { type: 'string' },
        tags: { type: 'array', items: { enum: ['a', 'b'] }, minItems: 1 },
      },
    };
    const { value } = await play(sampleTool({ name: 'add_pet', output }), { name: 'Rex' });
    const pet = value as { id: number; name: string; tags: string[] };
    assert.ok(pet.id >= 10 && pet.id <= 20);
    assert.equal(pet.name, 'Rex');
    assert.ok(pet.tags.every((tag) => tag === 'a' || tag === 'b'));
  });

  it('finds what it made up earlier by its id, and not after it was deleted', async () => {
    const create = sampleTool({ name: 'create_note', id: 'x#create_note' });
    const get = sampleTool({ name: 'get_note', id: 'x#get_note' });
    const made = await play(create, { text: 'milk' });
    const { id } = made.value as { id: string };
    const said: PlayedCall[] = [
      { tool: create.id, arguments: { text: 'milk' }, status: 'ok', content: made.content },
    ];
    const found = await play(get, { note_id: id }, said);
    assert.deepEqual(found.value, made.value);
    said.push({ tool: 'x#delete_note', arguments: { id }, status: 'ok', content: '{"deleted":true}' });
    const gone = await play(get, { note_id: id }, said);
    assert.equal(gone.status, 'rejected');
    assert.match(gone.content, /was not found/);
  });

  it('answers whatever the documentation says', async () => {
    for (const text of hostileTexts) {
      const tool = sampleTool({ description: `Returns ${text}`, output: { type: 'object', title: text } });
      const { status } = await play(tool, { a: text, id: text });
      assert.equal(status, 'ok');
      await play(sampleTool({ description: `Lists ${text}` }), { [text]: text });
    }
  });

  it('lists, and makes up ids for what it creates', async () => {
    const list = await play(sampleTool({ name: 'search_flights', description: 'Finds flights.' }), {
      to: 'ZRH',
    });
    const { results, total } = list.value as { results: JsonObject[]; total: number };
    assert.equal(results.length, total);
    const booked = await play(sampleTool({ name: 'book_flight', description: 'Books.' }), { flight: 'LX1' });
    assert.match(String((booked.value as JsonObject).id), /^sim_[0-9a-f]{8}$/);
  });
});
