/**
 * LLaMA-Factory's `sharegpt`: found by an entry of `dataset_info.json`, turns in odd and even places, or the row is skipped. Its
 * default template reads `parameters.properties` of each tool.
 */
import { demand, lines, list, object, type ReadRow, text } from './reading.ts';

export function readLlamaFactory(files: ReadonlyMap<string, string>, dataset: string): ReadRow[] {
  const info = object(JSON.parse(files.get('dataset_info.json') ?? '{}'), 'dataset_info.json');
  const entry = object(info[dataset], `dataset ${dataset}`);
  demand(entry.formatting === 'sharegpt', 'formatting');
  const columns = object(entry.columns, 'columns');
  const rows = lines(files.get(text(entry.file_name, 'file_name')) ?? '');
  return rows.map((row) => {
    const turns = list(row[text(columns.messages, 'messages')], 'turns').map((turn) =>
      object(turn, 'a turn'),
    );
    demand(turns.length % 2 === 0, 'an even number of turns');
    const tools = list(JSON.parse(text(row[text(columns.tools, 'tools')], 'tools')), 'tools').map((one) => {
      const tool = object(one, 'a tool');
      object(object(tool.parameters, 'parameters').properties, 'properties');
      text(tool.description, 'description');
      return text(tool.name, 'name');
    });
    const read: ReadRow = { query: '', calls: [], answer: null, learned: 0, tools };
    for (const [index, turn] of turns.entries()) {
      const places = index % 2 === 0 ? ['human', 'observation'] : ['gpt', 'function_call'];
      demand(places.includes(text(turn.from, 'from')), `${turn.from} at place ${index}`);
      const value = text(turn.value, 'value');
      if (turn.from === 'human') read.query = value;
      else if (turn.from === 'observation') {
        const call = read.calls.at(-1);
        demand(call && call.result === null, 'an observation of nothing');
        call.result = value;
      } else {
        read.learned += 1;
        if (turn.from === 'gpt') read.answer = value;
        else {
          const call = object(JSON.parse(value), 'a call');
          demand(tools.includes(text(call.name, 'name')), 'a tool that is not offered');
          read.calls.push({
            name: call.name as string,
            arguments: object(call.arguments, 'arguments'),
            result: null,
          });
        }
      }
    }
    return read;
  });
}
