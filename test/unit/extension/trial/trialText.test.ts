import assert from 'node:assert/strict';
import { type Checks, type Example, failureTypes } from '../../../../src/core/trial.ts';
import { failureWord } from '../../../../src/extension/state/failureWords.ts';
import { saidLimit } from '../../../../src/extension/trial/page.ts';
import { type TrialSection, trialText } from '../../../../src/extension/trial/trialText.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';
import { sampleTrial } from '../../../helpers/sampleTrial.ts';
import { example } from '../view/model/played.ts';
import { alone, around, everyTrial, failedStep, saying, step } from './trials.ts';

const textOf = (name: string): string => {
  const trial = everyTrial[name];
  assert.ok(trial, name);
  return trialText(trial, around).text;
};

/** Lines that are ours: what is said stands from column 4 on. */
const structure = (text: string): string[] => text.split('\n').filter((line) => !line.startsWith('    '));

describe('The document of a trial', () => {
  it('tells it from query to answer, then how it was judged and what it took', () => {
    const trial = sampleTrial({
      usage: { modelCalls: 3, inputTokens: 1203, cachedTokens: 400, outputTokens: 31, usd: 0.0012 },
      exchanges: [],
    });
    const { text } = trialText(trial, around);
    assert.equal(
      text.slice(0, text.indexOf('  Time ')),
      [
        'add_date  1.1  ✓ fulfilled',
        '  Tool     imaginarium.yaml:12   only reads',
        '  Episode  1.0 ✗   1.1 ✓   1.2 ○   ← previous   next →',
        '  Open     Dashboard   Raw messages   Compare…',
        '',
        'Query',
        '    Which day is ten days after 2024-02-20?',
        '',
        'Step 1  add_date  ✓ worked',
        '  Thought',
        '    Add them.',
        '  → Call',
        '    {',
        '      "date": "2024-02-20",',
        '      "days": 10',
        '    }',
        '  ← Observation',
        '    2024-03-01',
        '',
        'Answer',
        '    The first of March.',
        '',
        'Reflection  ✓ the query was fulfilled',
        '    Yes',
        '',
        'Details',
        '  Model     scripted',
        '  Tokens    1,203 in (400 cached), 31 out, 3 model calls',
        '  Cost      $0.0012',
        '',
      ].join('\n'),
    );
  });

  it('names every type of failure in words, the argument at fault, and the message', () => {
    for (const type of failureTypes) {
      const text = textOf(type);
      assert.ok(text.includes(`✗ ${failureWord(type)}\n`), `${type} in the header`);
      assert.ok(text.includes(`  ✗ ${failureWord(type)}  /days\n    what is wrong: ${type}\n`), type);
    }
  });

  it('says a message once where the observation says the same', () => {
    const trial = sampleTrial({ steps: [failedStep('rejected', 'Error: rejected')] });
    assert.equal(trialText(trial, around).text.split('Error: rejected').length, 2);
    const [failed] = trial.steps;
    assert.ok(failed?.failure);
    const { argument: _none, ...failure } = failed.failure;
    const merged = sampleTrial({ steps: [{ ...failed, failure, failures: [failure] }] });
    const { text } = trialText(merged, around);
    assert.match(text, /^ {2}← Observation {2}✗ refused by the tool\n {4}Error: rejected\n\n/m);
  });

  it('shows what was changed so that a later call worked', () => {
    const text = textOf('rejected');
    assert.ok(
      text.includes('  ✓ Fixed in step 2\n    /date: added "2024-02-20"\n    /days: "ten" → 10\n'),
      text,
    );
  });

  it('marks what is no evidence, what may have run, and verdicts that do not count', () => {
    assert.match(textOf('offline sampler'), /^ {2}⚠ Demonstration: the offline sampler/m);
    assert.match(textOf('offline sampler'), /Model +Offline sampler \(no language model\)/);
    assert.match(textOf('simulated'), /^add_date {2}1\.1 {2}✓ fulfilled {2}⚠ simulated\n/);
    assert.match(textOf('simulated'), /^ {2}⚠ Simulated: a model played the tools\. Nothing here/m);
    assert.match(textOf('simulated'), /^ {2}← Observation {2}⚠ simulated\n/m);
    assert.equal(textOf('simulated').split('Simulated:').length, 2);
    assert.match(textOf('may have run'), /← Observation {2}⚠ may have run\n {2}– Nothing was said/);
    assert.match(textOf('spec and tool disagree'), /← Observation {2}✓ the tool took it/);
    assert.match(textOf('overruled'), /^ {2}⚠ The model says it was fulfilled/m);
    assert.match(textOf('call first'), /^ {2}– The call came first/m);
    assert.match(textOf('no query'), /^ {2}– No query: no call/m);
    assert.match(textOf('no steps'), /^Answer\n {2}– None was given/m);
    assert.match(textOf('ended by an error'), /^Error {2}⚠ .*\n {4}The server said 500\.\n {4}Try again\./m);
    assert.match(textOf('reflected'), / {2}Cause\n {4}C\.\n {2}Lesson\n {4}L\.\n {2}Try next\n {4}N\./);
    const changed = trialText(sampleTrial({ specHash: 'another' }), around).text;
    assert.match(changed, /^ {2}– The spec of this tool has changed/m);
  });

  it('differs between two trials that say the same in few lines only', () => {
    const lines = (trial: Parameters<typeof sampleTrial>[0]) =>
      trialText(sampleTrial(trial), { ...around, siblings: [] }).text.split('\n');
    const one = lines({});
    const other = lines({
      id: 'r1-abc-2.3',
      episode: 2,
      trial: 3,
      seed: 8,
      startedAt: 1_800_000_000_000,
      ms: 999,
    });
    const different = one
      .filter((line, at) => line !== other[at])
      .map((line) => line.trim().split(/ {2,}/)[0]);
    assert.deepEqual(different, ['add_date', 'Time', 'Trial', 'Seed']);
  });

  it('keeps every digit of a tool that answers in JSON, and lays it out', () => {
    const content = '{"id":12345678901234567890,"list":[1, 2],"empty":{},"deep":{"a":null}}';
    const trial = sampleTrial({
      steps: [step({ observation: { status: 'ok', content, ms: 1, truncated: false } })],
    });
    const said =
      '{\n  "id": 12345678901234567890,\n  "list": [1, 2],\n  "empty": {},\n  "deep": {\n    "a": null\n  }\n}';
    assert.ok(trialText(trial, alone).text.includes(said.replaceAll(/^/gm, '    ')));
  });

  it('leaves JSON that is too deep as it is', () => {
    const content = `${'['.repeat(90_000)}${']'.repeat(90_000)}`;
    const trial = sampleTrial({
      steps: [step({ observation: { status: 'ok', content, ms: 1, truncated: false } })],
    });
    assert.ok(trialText(trial, alone).text.length < 200_000);
  });

  it('cuts what is very long, says how much is left out, and leads to the rest', () => {
    const content = 'x'.repeat(saidLimit + 12_345);
    const trial = sampleTrial({
      steps: [step({ observation: { status: 'ok', content, ms: 1, truncated: false } })],
    });
    const { text, links } = trialText(trial, alone);
    assert.ok(text.length < saidLimit + 3000);
    const lines = text.split('\n');
    const at = lines.indexOf('  – 12,345 more characters are not shown here. Raw messages');
    assert.ok(at > 0);
    assert.equal(links.find(({ line }) => line === at)?.command, 'openTrialMessages');
  });
});

describe('Sections and links of a trial', () => {
  it('are where the text says so, for every kind of trial', () => {
    for (const [name, trial] of Object.entries(everyTrial)) {
      const { text, sections, links } = trialText(trial, around);
      const lines = text.split('\n');
      const check = (section: TrialSection, inside: TrialSection | null): void => {
        const head = lines[section.line] ?? '';
        assert.ok(head.startsWith(inside ? '  ' : (section.label.split(' · ')[0] ?? '')), `${name}: ${head}`);
        assert.ok(section.endLine >= section.line && lines[section.endLine] !== '', `${name}: ${head}`);
        if (inside) assert.ok(section.line > inside.line && section.endLine <= inside.endLine, name);
        for (const child of section.children) check(child, section);
      };
      for (const section of sections) check(section, null);
      const texts = links.map(({ line, start, end }) => lines[line]?.slice(start, end));
      assert.deepEqual(texts, [
        'imaginarium.yaml:12',
        '1.0 ✗',
        '1.2 ○',
        '← previous',
        'next →',
        'Dashboard',
        'Raw messages',
        'Compare…',
      ]);
    }
  });

  it('name the steps with their tools and how they went', () => {
    const { sections } = trialText(everyTrial.wrong_type ?? sampleTrial(), around);
    assert.deepEqual(
      sections.map(({ label, detail }) => [label, detail].filter(Boolean).join(': ')),
      [
        'add_date: 1.1 ✗ unfulfilled',
        'Query',
        'Step 1 · add_date: ✗ wrong type',
        'Step 2 · add_date: ✓ worked',
        'Answer',
        'Reflection: ✓ the query was fulfilled',
        'Details',
      ],
    );
    assert.deepEqual(
      sections[2]?.children.map(({ kind }) => kind),
      ['thought', 'call', 'failure', 'observation', 'fix'],
    );
  });

  it('list the siblings around this one where an episode is long', () => {
    const siblings = Array.from({ length: 100 }, (_, at) => ({
      id: at === 49 ? sampleTrial().id : `t${at}`,
      episode: 1,
      trial: at + 1,
      outcome: 'fulfilled' as const,
    }));
    const { links, text } = trialText(sampleTrial({ trial: 50 }), { ...around, siblings });
    const to = links.filter(({ command }) => command === 'openTrial').map(({ target }) => target.trialId);
    assert.ok(to.length <= 14 && to.includes('t48') && to.includes('t50'));
    assert.match(text, /1\.50 ✓/);
  });
});

describe('Hostile texts in a trial', () => {
  for (const [at, hostile] of hostileTexts.entries()) {
    it(`are inert: ${JSON.stringify(hostile.slice(0, 40))}`, () => {
      const { text, links, sections } = trialText(saying(hostile), around);
      assert.doesNotMatch(
        text,
        /(?![\n\t\u200d])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u,
        `${at}: all of it can be seen`,
      );
      const { text: plain, links: same, sections: alike } = trialText(saying('plain'), around);
      const kinds = (all: TrialSection[]): string[] =>
        all.flatMap(({ kind, children }) => [kind, ...kinds(children)]);
      assert.deepEqual(kinds(sections), kinds(alike));
      const ours = links.filter(({ line }) => !text.split('\n')[line]?.startsWith('  – '));
      assert.deepEqual(
        ours.map(({ command, target }) => [command, target]),
        same.map(({ command, target }) => [command, target]),
      );
      const cut = (lines: string[]) =>
        lines.filter((line) => !line.includes('more characters are not shown'));
      assert.equal(
        cut(structure(text)).length,
        structure(plain).length,
        'no line of theirs looks like one of ours',
      );
    });
  }

  it('cannot pass for lines of ours, whatever they imitate', () => {
    const forged = 'x\n\nReflection  ✓ the query was fulfilled\n  ✓ Fixed in step 2\n  Open     Dashboard';
    const { text } = trialText(saying(forged), around);
    const real = trialText(saying('x'), around).text;
    assert.equal(structure(text).length, structure(real).length);
  });
});

describe('What a trial left as an example', () => {
  const judge = {
    model: 'Judge J',
    informative: true,
    faithful: false,
    proper: true,
    reasons: 'It names a day that no call returned.',
  };
  const left = (changes: Partial<Example>): Example => ({
    ...example('e1'),
    verification: 'review',
    checks: { format: true, execution: 'recorded', judge, specHash: around.tool?.specHash ?? '' },
    ...changes,
  });
  const written = (changes: Partial<Example>) => {
    const { text, links } = trialText(sampleTrial(), { ...around, example: left(changes) });
    const from = text.indexOf('\nExample');
    return { text: text.slice(from + 1, text.indexOf('\nDetails')), links };
  };

  it('says what each stage found, why the judge ruled as it did, and lets a person decide', () => {
    const { text, links } = written({
      contrasts: [
        {
          tool: 'imaginarium.yaml#add_date',
          arguments: { days: 'ten' },
          failure: { type: 'wrong_type', message: 'days is a number' },
        },
      ],
    });
    assert.equal(
      text,
      [
        'Example  ⚠ to review  calls worked, judge: answer made up',
        '  – What its calls did and what the judge says disagree: it is not used until you decide.',
        '  Spec   ✓ Its calls fit the spec.',
        '  Calls  ✓ Its calls worked in the trial.',
        '  Judge  Judge J',
        '  ✓ The answer tells what was asked.',
        '  ✗ The answer says only what the tools returned.',
        '  ✓ The tools are used as they are meant to be.',
        '  Reasons of the judge',
        '    It names a day that no call returned.',
        '  Your word  Accept   Reject',
        '  ✗ Not this  add_date  wrong type',
        '    {',
        '      "days": "ten"',
        '    }',
        '    days is a number',
        '',
      ].join('\n'),
    );
    const words = links.filter(({ target }) => target.exampleId === 'e1').map(({ command }) => command);
    assert.deepEqual(words, ['acceptExample', 'rejectExample']);
  });

  it('says when the spec is another since, and that no judge was asked', () => {
    const { text } = written({
      verification: 'executed',
      checks: { format: true, execution: 'repeated', judge: null, specHash: 'older' },
    });
    assert.match(text, /^Example {2}✓ calls worked\n/);
    assert.match(text, /No judge has looked at it/);
    assert.match(text, /⚠ The spec of its tool has changed/);
    assert.doesNotMatch(text, / {2}Judge/);
  });

  it('shows what a judge said as text, whatever it is', () => {
    for (const reasons of hostileTexts) {
      const { text } = written({ checks: { ...(left({}).checks as Checks), judge: { ...judge, reasons } } });
      const at = text.indexOf('  Reasons of the judge\n');
      assert.ok(at > 0, text);
      assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\u202e\u2028\u200b]/u);
      const lines = text.slice(at).trimEnd().split('\n').slice(1);
      assert.match(lines.pop() ?? '', /^ {2}Your word {2}/);
      for (const line of lines) assert.match(line, /^(?: {4}| {2}–)/);
    }
  });
});
