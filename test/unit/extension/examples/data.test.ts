import assert from 'node:assert/strict';
import { dataFormats } from '../../../../src/engine/training/formats/index.ts';
import { exportExamples } from '../../../../src/extension/examples/exportExamples.ts';
import { exportFormats } from '../../../../src/extension/examples/exportFormats.ts';
import { importLog } from '../../../../src/extension/examples/importLog.ts';
import type { FileDialogs } from '../../../../src/extension/examples/ports.ts';
import { type ExportResult, engine, type Imported } from '../../../../src/protocol/engine.ts';
import { asked, type Played, play, type Script } from '../commands/person.ts';
import { example } from '../view/model/played.ts';

const id = 'imaginarium.yaml#add_date';
const path = '/w/out.jsonl';
const log = '/w/data_dict.json';

/** Dialogs in which this file is chosen, or none. */
const dialogs = ({ did }: Played, file?: string): FileDialogs => ({
  chooseFile: async () => file,
  async chooseTarget(_title, name) {
    did.push(`save as ${name}`);
    return file;
  },
});

function result(changes: Partial<ExportResult> = {}): ExportResult {
  return { files: [{ path, rows: 12 }], notes: [], problems: [], errors: 0, warnings: 0, ...changes };
}

const playExport = (script: Script = {}, written = result()) =>
  play({
    picks: { 'Export Examples': 'OpenAI, Azure', 'Export Examples (OpenAI, Azure)': 'Choose File…' },
    ...script,
    engine: {
      [engine.examples.method]: () => ({ rows: [example('e1')], next: null }),
      [engine.exportData.method]: () => written,
    },
  });

describe('Export Examples', () => {
  it('offers every form with a line of what it is for, and writes the chosen file', async () => {
    const played = await playExport({ answers: { Exported: 'Show File' } });
    await exportExamples(played.around, dialogs(played, path), { toolId: id });
    assert.deepEqual(
      exportFormats()
        .map(({ format }) => format)
        .sort(),
      Object.keys(dataFormats).sort(),
    );
    assert.equal(played.shown[0]?.length, exportFormats().length);
    assert.ok(played.shown[0]?.every(({ detail, group }) => detail && group));
    assert.deepEqual(asked(played, engine.exportData), [
      {
        format: 'openai',
        path,
        replace: true,
        tools: [id],
        validation: 0,
        simulated: false,
        demonstrations: false,
        stale: false,
      },
    ]);
    assert.deepEqual(played.did, ['save as add_date.openai.jsonl', `open ${path}:1`]);
    assert.deepEqual(played.said, ['Exported 12 rows in out.jsonl.']);
  });

  it('shows what its check finds, and leads there', async () => {
    const problem = {
      path,
      line: 3,
      field: 'messages[2].content',
      severity: 'error' as const,
      message: 'It is empty: write null.',
    };
    const played = await playExport(
      {
        answers: { Exported: 'Show Problems' },
        picks: {
          'Export Examples': 'OpenAI, Azure',
          'Export Examples (OpenAI, Azure)': 'Choose File…',
          'Problems of the Export': 'It is empty: write null.',
        },
      },
      result({ problems: [problem], errors: 1, notes: ['2 simulated examples were left out.'] }),
    );
    await exportExamples(played.around, dialogs(played, path), {});
    assert.deepEqual(played.said, [
      'Exported 12 rows in out.jsonl. 2 simulated examples were left out. Its check found 1 problem.',
    ]);
    assert.equal(played.did.at(-1), `open ${path}:3`);
  });

  it('writes nothing where no file is chosen, and says where there is nothing to export', async () => {
    const away = await play({
      picks: { 'Export Examples': 'DSPy', 'Export Examples (DSPy)': 'Choose File…' },
      engine: { [engine.examples.method]: () => ({ rows: [example('e1')], next: null }) },
    });
    await exportExamples(away.around, dialogs(away), {});
    assert.deepEqual([away.did, asked(away, engine.exportData)], [['save as examples.dspy.jsonl'], []]);
    const none = await play({});
    await exportExamples(none.around, dialogs(none), {});
    assert.match(none.said.join(), /no learned examples yet/);
    const restricted = await playExport({ trusted: false });
    await exportExamples(restricted.around, dialogs(restricted, path), {});
    assert.deepEqual(asked(restricted, engine.exportData), []);
    const empty = await playExport({}, result({ files: [], notes: ['All of them are demonstrations.'] }));
    await exportExamples(empty.around, dialogs(empty, path), {});
    assert.match(empty.said.join(), /There was nothing to export\. All of them are demonstrations\./);
  });
});

describe('Import Exploration Log', () => {
  const imported: Imported = {
    runId: 'r9',
    tools: 2,
    trials: 30,
    known: 0,
    examples: 14,
    notes: ['The model is not named in the log.'],
    problems: [{ path: 'add.sessions[3]', problem: 'It has no item_list.' }],
  };
  const playImport = (script: Script = {}, result = imported) =>
    play({ ...script, engine: { [engine.importLog.method]: () => result } });

  it('says what came of it, and what could not be read, and shows the run', async () => {
    const played = await playImport({ answers: { Imported: 'Show Runs' } });
    await importLog(played.around, dialogs(played, log));
    assert.deepEqual(asked(played, engine.importLog), [{ path: log }]);
    assert.deepEqual(played.said, [
      'Imported 2 tools, 30 trials, 14 examples. The model is not named in the log. 1 entry could not be read, the first at add.sessions[3]: It has no item_list.',
    ]);
    assert.deepEqual(played.did, ['showRuns']);
  });

  it('says that it was imported before, and reads nothing without trust', async () => {
    const again = await playImport(
      {},
      { ...imported, trials: 0, examples: 0, known: 30, notes: [], problems: [] },
    );
    await importLog(again.around, dialogs(again, log));
    assert.deepEqual(again.said, ['All of it was imported before.']);
    const restricted = await playImport({ trusted: false });
    await importLog(restricted.around, dialogs(restricted, log));
    assert.deepEqual(asked(restricted, engine.importLog), []);
  });
});
