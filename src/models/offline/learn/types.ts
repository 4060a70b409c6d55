import type { JsonType } from './finding.ts';

const words: readonly [RegExp, JsonType][] = [
  [
    /^(?:valid )?(?:integer|int|int32|int64|long|u8|u16|u32|u64|i8|i16|i32|i64|usize|whole number|java\.lang\.integer|bigint)$/i,
    'integer',
  ],
  [/^(?:valid )?(?:number|float|float64|f32|f64|double|decimal|numeric|double precision)$/i, 'number'],
  [/^(?:valid )?(?:string|str|text)$/i, 'string'],
  [/^(?:valid )?(?:boolean|bool)$/i, 'boolean'],
  [/^(?:valid )?(?:array|list|sequence|slice)$/i, 'array'],
  [/^(?:valid )?(?:object|dict|dictionary|map|mapping)$/i, 'object'],
];

const kind = String.raw`["'\x60]?((?:valid )?[A-Za-z][\w.]*(?: precision| number)?)["'\x60]?`;
const patterns = [
  new RegExp(`\\bexpected (?:type )?(?:an? )?${kind}`, 'i'),
  new RegExp(`\\b(?:must|should) be (?:of type |an? )?${kind}`, 'i'),
  new RegExp(`\\bnot (?:of type |an? )${kind}`, 'i'),
  new RegExp(`\\bof type ${kind}`, 'i'),
  new RegExp(`\\brequired type ${kind}`, 'i'),
  new RegExp(`\\bfor type ${kind}`, 'i'),
  new RegExp(`^an? ${kind} is required`, 'i'),
  new RegExp(`\\b(?:invalid|convert string to|invalid literal for) ${kind}`, 'i'),
];

/** The JSON type that a text asks for; null when it complains about none. */
export function typeIn(text: string): JsonType | null {
  if (/NumberFormatException|invalid literal for int|strconv\.(?:Atoi|ParseInt)/.test(text)) return 'integer';
  for (const pattern of patterns) {
    for (const match of text.matchAll(new RegExp(pattern, 'gi'))) {
      const word = match[1] ?? '';
      const type = words.find(
        ([spelling]) => spelling.test(word) || spelling.test(word.split(' ')[0] ?? ''),
      )?.[1];
      if (type) return type;
    }
  }
  return null;
}
