import assert from 'node:assert/strict';
import type { MarkupContent } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Lesson } from '../../../../src/core/trial.ts';
import { asText, type LearnedOf, toolHover } from '../../../../src/engine/server/hover.ts';
import type { CatalogueTool, SourceRow } from '../../../../src/protocol/engine.ts';

const tool: CatalogueTool = {
  id: 'dir/x.tools.yaml#add_date',
  name: 'add_date',
  description: 'Adds days. [click](command:evil) <img src=x> `code`',
  parameters: { type: 'object', description: 'a ```` fence' },
  source: { path: 'dir/x.tools.yaml', line: 2, column: 5 },
  risk: 'unknown',
  runnable: true,
  specHash: 'h',
  notRunnable: null,
  problems: [],
  counts: { examples: 1, failures: 2, lessons: 1, trials: 1200 },
};
const lesson: Pick<Lesson, 'text'> = { text: 'date wants YYYY-MM-DD\n# not a heading' };

function engine(): LearnedOf {
  const path = 'dir/x.tools.yaml';
  const source: SourceRow = {
    path,
    file: path,
    format: 'manifest',
    server: null,
    folder: '/w ä',
    tools: 1,
    shown: 1,
    problems: [],
  };
  return {
    sources: () => ({ version: 1, tools: 1, runnable: 1, sources: [source] }),
    toolIn: ({ path }, name) => (path === source.path && name === tool.name ? tool : null),
    lessons: async () => ({ rows: [lesson as Lesson], next: null }),
    examples: async () => ({ rows: [], next: null }),
  };
}

const text = 'tools:\n  - name: add_date\n    description: x\n';
// The editor writes URIs its own way: a colon and an umlaut escaped or not.
const document = TextDocument.create('file:///w%20%C3%A4/dir/x.tools.yaml', 'yaml', 1, text);

async function hoverAt(line: number, character: number): Promise<string | undefined> {
  const hover = await toolHover(engine(), document, { line, character });
  return (hover?.contents as MarkupContent | undefined)?.value;
}

describe('Hover over a tool', () => {
  it('tells what a model sees and what was learned', async () => {
    const value = await hoverAt(1, 13);
    assert.match(value ?? '', /unknown risk · 1 example · 2 failed calls · 1,200 trials/);
    assert.match(value ?? '', /date wants YYYY\\-MM\\-DD \\# not a heading/);
  });

  it('shows nothing elsewhere', async () => {
    assert.equal(await hoverAt(2, 5), undefined);
    assert.equal(await hoverAt(0, 1), undefined);
  });

  it('makes no markup of what tools and models said', async () => {
    const value = (await hoverAt(1, 10)) ?? '';
    assert.ok(value.includes('\\[click\\]\\(command\\:evil\\) \\<img src=x\\> \\`code\\`'));
    assert.ok(value.includes('\n`````\n') || value.endsWith('`````'), 'the fence outgrows its content');
    assert.equal(asText('a\n\nb'), 'a b');
    assert.equal(
      asText('https://evil.invalid me@evil.invalid'),
      'https\\://evil\\.invalid me\\@evil\\.invalid',
    );
  });
});
