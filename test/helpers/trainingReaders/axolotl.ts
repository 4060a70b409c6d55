/** Axolotl's `chat_template` ("Conversation"), read as the configuration beside the data says. */
import { parse } from 'yaml';
import { type ChatRules, jsonText, readMessages, readTools } from './chat.ts';
import { demand, type Fields, lines, list, object, type ReadRow, text } from './reading.ts';

/** @param files by their names; the configuration is one of them */
export function readAxolotl(
  files: ReadonlyMap<string, string>,
  config: string,
  which: 'datasets' | 'test_datasets',
): ReadRow[] {
  const read = object(parse(files.get(config) ?? ''), 'the configuration');
  const [dataset] = list(read[which], which).map((one) => object(one, 'a dataset'));
  demand(dataset?.type === 'chat_template' && dataset.ds_type === 'json', 'type of the dataset');
  const map = object(dataset.message_property_mappings, 'message_property_mappings');
  const train = text(dataset.message_field_training, 'message_field_training');
  const roles = list(dataset.roles_to_train, 'roles_to_train');
  const rules: ChatRules = {
    members: null,
    arguments: jsonText,
    id: (id) => void text(id, 'id'),
    toolName: true,
    contentBesideCalls: 'empty',
    // A message says so itself; where it does not, its role decides.
    learned: (message) =>
      typeof message[train] === 'boolean' ? message[train] : roles.includes(message.role),
  };
  const rows = lines(files.get(text(dataset.path, 'path')) ?? '');
  return rows.map((row) => {
    const tools = readTools(row[text(dataset.field_tools, 'field_tools')]);
    const messages = list(row[text(dataset.field_messages, 'field_messages')], 'messages').map(
      (one): Fields => {
        const message = object(one, 'a message');
        demand(
          message.role === 'assistant' || message[train] === false,
          'only what the assistant says is learned',
        );
        return {
          ...message,
          role: message[text(map.role, 'role')],
          content: message[text(map.content, 'content')],
        };
      },
    );
    return { ...readMessages(messages, tools, rules), tools: [...tools.keys()] };
  });
}
