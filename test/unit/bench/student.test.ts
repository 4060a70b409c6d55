import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { answerRequest } from '../../../src/core/evaluate/request.ts';
import type { Tool } from '../../../src/core/tool.ts';
import { toolName } from '../../../src/core/toolName.ts';
import type { Example, Lesson } from '../../../src/core/trial.ts';
import { questionFile } from '../../bench/experiment/questions.ts';
import { reply } from '../../bench/student/student.ts';
import { jsonLines } from '../../helpers/testCli.ts';
import { examplesFolder, readManifest } from '../../system/examples/sampleWorkspace.ts';

const all = jsonLines<Example>(readFileSync(questionFile, 'utf8'));
const questions = all.filter(({ kind }) => kind === undefined);
const tools = readManifest(examplesFolder).tools.map(
  ({ name, description, parameters }) =>
    ({ id: `imaginarium.yaml#${name}`, name, description, parameters }) as unknown as Tool,
);
/** Seeds of the same question: the student is not sure of itself. */
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

interface Shown {
  examples?: readonly Example[];
  lessons?: readonly Lesson[];
}

/** What the student calls for a query, as it would be asked in an evaluation. */
function asked(query: string, seed: number, protocol: 'tools' | 'react', shown: Shown) {
  const request = answerRequest(
    {
      query,
      tools,
      tool: tools[0] as Tool,
      examples: shown.examples ?? [],
      lessons: shown.lessons ?? [],
      seed,
    },
    protocol,
  );
  const messages = request.messages.map((message) => ({
    role: message.role,
    content: message.content,
    ...('toolCalls' in message
      ? {
          tool_calls: message.toolCalls?.map(({ id, name, arguments: args }) => ({
            id,
            function: { name, arguments: args },
          })),
        }
      : {}),
    ...('toolCallId' in message ? { tool_call_id: message.toolCallId } : {}),
  }));
  const body = {
    messages,
    ...(request.tools ? { tools: request.tools.map((tool) => ({ function: tool })) } : {}),
    ...(request.toolChoice ? { tool_choice: request.toolChoice } : {}),
    seed,
  };
  const said = reply({ index: 0, path: '', headers: {}, at: 0, body });
  assert.ok(typeof said !== 'string' && !(said instanceof Promise));
  if (protocol === 'tools') {
    const [call] = said.toolCalls ?? [];
    return call ? { tool: call.name, arguments: call.arguments } : null;
  }
  const [, tool, args] = /Action: (\S+)\nAction Input: (.*)/.exec(said.text ?? '') ?? [];
  return tool === undefined ? null : { tool, arguments: JSON.parse(args ?? '{}') as object };
}

/** How often the student is right, 0 to 1. */
function share(
  own: readonly Example[],
  shownFor: (question: Example) => Shown,
  protocol: 'tools' | 'react' = 'tools',
): number {
  let right = 0;
  for (const question of own) {
    const gold = { tool: toolName(question.tool), arguments: question.calls[0]?.arguments };
    for (const seed of seeds) {
      try {
        assert.deepEqual(asked(question.query, seed, protocol, shownFor(question)), gold);
        right += 1;
      } catch {}
    }
  }
  return right / (own.length * seeds.length);
}

function questionsOf(tool: string): Example[] {
  return questions.filter((question) => toolName(question.tool) === tool);
}

function shownCall({ query, calls, tool }: Example): Example {
  const shown = calls.map((call) => ({ ...call, observation: 'fine' }));
  return { id: query, tool, query, calls: shown, answer: 'Here it is.' } as Example;
}

function lesson(tool: string, text: string): Lesson {
  return { id: text, tool: `imaginarium.yaml#${tool}`, text } as Lesson;
}

describe('The simulated student', () => {
  const others = (question: Example) => questions.filter((one) => one !== question);
  const own = (question: Example) => others(question).filter(({ tool }) => tool === question.tool);

  it('errs on what the documentation leaves out, and not on what it tells', () => {
    assert.ok(share(questions, () => ({})) < 0.4);
    assert.equal(
      share(questionsOf('write_number'), () => ({})),
      1,
    );
    assert.equal(
      share(questionsOf('count_primes'), () => ({})),
      1,
    );
    assert.ok(share(questionsOf('book_seat'), () => ({})) < 0.15);
  });

  for (const protocol of ['tools', 'react'] as const) {
    it(`is mostly right when demonstrations of the tool show how (${protocol})`, () => {
      const shown = (question: Example) => ({ examples: own(question).map(shownCall) });
      const right = share(questions, shown, protocol);
      assert.ok(right > 0.85, String(right));
    });
  }

  it('is not helped by demonstrations of other tools', () => {
    const unrelated = (question: Example) => ({
      examples: others(question)
        .filter(({ tool }) => tool !== question.tool)
        .slice(0, 8)
        .map(shownCall),
    });
    const [before, after] = [share(questions, () => ({})), share(questions, unrelated)];
    assert.ok(Math.abs(after - before) < 0.03, `${before} → ${after}`);
  });

  it('does better with a lesson on just this parameter', () => {
    const asked = questionsOf('station_board').filter(({ query }) => /half past|am|pm|8:05/.test(query));
    const without = share(asked, () => ({}));
    const told = share(asked, () => ({
      lessons: [
        lesson('station_board', '`time` is refused as "9 am" (data/time must match pattern); "09:00" works.'),
        lesson('station_board', '`station` wants "BRN", not "Bern".'),
      ],
    }));
    assert.ok(told > without + 0.5, `${without} → ${told}`);
    const elsewhere = share(asked, () => ({
      lessons: [
        lesson('book_seat', '`time` wants "09:00", not "9 am".'),
        lesson('station_board', 'It is slow.'),
      ],
    }));
    assert.ok(Math.abs(elsewhere - without) < 0.1, `${without} → ${elsewhere}`);
  });

  it('follows what it is shown, be it wrong', () => {
    const [seat] = questionsOf('book_seat') as [Example];
    const wrong = shownCall(seat);
    const call = { ...wrong.calls[0], arguments: { ...seat.calls[0]?.arguments, class: '2' } };
    const examples = [{ ...wrong, calls: [call, call] } as unknown as Example];
    const [, second] = questionsOf('book_seat') as [Example, Example];
    const classes = seeds.map(
      (seed) =>
        (asked(second.query, seed, 'tools', { examples })?.arguments as { class?: string } | undefined)
          ?.class,
    );
    assert.ok(classes.filter((one) => one === '1').length >= seeds.length - 2, classes.join());
  });

  it('says the same when it is asked the same', () => {
    for (const { query } of questions.slice(0, 20)) {
      assert.deepEqual(asked(query, 5, 'tools', {}), asked(query, 5, 'tools', {}));
    }
  });

  it('presumes what nobody has said more often than not, and asks back once it is shown that', () => {
    const open = all.filter(({ kind }) => kind === 'missing_value');
    const calls = (shown: Shown) =>
      open.flatMap(({ query }) => seeds.filter((seed) => asked(query, seed, 'tools', shown) !== null))
        .length /
      (open.length * seeds.length);
    assert.ok(calls({}) > 0.5, String(calls({})));
    const shown = open.map(
      ({ id, tool, query, answer }) =>
        ({ id, tool, query: `${query} `, calls: [], answer }) as unknown as Example,
    );
    assert.ok(calls({ examples: shown }) < 0.3, String(calls({ examples: shown })));
  });

  it('calls nothing for what no tool is for', () => {
    assert.equal(asked('Sing me a song.', 1, 'tools', {}), null);
  });
});
