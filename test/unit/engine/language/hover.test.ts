import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import type { MarkupContent } from 'vscode-languageserver/node';
import type { Example, Lesson } from '../../../../src/core/trial.ts';
import { unseen } from '../../../../src/core/unseen.ts';
import { type LearnedOf, specHover } from '../../../../src/engine/language/hover.ts';
import { asText, fenced } from '../../../../src/engine/language/markdown.ts';
import type { ToolCounts } from '../../../../src/store/index.ts';
import type { McpServerSpec } from '../../../../src/tools/boundTool.ts';
import { madeExample } from '../../../bench/storeFixtures.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';
import { sampleTrial } from '../../../helpers/sampleTrial.ts';
import { filesOf, folder, placeIn, read } from './specs.ts';

const counts = { examples: 1, failures: 2, lessons: 1, trials: 1200 };
const lesson: Pick<Lesson, 'text'> = { text: 'date wants YYYY-MM-DD\n# not a heading' };

async function hoverAt(
  { files, index }: ReturnType<typeof filesOf>,
  path: string,
  place: { line: number; character: number },
  learned: { counts?: ToolCounts; example?: Example } = {},
): Promise<string | undefined> {
  const engine: LearnedOf = {
    tool: (id) => index.tool(id, () => new Map([[id, learned.counts ?? counts]])),
    learned: {
      lessons: async () => ({ rows: [lesson as Lesson], next: null }),
      examples: async () => ({ rows: learned.example ? [learned.example] : [], next: null }),
    },
  };
  const uri = pathToFileURL(`${folder}/${path}`).href;
  const hover = await specHover(engine, files, uri, place);
  return (hover?.contents as MarkupContent | undefined)?.value;
}

const text = `tools:
  - name: add_date
    description: "Adds days. [click](command:evil) <img src=x> \`code\`"
    parameters:
      type: object
      description: "a \`\`\`\` fence"
      properties: { add_date: { type: string } }
`;
const path = 'dir/x.tools.yaml';

describe('Hover in a spec', () => {
  it("over a tool's name tells what a model sees and what was learned", async () => {
    const value = (await hoverAt(read(path, text), path, placeIn(text, 'add_date'))) ?? '';
    assert.match(value, /unknown risk · 1 example · 2 failed calls · 1,200 trials/);
    assert.match(value, /date wants YYYY\\-MM\\-DD \\# not a heading/);
    assert.match(value, /Cannot be run\\?: the manifest does not say how to run it/);
  });

  it('says of an example without a call why there is none', async () => {
    const example: Example = { ...madeExample(sampleTrial()), kind: 'missing_value', calls: [] };
    const hover = (): Promise<string | undefined> =>
      hoverAt(read(path, text), path, placeIn(text, 'add_date'), { example });
    assert.match((await hover()) ?? '', /\(no call: a value is missing, ask for it\)/);
    example.kind = 'near_miss';
    assert.match((await hover()) ?? '', /\(no call: not what the tool is for\)/);
  });

  it('says what of it a model played', async () => {
    const example = madeExample(sampleTrial());
    example.provenance.simulated = true;
    const simulated = { examples: 1, failures: 1, trials: 7 };
    const learned = { counts: { ...counts, simulated }, example };
    const value = (await hoverAt(read(path, text), path, placeIn(text, 'add_date'), learned)) ?? '';
    const said = '1 example (all simulated) · 2 failed calls (1 simulated) · 1,200 trials (7 simulated)';
    assert.ok(value.includes(said), value);
    assert.match(value, /Example \(simulated: a model played the tool\): /);
  });

  it('is nothing elsewhere, not even over a parameter of the same name', async () => {
    for (const sought of ['description:', 'tools:', '{ add_date']) {
      assert.equal(await hoverAt(read(path, text), path, placeIn(text, sought, 4)), undefined, sought);
    }
    assert.equal(await hoverAt(read(path, text), 'other.yaml', { line: 1, character: 12 }), undefined);
  });

  it('makes no markup of what tools and models said', async () => {
    const value = (await hoverAt(read(path, text), path, placeIn(text, 'add_date'))) ?? '';
    assert.ok(value.includes('\\[click\\]\\(command\\:evil\\) \\<img src=x\\> \\`code\\`'), value);
    assert.ok(value.includes('\n`````\n') || value.endsWith('`````'), 'the fence outgrows its content');
    assert.equal(asText('a\n\nb'), 'a b');
    assert.equal(
      asText('https://evil.invalid me@evil.invalid $(flame)'),
      'https\\://evil\\.invalid me\\@evil\\.invalid \\$\\(flame\\)',
    );
    for (const hostile of hostileTexts) {
      const safe = asText(hostile);
      assert.ok(!/(?<!\\)[`*_[\]<>|$]/.test(safe.replaceAll('\\\\', '')), safe);
      assert.equal(safe.replace(unseen, ''), safe);
      const block = fenced('json', hostile);
      const fence = /^`+/.exec(block)?.[0] ?? '';
      assert.equal(block.split('\n').filter((line) => line.startsWith(fence)).length, 2, block);
    }
  });

  it('tells of a server what is known of it', async () => {
    const source = { path: '.mcp.json', line: 3, column: 5 };
    const transport: McpServerSpec['transport'] = {
      kind: 'stdio',
      command: 'node',
      args: ['a`b.js'],
      env: {},
      cwd: null,
    };
    const server = { name: 'files', source, transport, problem: null };
    const whole = filesOf(
      {
        path: '.mcp.json',
        format: 'mcpServers',
        folder,
        tools: [],
        problems: [],
        budget: {},
        servers: [server],
      },
      {
        path: '.mcp.json#files',
        file: '.mcp.json',
        format: 'mcpServers',
        folder,
        tools: [],
        problems: [],
        budget: {},
        servers: [server],
        server: {
          name: 'files',
          transport: 'stdio',
          shown: 'node a`b.js',
          status: 'failed',
          problem: 'No *such* file.',
        },
      },
    );
    const value = (await hoverAt(whole, '.mcp.json', { line: 2, character: 8 })) ?? '';
    assert.match(value, /\*\*files\*\* · MCP server/);
    assert.ok(value.includes('No \\*such\\* file\\.'), value);
  });
});
