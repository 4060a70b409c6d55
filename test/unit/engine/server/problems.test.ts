import assert from 'node:assert/strict';
import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';
import type { SpecProblem } from '../../../../src/core/tool.ts';
import { ProblemPublisher, type WithProblems } from '../../../../src/engine/server/problems.ts';

const broken: SpecProblem = {
  path: 'a b.tools.yaml',
  line: 3,
  column: 5,
  severity: 'error',
  message: 'Broken.',
};
const odd: SpecProblem = { ...broken, line: 1, column: 1, endLine: 2, endColumn: 4, severity: 'warning' };

function catalogue(...problems: SpecProblem[]): WithProblems {
  return [{ folder: '/w', problems }];
}

function publisher() {
  const sent: PublishDiagnosticsParams[] = [];
  const sendDiagnostics = async (params: PublishDiagnosticsParams) => void sent.push(params);
  return { sent, publisher: new ProblemPublisher({ sendDiagnostics }) };
}

describe('Problems of specs', () => {
  it('stand where they are, counted from 0, under the URI of the file', () => {
    const { sent, publisher: one } = publisher();
    one.publish(catalogue(broken, odd));
    assert.equal(sent.length, 1);
    assert.equal(sent[0]?.uri, 'file:///w/a%20b.tools.yaml');
    assert.deepEqual(
      sent[0]?.diagnostics.map(({ range, severity }) => ({ ...range, severity })),
      [
        { start: { line: 2, character: 4 }, end: { line: 2, character: 5 }, severity: 1 },
        { start: { line: 0, character: 0 }, end: { line: 1, character: 3 }, severity: 2 },
      ],
    );
  });

  it('go when the problem goes, and when the file goes', () => {
    const { sent, publisher: one } = publisher();
    one.publish(catalogue(broken, odd));
    one.publish(catalogue(odd));
    one.publish([]);
    assert.deepEqual(
      sent.map(({ diagnostics }) => diagnostics.length),
      [2, 1, 0],
    );
  });

  it('are not sent again while only counts change', () => {
    const { sent, publisher: one } = publisher();
    const sources = catalogue(broken);
    one.publish(sources);
    one.publish([...sources]);
    // Read again, and the same as before.
    one.publish(catalogue(broken));
    assert.equal(sent.length, 1);
  });
});
