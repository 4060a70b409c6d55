import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Contradiction } from '../../../../src/core/contradictions/index.ts';
import { unseen } from '../../../../src/core/unseen.ts';
import { learnedDiagnostics } from '../../../../src/engine/language/learnedDiagnostics.ts';
import type { LearnedProblem } from '../../../../src/engine/language/learnedProblems.ts';
import { specChange } from '../../../../src/engine/language/specChange.ts';
import { hostileTexts } from '../../../helpers/hostileTexts.ts';
import { folder, placeIn, read } from './specs.ts';

const path = 'f.json';
const text = JSON.stringify(
  [
    {
      type: 'function',
      function: {
        name: 'book',
        parameters: { type: 'object', properties: { zone: { type: 'string' } }, required: [] },
      },
    },
  ],
  null,
  2,
);
const { file } = read(path, text);
const uri = pathToFileURL(`${folder}/${path}`).href;

function problem(changes: Partial<Contradiction> = {}): LearnedProblem {
  const [placed] = file.tools;
  assert.ok(placed);
  return {
    id: 'p1',
    tool: placed.bound.tool.id,
    kind: 'needed',
    argument: '/zone',
    about: '',
    message: '"zone" is needed.',
    trials: ['r1-abc-1.2'],
    change: { change: 'require', argument: '/zone' },
    ...placed,
    ...changes,
  };
}

const readText = (asked: string): string | null => (asked === file.path ? text : null);

async function shown(...problems: LearnedProblem[]) {
  return (await learnedDiagnostics(problems, readText)).get(uri) ?? [];
}

describe('Learned problems in a spec', () => {
  it('stand at the parameter, with their trials to open', async () => {
    const [diagnostic] = await shown(problem());
    assert.ok(diagnostic);
    assert.deepEqual(diagnostic.range.start, placeIn(text, '"zone"', 0));
    assert.equal(diagnostic.severity, DiagnosticSeverity.Warning);
    assert.equal(diagnostic.message, '"zone" is needed. Seen in trial 1.2.');
    assert.deepEqual(diagnostic.data, { problem: 'p1', trials: ['r1-abc-1.2'], proposes: true });
    assert.deepEqual(
      diagnostic.relatedInformation?.map(({ location, message }) => [location.uri, message]),
      [['imaginarium-trial:/book%20%C2%B7%201.2.trial?r1-abc-1.2', 'Trial 1.2']],
    );
  });

  it('name a few of many trials', async () => {
    const trials = Array.from({ length: 9 }, (_, index) => `r-a-${index + 1}.1`);
    const [diagnostic] = await shown(problem({ trials }));
    assert.match(String(diagnostic?.message), /Seen in trials 1\.1, 2\.1, 3\.1, 4\.1, 5\.1 and 4 more\.$/);
    assert.equal(diagnostic?.relatedInformation?.length, 5);
  });

  it('that tell of something the tool takes are information', async () => {
    for (const kind of ['notNeeded', 'taken', 'unnamed'] as const) {
      const [diagnostic] = await shown(problem({ kind }));
      assert.equal(diagnostic?.severity, DiagnosticSeverity.Information, kind);
    }
  });

  it('hide nothing, whatever a tool said or is called', async () => {
    for (const hostile of hostileTexts) {
      const [diagnostic] = await shown(
        problem({ message: hostile, argument: `/${hostile}`, trials: [hostile] }),
      );
      assert.ok(diagnostic);
      const message = String(diagnostic.message);
      assert.equal(message.replace(unseen, ''), message);
      for (const { location } of diagnostic.relatedInformation ?? []) {
        assert.ok(/^imaginarium-trial:\/[!-~]+$/.test(location.uri), location.uri);
      }
    }
  });

  it('of a tool that a server told stand at its entry, and propose nothing', async () => {
    const one = problem();
    const server = { name: 's', transport: 'stdio', shown: 'x', status: 'listed', problem: null } as const;
    const ofServer = { ...one, source: { ...one.source, server, file: path } };
    const [diagnostic] = await shown(ofServer);
    assert.deepEqual(diagnostic?.data, { problem: 'p1', trials: ['r1-abc-1.2'], proposes: false });
    assert.equal(await specChange(ofServer, readText), null);
  });

  it('propose a change of the text as the person has it', async () => {
    const change = await specChange(problem(), readText);
    assert.equal(change?.before, text);
    assert.equal(change?.after, text.replace('"required": []', '"required": ["zone"]'));
  });
});
