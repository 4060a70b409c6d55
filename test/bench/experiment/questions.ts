import { join } from 'node:path';
import { root } from '../../../src/build/install.mjs';

/**
 * The held-out questions, one a line in the form of an example. Written by hand, without a look at what exploring imagines;
 * each gold call was run against the sample tools (`test/system/bench`).
 */
export const questionFile = join(root, 'test/fixtures/experiment/questions.jsonl');
