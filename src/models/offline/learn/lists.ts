const leadIns = [
  /\b(?:one|any) of(?: these| the following)?(?: allowed)?(?: values?| options?| choices?)?\s*:?\s*/i,
  /\b(?:allowed|valid|supported|possible|permitted|accepted|acceptable|available|known|legal)\s+(?:values?|options?|choices?|types?|names?|[a-z]+s)?\s*(?:are|is|include)?\s*[:=]?\s*(?=["'`[({]|\w+\s*[,|])/i,
  /\b(?:allowed|supported|expected|accepted|permitted|options|choices)\s*(?:are|is)?:\s*/i,
  /\bchoose from\s*:?\s*/i,
  /\bset:\s*(?=\[)/i,
  /\benum class:\s*(?=\[)/i,
  /\bnot (?:one of|in)\s*(?=[["'`(])/i,
  /\b(?:expected|must be|should be|be either|either|use)\s+(?:either\s+)?(?=["'`][^"'`]{1,40}["'`]\s*(?:,|\||or\b))/i,
  /\b(?:expected|must be|should be|be) either\s+(?=\w)/i,
];

const typeNames = new Set([
  'string',
  'number',
  'integer',
  'boolean',
  'array',
  'object',
  'null',
  'float',
  'int',
  'list',
  'dict',
]);

/** The values that a text lists as the only ones taken; none when it lists none. */
export function allowedValues(text: string): string[] {
  for (const leadIn of leadIns) {
    const found = leadIn.exec(text);
    if (!found) continue;
    const items = listItems(text.slice(found.index + found[0].length));
    if (items.length > 0 && !items.every((item) => typeNames.has(item.toLowerCase()))) return items;
  }
  return [];
}

/** What a text proposes instead; null when it proposes nothing. */
export function suggestion(text: string): string | null {
  const meant =
    /\b(?:did you|perhaps you|maybe you|you (?:may|might|probably)(?: have)?) mean(?:t)?(?: the (?:enum )?value| to use)?:?\s*(?:["'`]([^"'`]{1,80})["'`]|([^\s?"'`,]{1,60}))/i.exec(
      text,
    );
  if (meant) return meant[1] ?? meant[2] ?? null;
  const instead = /\b(?:use|try|write)\s+["'`]([^"'`]{1,80})["'`](?:\s+instead)?/i.exec(text);
  return instead?.[1] ?? null;
}

function listItems(rest: string): string[] {
  const bracket = /^\s*([[({])/.exec(rest)?.[1];
  const closing = bracket === '[' ? ']' : bracket === '(' ? ')' : '}';
  const end = bracket ? rest.indexOf(closing) : sentenceEnd(rest);
  const body = (end < 0 ? rest : rest.slice(0, end)).replace(/^\s*[[({]/, '').slice(0, 3000);
  return body.trimStart().match(/^["'`]/)
    ? quotedItems(body.trimStart())
    : bareItems(body, bracket !== undefined);
}

function sentenceEnd(rest: string): number {
  return rest.search(/\.(?:\s|$)|\n|[,;]?\s+(?:but|received|got|found|given|instead|at line)\b|[)\]}]|\s\[/);
}

/** Quoted items go on as long as only separators stand between them. */
function quotedItems(body: string): string[] {
  const items: string[] = [];
  let rest = body;
  for (;;) {
    const item = /^(["'`])(.{1,80}?)\1\s*(,\s*(?:or\s+|and\s+)?|\|\s*|\/\s*|or\s+|and\s+)?/.exec(rest);
    if (!item?.[2]) return items;
    items.push(item[2]);
    if (!item[3]) return items;
    rest = rest.slice(item[0].length);
  }
}

function bareItems(body: string, bracketed: boolean): string[] {
  const items = body
    .split(/\s*(?:,|\||;)\s*(?:or\s+|and\s+)?|\s+(?:or|and)\s+/)
    .map((item) => item.trim().replace(/^["'`]|["'`.]$/g, ''))
    .filter((item) => item !== '');
  const listed = items.every((item) => item.length <= 40 && item.split(/\s+/).length <= 2);
  return listed && items.length <= 400 && items.length >= (bracketed ? 1 : 2) ? items : [];
}
