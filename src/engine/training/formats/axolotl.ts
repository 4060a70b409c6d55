import { basename } from 'node:path';
import { stringify } from 'yaml';
import { turnsOf } from '../turns.ts';
import { type ChatStyle, chatMessages, offeredTools } from './chatMessages.ts';
import type { DataFormat } from './format.ts';
import { jsonLinesFile, pathBeside } from './jsonLines.ts';

/**
 * What Axolotl reads as `type: chat_template` ("Conversation" of its documentation on dataset formats): `messages` and `tools`.
 * Each message says in `train` whether it is learned (`message_field_training: train`). Arguments are a JSON text, as its
 * documentation advises where arguments of one name differ in type: the columns of `datasets` hold one type each. What it does
 * not know is passed over. The part of its configuration that reads the file is written beside it.
 */
export const axolotl: DataFormat = {
  label: 'Axolotl',
  takesMore: true,
  rows({ conversation }, { loss }) {
    const turns = turnsOf(conversation, loss, true);
    return [
      { messages: chatMessages(conversation.query, turns, axolotlStyle), tools: offeredTools(conversation) },
    ];
  },
  async files(rows, path, { side, trainPath, read }) {
    const dataset = {
      path: basename(path),
      ds_type: 'json',
      type: 'chat_template',
      field_messages: 'messages',
      field_tools: 'tools',
      message_property_mappings: { role: 'role', content: 'content' },
      message_field_training: 'train',
      roles_to_train: ['assistant'],
    };
    const configPath = pathBeside(trainPath, '.axolotl.yml');
    const text =
      side === 'train'
        ? `# For the configuration of Axolotl: how it reads what was exported.\n${stringify({ datasets: [dataset] })}`
        : `${(await read(configPath)) ?? ''}${stringify({ test_datasets: [dataset] })}`;
    return [jsonLinesFile(rows, path, 'axolotl'), { path: configPath, text: [text], rows: 0, lint: null }];
  },
};

const axolotlStyle: ChatStyle = {
  arguments: 'text',
  emptyContent: true,
  toolName: true,
  weight: (train) => ({ train }),
  others: { train: false },
};
