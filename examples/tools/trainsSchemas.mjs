// What the train service accepts. `makeTrainsValidate.mjs` compiles it.

export const board = {
  type: 'object',
  properties: {
    station: { type: 'string', pattern: '^[A-Z]{3}$' },
    time: { type: 'string', pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', default: '08:00' },
    limit: { type: 'integer', minimum: 1, maximum: 20, default: 5 },
  },
  required: ['station'],
  additionalProperties: false,
};

export const seat = {
  type: 'object',
  properties: {
    train: { type: 'string', pattern: '^(IC|IR|RE) [0-9]{1,2}$' },
    date: { type: 'string', format: 'date' },
    class: { enum: ['first', 'second'] },
    seat: { type: 'string', pattern: '^[1-9][0-9]?[A-D]$' },
    passenger: {
      type: 'object',
      properties: {
        name: { type: 'string', pattern: '[^ ]' },
        age: { type: 'integer', minimum: 0, maximum: 130 },
      },
      required: ['name'],
      additionalProperties: false,
    },
  },
  required: ['train', 'date', 'class', 'passenger'],
  additionalProperties: false,
};
