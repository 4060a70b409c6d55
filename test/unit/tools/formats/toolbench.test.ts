import assert from 'node:assert/strict';
import { problemLines, readSpecText } from '../../../helpers/readSpecText.ts';

const api = {
  description: 'Scores of a day.',
  required_parameters: [
    { name: 'day', type: 'DATE (YYYY-MM-DD)', description: 'The day', default: '2020-01-01' },
    { name: 'league', type: 'NUMBER', description: '', default: '' },
  ],
  optional_parameters: [
    { name: 'limit', type: 'NUMBER', description: '', default: '10' },
    { name: 'live', type: 'BOOLEAN', description: '', default: 'false' },
    { name: 'kind', type: 'ENUM', description: '', default: '' },
  ],
  parent_tool_name: 'Soccer',
  parent_tool_description: 'All of soccer.',
};

describe('API descriptions of ToolBench', () => {
  it('are tools, as text or as an object, with types and defaults as JSON Schema has them', () => {
    for (const content of [{ 'Soccer%%Day list': JSON.stringify(api) }, { 'Soccer%%Day list': api }]) {
      const { format, tools } = readSpecText('x.json', content);
      assert.equal(format, 'toolbench');
      const [bound] = tools;
      assert.equal(bound?.tool.id, 'x.json#Soccer%%Day list');
      assert.equal(bound?.tool.name, 'Soccer_Day_list');
      assert.equal(bound?.tool.description, 'Scores of a day.\n\nPart of Soccer: All of soccer.');
      assert.deepEqual(bound?.tool.parameters, {
        type: 'object',
        properties: {
          day: { type: 'string', format: 'date', description: 'The day', examples: ['2020-01-01'] },
          league: { type: 'number', description: '' },
          limit: { type: 'number', description: '', default: 10 },
          live: { type: 'boolean', description: '', default: false },
          kind: { type: 'string', description: '' },
        },
        required: ['day', 'league'],
      });
      assert.match(bound?.written?.notes.join() ?? '', /ENUM without its values/);
      assert.deepEqual(bound?.written?.schema, {
        required_parameters: api.required_parameters,
        optional_parameters: api.optional_parameters,
      });
    }
  });

  it('are read from prose as far as it goes', () => {
    const prose =
      'Add days to a date.. Your input should be a json (args json schema): {{"date" : string, "days" : integer, }} The Action …';
    const { tools } = readSpecText('x.json', { a: JSON.stringify(api), add_date: prose });
    assert.deepEqual(tools[1]?.tool.parameters, {
      type: 'object',
      properties: { date: { type: 'string' }, days: { type: 'integer' } },
    });
    assert.equal(tools[1]?.tool.description, prose);
    assert.match(tools[1]?.written?.notes.join() ?? '', /told in prose/);
  });

  it('are read from the files of the tools themselves', () => {
    const { tools } = readSpecText('x.json', {
      tool_name: 'Soccer',
      tool_description: 'All of soccer.',
      api_list: [{ name: 'Day list', method: 'DELETE', ...api }, { name: 'Broken' }],
    });
    assert.deepEqual(
      tools.map(({ tool }) => [tool.id, tool.risk]),
      [['x.json#Soccer%%Day list', 'destructive']],
    );
  });

  it('say what is no description', () => {
    const source = readSpecText('x.json', { a: api, b: 7, c: { d: 1 } });
    assert.equal(source.tools.length, 1);
    assert.match(problemLines(source).join('\n'), /no description of an API.*\n.*no description of an API/);
  });
});
