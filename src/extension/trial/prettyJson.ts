/**
 * JSON over several lines, token by token: what stands in it is not read and written anew, so numbers keep all their digits
 * and doubled keys stay. Short lists of plain values stay on one line.
 */

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const widest = 72;
/** Deeper than people read; the indentation of what is deeper would outgrow the text. */
const deepest = 40;

/** Null when it is no JSON object or array, or one too deep to be laid out. */
export function prettyJson(text: string): string | null {
  if (!/^\s*[{[]/.test(text) || !isJson(text)) return null;
  const tokens = text.match(token) ?? [];
  const lines: string[] = [];
  let line = '';
  let depth = 0;
  const feed = (): void => {
    lines.push(line);
    line = '  '.repeat(depth);
  };
  for (let at = 0; at < tokens.length; at += 1) {
    const one = tokens[at] as string;
    if (one === '{' || one === '[') {
      const short = depth > 0 || tokens[at + 1] === closing(one) ? shortList(tokens, at) : null;
      if (short !== null) {
        line += short.text;
        at = short.end;
        continue;
      }
      depth += 1;
      if (depth > deepest) return null;
      line += one;
      feed();
    } else if (one === '}' || one === ']') {
      depth -= 1;
      feed();
      line += one;
    } else if (one === ',') {
      line += ',';
      feed();
    } else line += one === ':' ? ': ' : one;
  }
  lines.push(line);
  return lines.join('\n');
}

/** An empty object, or a list of plain values that fits a line: its text, and where it ends. */
function shortList(tokens: readonly string[], start: number): { text: string; end: number } | null {
  if (tokens[start + 1] === closing(tokens[start])) {
    return { text: `${tokens[start]}${tokens[start + 1]}`, end: start + 1 };
  }
  if (tokens[start] === '{') return null;
  let text = '[';
  for (let at = start + 1; at < tokens.length; at += 1) {
    const one = tokens[at] as string;
    if (one === ']') return { text: `${text}]`, end: at };
    if (one === '{' || one === '[') return null;
    text += one === ',' ? ', ' : one;
    if (text.length > widest) return null;
  }
  return null;
}

function closing(opening: string | undefined): string {
  return opening === '{' ? '}' : ']';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
