/** Tools and examples that training data is made of in tests: one of each kind, and what is awkward about texts. */
import type { TrainingTool } from '../../src/core/exploit/training/candidates.ts';
import type { Example } from '../../src/core/trial.ts';

const source = { path: 'tools.json', line: 1, column: 1 };

export const trainingTools: TrainingTool[] = [
  {
    id: 'tools.json#add_date',
    name: 'add_date',
    description: 'Adds days to a date.',
    parameters: {
      type: 'object',
      properties: {
        date: { type: 'string', description: 'YYYY-MM-DD' },
        days: { type: 'integer' },
        calendar: { type: 'string', enum: ['iso', 'julian'], default: 'iso' },
      },
      required: ['date', 'days'],
    },
    source,
    specHash: 'aaaa000000000001',
  },
  {
    id: 'tools.json#find_place',
    name: 'find_place',
    description: 'Finds a place by its name.\nSays where it is.',
    parameters: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        near: {
          type: 'object',
          properties: { lat: { type: 'number' }, lon: { type: 'number' } },
          required: ['lat', 'lon'],
        },
        kinds: { type: 'array', items: { type: 'string' } },
      },
      required: ['name'],
    },
    source,
    specHash: 'aaaa000000000002',
  },
  {
    id: 'tools.json#today',
    name: 'today',
    description: 'Says which day it is.',
    parameters: {},
    source,
    specHash: 'aaaa000000000003',
  },
];

export function trainingTool(id: string): TrainingTool | null {
  return trainingTools.find((tool) => tool.id === id) ?? null;
}

/** An example of `add_date`, verified; parts can be given. */
export function trainingExample(parts: Partial<Example> = {}): Example {
  const tool = parts.tool ?? 'tools.json#add_date';
  const id = parts.id ?? 'e1';
  return {
    id,
    tool,
    query: 'Which day is ten days after 2024-02-20?',
    calls: [{ tool, arguments: { date: '2024-02-20', days: 10 }, observation: '2024-03-01' }],
    answer: 'It is the first of March 2024.',
    verification: 'verified',
    checks: {
      format: true,
      execution: 'recorded',
      judge: { model: 'judge', informative: true, faithful: true, proper: true, reasons: 'All is well.' },
      specHash: trainingTool(tool)?.specHash ?? '',
    },
    provenance: {
      model: 'gpt-test',
      languageModel: true,
      runId: 'r1',
      trialId: id,
      seed: 7,
      specHash: trainingTool(tool)?.specHash ?? '',
      judge: 'judge',
      edited: false,
    },
    ...parts,
  };
}

/** One of each kind. */
export const trainingExamples: Example[] = [
  trainingExample({
    contrasts: [
      {
        tool: 'tools.json#add_date',
        arguments: { date: '20.02.2024', days: 10 },
        failure: { type: 'rejected', message: 'date has to be YYYY-MM-DD' },
      },
    ],
  }),
  trainingExample({ id: 'e1-p1', query: 'What date comes 10 days after 2024-02-20?', paraphraseOf: 'e1' }),
  trainingExample({
    id: 'e2',
    query: 'Which day is a week from today?',
    calls: [
      { tool: 'tools.json#today', arguments: {}, observation: '2026-11-26' },
      {
        tool: 'tools.json#add_date',
        arguments: { date: '2026-11-26', days: 7 },
        observation: '{"date":"2026-12-03"}',
      },
    ],
    answer: 'A week from today is 2026-12-03.',
  }),
  trainingExample({
    id: 'e3',
    tool: 'tools.json#find_place',
    query: 'Find "Café {{name}}" near 47.5, 7.6.\nOnly bars, please\u202e!',
    calls: [
      {
        tool: 'tools.json#find_place',
        arguments: { name: 'Café {{name}} 🍵', near: { lat: 47.5, lon: 7.6 }, kinds: ['bar', 'pub'] },
        observation: '',
      },
    ],
    answer: null,
  }),
  trainingExample({
    id: 'e4',
    kind: 'near_miss',
    query: 'How many days has a leap year?',
    calls: [],
    answer: 'A leap year has 366 days.',
  }),
  trainingExample({
    id: 'e5',
    kind: 'missing_value',
    query: 'Add some days to 2024-02-20.',
    calls: [],
    answer: 'How many days shall I add?',
  }),
];
