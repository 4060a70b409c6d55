import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Example } from '../../../../src/core/trial.ts';
import type { ExportParams } from '../../../../src/protocol/exploit.ts';
import { openStore } from '../../../../src/store/index.ts';
import { madeRun } from '../../../bench/storeFixtures.ts';
import { sampleTrial } from '../../../helpers/sampleTrial.ts';
import { runCli } from '../../../helpers/testCli.ts';
import { testEngine } from '../../../helpers/testEngine.ts';
import { trainingExample } from '../../../helpers/trainingExamples.ts';
import { readLlamaFactory } from '../../../helpers/trainingReaders/llamaFactory.ts';
import { readOpenai } from '../../../helpers/trainingReaders/openai.ts';
import { readTrl, readTrlPreferences } from '../../../helpers/trainingReaders/trl.ts';
import { echo, type WorkspaceFixture, workspaceFixture } from '../../../helpers/workspaceFixture.ts';

const tools = ['alpha', 'beta', 'gamma'] as const;
const idOf = (name: string) => `imaginarium.yaml#${name}`;

interface Manifest {
  counts: Record<string, number>;
  notes: string[];
  continual: { batches: { name: string; examples: number; here: string | null }[] } | null;
  rows: {
    file: string;
    row: number;
    example?: string;
    family?: string;
    why: string;
    batch?: string;
    specHash?: string;
  }[];
}

describe('Export of training data', function () {
  this.timeout(20_000);
  let workspace: WorkspaceFixture;
  let out: string;

  beforeEach(async () => {
    workspace = workspaceFixture(tools.map((name) => echo(name)));
    out = mkdtempSync(join(tmpdir(), 'imaginarium-export-'));
    await addExamples(tools.flatMap((name, day) => familiesOf(name, day)));
  });
  afterEach(() => {
    workspace.remove();
    rmSync(out, { recursive: true });
  });

  /** Ten families of a tool, of two each; learned on a day of its own. */
  function familiesOf(name: string, day: number): Example[] {
    return Array.from({ length: 10 }, (_, family) =>
      [0, 1].map((member) => {
        const { checks: _, ...example } = trainingExample({
          id: `${name}-${family}-${member}`,
          tool: idOf(name),
          query: `Say ${family} with ${name}${member === 0 ? '' : ', please'}.`,
          calls: [{ tool: idOf(name), arguments: { text: `${family}` }, observation: `said ${family}` }],
          answer: `It said ${family}.`,
          provenance: { ...trainingExample().provenance, specHash: '', trialId: `t${day}` },
        });
        return member === 0 ? example : { ...example, paraphraseOf: `${name}-${family}-0` };
      }),
    ).flat();
  }

  async function addExamples(examples: readonly Example[]): Promise<void> {
    const store = await openStore({ folder: workspace.folder });
    if (store.run('r1') === null) store.createRun(madeRun('r1', { status: 'finished' }));
    for (const [day, name] of tools.entries()) {
      const startedAt = Date.UTC(2026, 10, 1 + day, 12);
      store.recordTrial({
        trial: sampleTrial({
          id: `t${day}`,
          runId: 'r1',
          tool: idOf(name),
          startedAt,
          outcome: 'unfulfilled',
        }),
        lessons: [],
        fixes: [],
        example: null,
      });
    }
    store.addExamples(examples);
    await store.close();
  }

  async function exportData(params: Partial<ExportParams> & Pick<ExportParams, 'format'>, options = {}) {
    const { engine } = await testEngine(workspace.folder, options);
    try {
      return await engine.training.exportData({ path: join(out, 'train.jsonl'), tools: [], ...params });
    } finally {
      await engine.dispose();
    }
  }

  const text = (name: string) => readFileSync(join(out, name), 'utf8');
  const manifest = (name = 'train.jsonl') => JSON.parse(text(`${name}.manifest.json`)) as Manifest;

  it('writes the rows and a manifest that says where each is from; nothing is wrong with them', async () => {
    const result = await exportData({ format: 'openai' });
    assert.deepEqual(
      result.files.map(({ path, rows }) => [path, rows]),
      [
        [join(out, 'train.jsonl'), 60],
        [join(out, 'train.jsonl.manifest.json'), 0],
      ],
    );
    assert.deepEqual([result.errors, result.warnings, result.notes], [0, 0, []]);
    const rows = readOpenai(text('train.jsonl'));
    const { rows: origins, counts } = manifest();
    assert.deepEqual(counts, {
      rows: 60,
      new: 60,
      replay: 0,
      general: 0,
      examples: 60,
      families: 30,
      verification: { verified: 60 },
    });
    // The number of a row leads to its example.
    for (const [index, origin] of origins.entries()) {
      assert.equal(origin.row, index + 1);
      const [tool, family] = (origin.example ?? '').split('-');
      assert.match(rows[index]?.query ?? '', new RegExp(`^Say ${family} with ${tool}\\b`));
      assert.match(origin.specHash ?? '', /^[0-9a-f]{16}$/);
    }
    assert.equal(existsSync(join(out, 'train.jsonl.tmp')), false);
    assert.deepEqual(readdirSync(out).sort(), ['train.jsonl', 'train.jsonl.manifest.json']);
  });

  it('is the same each time, byte by byte', async () => {
    await exportData({ format: 'trl', validation: 0.2, seed: 5 });
    const first = [text('train.jsonl'), text('train.validation.jsonl'), text('train.jsonl.manifest.json')];
    await exportData({ format: 'trl', validation: 0.2, seed: 5, replace: true });
    assert.deepEqual(
      [text('train.jsonl'), text('train.validation.jsonl'), text('train.jsonl.manifest.json')],
      first,
    );
  });

  it('keeps whole families of each tool for validation', async () => {
    await exportData({ format: 'trl', validation: 0.2 });
    const { rows } = manifest();
    const families = (file: string) =>
      new Set(rows.filter((row) => row.file === file).map(({ family }) => family));
    const held = families('train.validation.jsonl');
    assert.equal(held.size, 6);
    for (const name of tools) assert.equal([...held].filter((family) => family?.startsWith(name)).length, 2);
    assert.ok(held.isDisjointFrom(families('train.jsonl')));
    assert.equal(readTrl(text('train.validation.jsonl')).length, 12);
    // Each row says where it is from as well, since TRL passes over what it does not know.
    const row = JSON.parse(text('train.jsonl').split('\n')[0] ?? '') as {
      imaginarium: Record<string, unknown>;
    };
    assert.deepEqual(
      [row.imaginarium.example, row.imaginarium.why, row.imaginarium.tool],
      [rows[0]?.example, 'new', 'alpha'],
    );
  });

  it('LLaMA-Factory: the entries of both files, beside those that are there', async () => {
    writeFileSync(join(out, 'dataset_info.json'), '{"other": {"file_name": "other.json"}}');
    await assert.rejects(
      exportData({ format: 'llama-factory', validation: 0.2 }),
      /There is a file .*dataset_info\.json already/,
    );
    assert.deepEqual(readdirSync(out), ['dataset_info.json']);
    const { errors } = await exportData({ format: 'llama-factory', validation: 0.2, replace: true });
    assert.equal(errors, 0);
    const files = new Map(readdirSync(out).map((name) => [name, text(name)]));
    assert.equal(readLlamaFactory(files, 'train').length, 48);
    assert.equal(readLlamaFactory(files, 'train_validation').length, 12);
    assert.ok('other' in (JSON.parse(text('dataset_info.json')) as object));
  });

  for (const by of ['date', 'list'] as const) {
    it(`continual learning by ${by}: a batch, and a tenth of each earlier one`, async () => {
      const file = join(out, 'batches.json');
      writeFileSync(file, JSON.stringify([['alpha'], [idOf('beta')], ['gamma']]));
      const batches = { by, ...(by === 'list' ? { file } : {}) };
      await exportData({ format: 'openai', batches });
      const { counts, continual, rows } = manifest();
      assert.deepEqual([counts.new, counts.replay], [20, 4]);
      assert.deepEqual(
        continual?.batches.map(({ examples, here }) => [examples, here]),
        [
          [20, 'replay'],
          [20, 'replay'],
          [20, 'new'],
        ],
      );
      assert.deepEqual(
        rows.filter(({ why }) => why === 'replay').map(({ example }) => example?.split('-')[0]),
        ['alpha', 'alpha', 'beta', 'beta'],
      );
      await exportData({ format: 'openai', batches: { ...batches, batch: 2, replay: 0.5 }, replace: true });
      assert.deepEqual([manifest().counts.new, manifest().counts.replay], [20, 10]);
      assert.ok(manifest().rows.every(({ example }) => !example?.startsWith('gamma')));
    });
  }

  it('says what training without replay did in the paper', async () => {
    const { notes } = await exportData({ format: 'openai', batches: { by: 'date', replay: 0 } });
    assert.match(notes.join('\n'), /72\.8 % to 34\.7 %/);
    assert.equal(manifest().counts.replay, 0);
    await assert.rejects(
      exportData({ format: 'openai', batches: { by: 'date', batch: 4 }, replace: true }),
      /There is no batch 4: there are 3/,
    );
  });

  it('holds out of earlier batches too, so that one sees whether the model forgets', async () => {
    await exportData({ format: 'openai', validation: 0.2, batches: { by: 'date' } });
    const { rows } = manifest();
    const held = rows.filter(({ file }) => file === 'train.validation.jsonl');
    assert.deepEqual(new Set(held.map(({ batch }) => batch)).size, 3);
    const families = new Set(held.map(({ family }) => family));
    assert.ok(rows.every(({ file, family }) => file === 'train.validation.jsonl' || !families.has(family)));
  });

  it('mixes in general data that is right, by rows or by share, and says what of it is wrong', async () => {
    const general = join(out, 'general.jsonl');
    const row = (index: number) =>
      JSON.stringify({
        messages: [
          { role: 'user', content: `Question ${index}` },
          { role: 'assistant', content: `Answer ${index}` },
        ],
      });
    const lines = Array.from({ length: 100 }, (_, index) => row(index));
    writeFileSync(general, `${lines.join('\n')}\n{"messages": []}\nnot json\n`);
    const result = await exportData({ format: 'openai', general: { path: general, share: 0.25 } });
    assert.equal(manifest().counts.general, 20);
    assert.match(result.notes[0] ?? '', /^20 of 100 rows of general\.jsonl are mixed in, 2 left out/);
    assert.deepEqual(
      result.problems.map(({ path, line, severity }) => [path, line, severity]),
      [
        [general, 101, 'error'],
        [general, 102, 'error'],
      ],
    );
    const drawn = (
      JSON.parse(`[${text('train.jsonl').trimEnd().split('\n').slice(60).join(',')}]`) as {
        messages: { content: string }[];
      }[]
    ).map(({ messages }) => messages[0]?.content);
    const again = await exportData({ format: 'openai', general: { path: general, rows: 5 }, replace: true });
    assert.equal(again.files[0]?.rows, 65);
    assert.equal(new Set(drawn).size, 20);
    await assert.rejects(
      exportData({ format: 'bfcl', general: { path: general }, replace: true }),
      /cannot be mixed into bfcl/,
    );
  });

  it('preference pairs: from contrasts, from fixes, and from failed trials of the same query', async () => {
    const store = await openStore({ folder: workspace.folder });
    const query = 'Say 0 with alpha.';
    const trial = sampleTrial({
      id: 'sibling',
      runId: 'r1',
      tool: idOf('alpha'),
      episode: 2,
      query,
      outcome: 'unfulfilled',
    });
    const failed = { type: 'missing_argument', message: 'text is missing' } as const;
    const call = { tool: idOf('alpha'), arguments: { words: '0' } };
    trial.steps = [
      {
        thought: '',
        call,
        observation: { status: 'not_run', content: '', ms: 0, truncated: false },
        failure: failed,
        failures: [failed],
      },
    ];
    const offline = structuredClone({ ...trial, id: 'offline', episode: 3 });
    const unreachable = { type: 'unreachable', message: 'no network' } as const;
    Object.assign(offline.steps[0] ?? {}, {
      call: { tool: idOf('alpha'), arguments: { text: 'other' } },
      failure: unreachable,
      failures: [unreachable],
    });
    for (const one of [trial, offline])
      store.recordTrial({ trial: one, lessons: [], fixes: [], example: null });
    const example = store.example('beta-0-0') as Example;
    store.changeExamples([
      {
        ...example,
        contrasts: [
          { tool: idOf('beta'), arguments: { text: 0 }, failure: { type: 'wrong_type', message: 'text' } },
        ],
      },
    ]);
    await store.close();
    const { errors, notes } = await exportData({ format: 'dpo' });
    assert.equal(errors, 0);
    assert.match(notes[0] ?? '', /^58 examples without a row: no failed call is known/);
    assert.deepEqual(
      readTrlPreferences(text('train.jsonl')).map(({ chosen, rejected }) => [chosen, rejected]),
      [
        [
          { name: 'alpha', arguments: { text: '0' } },
          { name: 'alpha', arguments: { words: '0' } },
        ],
        [
          { name: 'beta', arguments: { text: '0' } },
          { name: 'beta', arguments: { text: 0 } },
        ],
      ],
    );
  });

  it('lets no secret of the log into pairs', async () => {
    const secret = ['ghp_', 'Qz7Rw2Lm9Xc4Vb8Nk3Hj6Tg1Yf5Pd0SaUeIo'].join('');
    const store = await openStore({ folder: workspace.folder });
    const failure = { type: 'unexpected_argument' as const, message: 'words is not known' };
    const call = { tool: idOf('alpha'), arguments: { words: secret } };
    const trial = sampleTrial({
      id: 'secret-trial',
      runId: 'r1',
      trial: 3,
      tool: idOf('alpha'),
      query: 'Say 0 with alpha.',
      outcome: 'unfulfilled',
      steps: [
        {
          thought: '',
          call,
          observation: { status: 'not_run', content: failure.message, ms: 0, truncated: false },
          failure,
          failures: [failure],
        },
      ],
    });
    const fix = {
      tool: idOf('alpha'),
      trialId: 't0',
      failed: { tool: idOf('alpha'), arguments: { password: 'correct horse battery' } },
      failure,
      worked: { tool: idOf('alpha'), arguments: { text: '1' } },
      changed: ['/password'],
      sentence: 'It was so.',
    };
    store.recordTrial({ trial, lessons: [], fixes: [fix], example: null });
    const harmless = { ...fix, failed: { tool: idOf('alpha'), arguments: { words: '1' } } };
    const fixed = sampleTrial({ id: 't9', runId: 'r1', trial: 9, tool: idOf('alpha'), steps: [] });
    store.recordTrial({ trial: fixed, lessons: [], fixes: [harmless], example: null });
    await store.close();
    const { warnings } = await exportData({ format: 'dpo', tools: ['alpha'] });
    assert.equal(warnings, 0);
    assert.ok(!text('train.jsonl').includes(secret));
    assert.doesNotMatch(text('train.jsonl'), /horse|redacted/);
    assert.match(text('train.jsonl'), /"words"/, 'pairs without a secret are there');
  });

  it('offers further tools of the same source when asked to', async () => {
    await exportData({ format: 'trl', siblings: 1, tools: ['alpha'] });
    const rows = readTrl(text('train.jsonl'));
    assert.ok(rows.every((row) => row.tools.length === 2 && row.tools.includes('alpha')));
    assert.deepEqual([...new Set(rows.flatMap((row) => row.tools))].sort(), ['alpha', 'beta', 'gamma']);
  });

  it('says what a format without weights leaves out', async () => {
    const { notes } = await exportData({ format: 'trl', loss: 'calls' });
    assert.deepEqual(notes, [
      'There are no weights in data for TRL and Unsloth: answers that follow a call are left out.',
    ]);
    assert.ok(readTrl(text('train.jsonl')).every(({ answer }) => answer === null));
    const unsloth = [
      'export',
      '-w',
      workspace.folder,
      '--format',
      'unsloth',
      '--out',
      join(out, 'unsloth.jsonl'),
    ];
    assert.equal((await runCli(unsloth)).code, 0);
    assert.equal(readTrl(text('unsloth.jsonl')).length, 60);
  });

  it('never over a file without a word, never without trust, never nothing', async () => {
    writeFileSync(join(out, 'train.jsonl'), 'mine');
    await assert.rejects(exportData({ format: 'openai' }), /There is a file .*train\.jsonl already/);
    assert.equal(text('train.jsonl'), 'mine');
    await assert.rejects(exportData({ format: 'openai', replace: true }, { trusted: false }), /not trusted/);
    await assert.rejects(exportData({ format: 'openai', path: 'train.jsonl' }), /no absolute path/);
    await assert.rejects(exportData({ format: 'openai', path: out, replace: true }), /is no file/);
    await assert.rejects(
      exportData({ format: 'openai', tools: ['alfa'], replace: true }),
      /There is no tool "alfa"/,
    );
    assert.equal(text('train.jsonl'), 'mine');
    rmSync(join(workspace.folder, '.imaginarium'), { recursive: true });
    await assert.rejects(exportData({ format: 'openai', replace: true }), /There is nothing to export/);
  });

  it('what tools and models say is data in the files, whatever it is', async () => {
    const hostile = 'a\u202eb\u0000c"}\n{"messages":[]}\u2028';
    await addExamples([
      { ...(familiesOf('alpha', 0)[0] as Example), id: 'hostile', query: hostile, answer: hostile },
    ]);
    const { errors } = await exportData({ format: 'openai' });
    assert.equal(errors, 0);
    const rows = readOpenai(text('train.jsonl'));
    assert.ok(rows.some(({ query, answer }) => query === hostile && answer === hostile.trim()));
    for (const hidden of ['\u202e', '\u0000', '\u2028']) assert.ok(!text('train.jsonl').includes(hidden));
  });

  it('the command line says the same, refuses what it does not understand, and exits 1 for what is wrong', async () => {
    const path = join(out, 'cli.jsonl');
    const flags = ['export', '-w', workspace.folder, '--format', 'mistral', '--out', path];
    const done = await runCli([...flags, '--validation', '0.2', '--json']);
    assert.equal(done.code, 0, done.said);
    const { files, errors } = JSON.parse(done.out) as { files: { rows: number }[]; errors: number };
    assert.deepEqual([files.map(({ rows }) => rows), errors], [[96, 24, 0], 0]);
    const again = await runCli(flags);
    assert.deepEqual([again.code, /already/.test(again.said)], [2, true]);
    assert.equal((await runCli([...flags, '--force'])).code, 0);
    assert.equal((await runCli([...flags, '--force', '--batch', '2'])).code, 2);
    assert.equal((await runCli([...flags, '--force', '--replay', '2'])).code, 2);
    assert.equal((await runCli([...flags, '--force', '--batch-by', 'list'])).code, 2);
    assert.equal((await runCli([...flags, '--force', '--format', 'none'])).code, 2);
    const clean = await runCli(['lint', 'cli.jsonl'], { cwd: out });
    assert.deepEqual([clean.code, clean.out], [0, '']);
    assert.match(clean.said, /^cli\.jsonl: 120 rows of the form mistral, 0 errors, 0 warnings\n$/);
    const [row = ''] = text('cli.jsonl').split('\n');
    writeFileSync(join(out, 'bad.jsonl'), `${row}\n${row.replace(/"id":"\w{9}"/, '"id":"call_1"')}\n`);
    const bad = await runCli(['lint', 'bad.jsonl'], { cwd: out });
    assert.equal(bad.code, 1);
    assert.match(
      bad.out,
      /^bad\.jsonl:2 messages\[1\]\.tool_calls\[0\]\.id: error: "call_1" is no legal id, write exactly nine letters/m,
    );
    const json = await runCli(['lint', '--json', 'bad.jsonl'], { cwd: out });
    const [first, last] = json.out
      .trim()
      .split('\n')
      .map((one) => JSON.parse(one) as Record<string, unknown>);
    assert.deepEqual([first?.line, first?.severity, last?.errors], [2, 'error', 1]);
    assert.equal((await runCli(['lint', 'none.jsonl'], { cwd: out })).code, 2);
    const several = await runCli(['lint', 'none.jsonl', 'cli.jsonl', 'gone.jsonl'], { cwd: out });
    assert.equal(several.code, 2);
    assert.match(several.said, /^cli\.jsonl: 120 rows of the form mistral/m);
    assert.match(several.said, /There is no file \S*none\.jsonl/);
    assert.match(several.said, /There is no file \S*gone\.jsonl/);
  });
});
