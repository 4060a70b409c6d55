/** The forms of training data and of other tools' data: one file a form. */
import type { ForeignFormat, TrainingFormat } from '../../../protocol/exploit.ts';
import { anthropic } from './anthropic.ts';
import { axolotl } from './axolotl.ts';
import { bfcl } from './bfcl.ts';
import { dspy } from './dspy.ts';
import type { DataFormat } from './format.ts';
import { llamaFactory } from './llamaFactory.ts';
import { mistral } from './mistral.ts';
import { openai } from './openai.ts';
import { paper } from './paper.ts';
import { dpo, openaiDpo } from './preferences.ts';
import { promptfoo } from './promptfoo.ts';
import { trl } from './trl.ts';

export type { DataFormat, FileOut, Material, Row } from './format.ts';

/** By the names that the command line has for them. */
export const dataFormats: Record<TrainingFormat | ForeignFormat, DataFormat> = {
  openai,
  trl,
  axolotl,
  'llama-factory': llamaFactory,
  mistral,
  paper,
  dpo,
  'openai-dpo': openaiDpo,
  promptfoo,
  bfcl,
  dspy,
  anthropic,
};
