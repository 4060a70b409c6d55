import { Command, Option } from 'commander';
import { estimateTokens } from '../../core/chat.ts';
import type { Example, Lesson } from '../../core/trial.ts';
import type { Engine } from '../../engine/engine.ts';
import {
  besideLessons,
  type ExampleFormatName,
  exampleFormats,
  isLessonForm,
  type KnownTools,
  lessonsText,
} from '../../engine/exampleFormats/index.ts';
import type { Cli } from '../cli.ts';
import { smallestLines } from '../evaluationText.ts';
import { webAddress, wholeNumber, workspaceFlag, workspaceFolder } from '../flags.ts';
import { shownJson } from '../json.ts';
import { withReader } from '../openEngine.ts';
import { allRows } from '../pages.ts';
import { plain } from '../text.ts';
import { allTools, toolId } from '../toolOption.ts';

interface Flags {
  workspace: string;
  tool?: string;
  for?: string;
  k?: number;
  tokens?: number;
  smallest?: boolean;
  lessons?: boolean;
  demonstrations?: boolean;
  embeddingModel?: string;
  baseUrl?: string;
  format: ExampleFormatName;
  contrasts?: boolean;
}

/** What is printed. */
interface Shown {
  examples: Example[];
  lessons: Lesson[];
}

/** `imaginarium examples`: what was learned, in the form a prompt needs. */
export function examplesCommand(cli: Cli): Command {
  const formats = Object.keys(exampleFormats);
  return new Command('examples')
    .description('print learned examples in the form a prompt needs')
    .addOption(workspaceFlag())
    .option('-t, --tool <tool>', 'of one tool: its id or name')
    .option('--for <query>', 'only examples that fit this query, the nearest first, one of each family')
    .addOption(
      new Option('-k <number>', 'how many --for finds (default: as many as are near, 1 to 8)').argParser(
        wholeNumber(1, 1000),
      ),
    )
    .addOption(
      new Option(
        '--tokens <number>',
        'what --for finds may take together, lessons included; with --smallest, what all may take',
      ).argParser(wholeNumber(0)),
    )
    .option(
      '--smallest',
      'the smallest set within --tokens that helps and shows all of the tools, whatever the query',
    )
    .option('--lessons', 'with --for also lessons of the tools involved: as a rule in markdown and react')
    .option('--no-lessons', 'no lessons')
    .option('--demonstrations', 'with --for or --smallest also what the sampler invented or a model played')
    .option('--embedding-model <name>', 'model by which --for also compares what queries mean')
    .addOption(new Option('--base-url <url>', 'OpenAI-compatible server that has it').argParser(webAddress))
    .addOption(new Option('-f, --format <format>', 'form of the output').choices(formats).default('markdown'))
    .option('--contrasts', 'also calls that failed first, in forms that leave them out: openai, objects')
    .option('--no-contrasts', 'no calls that failed first')
    .addHelpText(
      'after',
      `
Examples:
  $ imaginarium examples --tool convert_units
  $ imaginarium examples --for "How far is 5 miles in metres?" -k 4 --format openai
  $ imaginarium examples --for "How far is 5 miles?" --tokens 1500 --embedding-model nomic-embed-text
  $ imaginarium examples --smallest --tokens 2000 --format openai
  $ imaginarium examples --format jsonl > examples.jsonl

Words decide what fits; with an embedding model (or IMAGINARIUM_EMBEDDING_MODEL) meaning does, too. It is
asked where models are: IMAGINARIUM_BASE_URL, with the key in IMAGINARIUM_API_KEY.

The smallest set takes first what is measured to help (imaginarium evaluate --lift), then what shows a tool, a
parameter or a value that nothing in it shows yet; one of each family.`,
    )
    .action(async (flags: Flags, command: Command) => {
      const wrong = wrongUse(flags);
      if (wrong !== null) command.error(`error: ${wrong}`);
      const folder = workspaceFolder(cli, flags.workspace);
      const embeds = flags.for !== undefined && (flags.embeddingModel ?? cli.env.IMAGINARIUM_EMBEDDING_MODEL);
      await withReader(
        cli,
        folder,
        async (engine) => {
          const tools = new Map(allTools(engine).map((tool) => [tool.id, tool]));
          const shown = flags.smallest
            ? await smallest(cli, engine, tools, flags)
            : flags.for === undefined
              ? await all(engine, flags)
              : await fitting(cli, engine, flags.for, tools, flags);
          const text = written(shown, tools, flags);
          if (text !== '') await cli.terminal.out(text);
        },
        // Vectors are kept, so that no text is sent twice.
        { onlyRead: !embeds, baseUrl: flags.baseUrl },
      );
    });

  async function all(engine: Engine, flags: Flags): Promise<Shown> {
    const tool = flags.tool === undefined ? {} : { tool: await toolId(engine, flags.tool) };
    const examples: Example[] = [];
    const rows = allRows((page) => engine.learned.examples({ ...page, usable: true, ...tool }));
    for await (const example of rows) examples.push(example);
    if (examples.length === 0) cli.terminal.say('There are no examples yet. Explore: imaginarium explore');
    return { examples, lessons: [] };
  }
}

function wrongUse({ for: query, lessons, format, smallest: fixed, ...flags }: Flags): string | null {
  if (fixed) {
    if (query !== undefined) return '--smallest is one set for all queries: it does not go with --for';
    if (flags.tokens === undefined) return '--smallest needs --tokens, for instance --tokens 2000';
    if (flags.k !== undefined) return '-k says how many --for finds, and there is no --for';
    return lessons ? '--lessons goes with --for; all of them: imaginarium lessons' : null;
  }
  if (query === undefined) {
    const asked = (['k', 'tokens', 'demonstrations', 'embeddingModel'] as const).find((name) => flags[name]);
    const flag = {
      k: '-k',
      tokens: '--tokens',
      demonstrations: '--demonstrations',
      embeddingModel: '--embedding-model',
    };
    if (asked !== undefined)
      return asked === 'tokens' || asked === 'demonstrations'
        ? `${flag[asked]} goes with --for or --smallest`
        : `${flag[asked]} is about what --for finds, and there is no --for`;
    if (lessons) return '--lessons goes with --for; all of them: imaginarium lessons';
  }
  return lessons && !isLessonForm(format)
    ? `${format} has no place for lessons; markdown and react have`
    : null;
}

/** One set for all queries; what it is made of is said. Tokens are those of the form that is printed. */
async function smallest(cli: Cli, engine: Engine, tools: KnownTools, flags: Flags): Promise<Shown> {
  const { tokens = 0, demonstrations = false } = flags;
  const size = sizesIn(tools, flags);
  const set = await engine.evaluations.smallest(
    {
      tokens,
      demonstrations,
      ...(flags.tool === undefined ? {} : { tool: await toolId(engine, flags.tool) }),
    },
    (example) => size({ example }),
  );
  for (const line of smallestLines(set, tokens)) cli.terminal.say(line);
  return { examples: set.examples, lessons: [] };
}

/** Tokens that an example or a lesson takes in the form that is printed, estimated. */
function sizesIn(
  tools: KnownTools,
  { format, contrasts }: Flags,
): (item: { example: Example } | { lesson: Lesson }) => number {
  const options = contrasts === undefined ? {} : { contrasts };
  return (item) => {
    if ('example' in item) return estimateTokens(exampleFormats[format]([item.example], tools, options));
    // With the heading, which stands there once: rather too much than too little.
    return isLessonForm(format) ? estimateTokens(lessonsText([item.lesson], tools, format)) : 0;
  };
}

/** What fits a query. Where there is nothing else, what the sampler invented or a model played; each is marked as that. */
async function fitting(
  cli: Cli,
  engine: Engine,
  query: string,
  tools: KnownTools,
  flags: Flags,
): Promise<Shown> {
  const { k, tokens, embeddingModel, baseUrl, demonstrations = false } = flags;
  const asked = {
    query,
    lessons: flags.lessons !== false && isLessonForm(flags.format),
    ...(flags.tool === undefined ? {} : { tool: await toolId(engine, flags.tool) }),
    ...(k === undefined ? {} : { k }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(embeddingModel === undefined ? {} : { embeddingModel }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
  };
  const { say } = cli.terminal;
  const size = sizesIn(tools, flags);
  let choice = await engine.choosing.choose({ ...asked, demonstrations }, undefined, size);
  if (choice.fallback) say(plain(`${choice.fallback.message} ${choice.fallback.advice}`));
  if (choice.examples.length === 0 && choice.leftOut === null && !demonstrations) {
    choice = await engine.choosing.choose({ ...asked, demonstrations: true }, undefined, size);
    if (choice.examples.length > 0)
      say(
        'No example of a language model and a real tool fits; these are demonstrations or simulated, and marked.',
      );
  }
  if (choice.examples.length === 0 && choice.leftOut === null)
    say('No example fits. Explore: imaginarium explore');
  if (tokens !== undefined && choice.leftOut !== null) say(choice.leftOut);
  return { examples: choice.examples.map(({ example }) => example), lessons: choice.lessons };
}

function written({ examples, lessons }: Shown, tools: KnownTools, { format, contrasts }: Flags): string {
  const options = contrasts === undefined ? {} : { contrasts };
  const text = exampleFormats[format](examples, tools, options);
  if (!isLessonForm(format)) return shownJson(text);
  const beside = lessonsText(lessons, tools, format);
  return plain(besideLessons(text, beside, format));
}
