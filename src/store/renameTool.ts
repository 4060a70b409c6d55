/** Everything that is kept of a tool, under another id. */
import type { Run } from '../core/run.ts';
import { toolFileName } from '../core/toolFileName.ts';
import type { Example, Fix, Lesson, Trial } from '../core/trial.ts';
import type { ToolRename } from './api.ts';
import type { Connection } from './connection.ts';
import { type Packed, packJson, unpackJson } from './packing.ts';
import type { Tables } from './tables.ts';

/** The stamp of a file whose lines have gone to another one: what it still says of those is no news. */
function movedStamp(to: string): string {
  return `moved to ${to}`;
}

/** The file to which the lines of one with this stamp have gone; null for any other stamp. */
export function movedTo(stamp: string | null): string | null {
  return stamp?.startsWith(movedStamp('')) ? stamp.slice(movedStamp('').length) : null;
}

/** Trials whose bodies are written anew, the newest; what memory reads of a tool is far less. */
const trialsRewritten = 2_000;

/**
 * Moves all rows of a tool, in one transaction; the files follow with the next flush. False, with nothing done, when nothing
 * is kept of it, or something is kept under the other id already. An example or lesson says afterwards that it was learned
 * from the spec as it is now, where it was from the one that differs in nothing but the name.
 */
export function renameTool(tables: Tables, rename: ToolRename): boolean {
  const { connection, tools } = tables;
  return connection.transaction(() => {
    const key = tools.find(rename.from);
    if (key === null || !makeRoom(connection, rename.to)) return false;
    connection.prepare('UPDATE tools SET id = ? WHERE key = ?').run(rename.to, key);
    moveLearned(connection, 'examples', key, rename, (body: Example) => exampleOf(body, rename));
    connection
      .prepare('UPDATE examples SET spec_hash = ? WHERE tool = ? AND spec_hash = ?')
      .run(rename.specHash.to, key, rename.specHash.from);
    moveLearned(connection, 'lessons', key, rename, (body: Lesson) => lessonOf(body, rename));
    followInSiblings(connection, key, rename);
    rewriteBodies(connection, key, rename);
    return true;
  });
}

/** Whether the id is free: a row of which nothing is left is taken away. */
function makeRoom(connection: Connection, id: string): boolean {
  const there = connection
    .prepare<{ key: number; kept: number }>(
      'SELECT key, trials + examples + failures + lessons AS kept FROM tools WHERE id = ?',
    )
    .get(id);
  if (there === undefined) return true;
  const { key, kept } = there;
  const used = connection
    .prepare<{ used: number }>(
      `SELECT EXISTS (SELECT 1 FROM trials WHERE tool = ?1) OR EXISTS (SELECT 1 FROM examples WHERE tool = ?1)
       OR EXISTS (SELECT 1 FROM intents WHERE tool = ?1) AS used`,
    )
    .get(key);
  if (kept > 0 || used?.used === 1) return false;
  connection.prepare('DELETE FROM lessons WHERE tool = ?').run(key);
  connection.prepare('DELETE FROM tools WHERE key = ?').run(key);
  return true;
}

function moveLearned<Body>(
  connection: Connection,
  table: 'examples' | 'lessons',
  key: number,
  { from, to }: ToolRename,
  changed: (body: Body) => Body,
): void {
  const [old, now] = [from, to].map((id) => `${table}/${toolFileName(id)}.jsonl`) as [string, string];
  const update = connection.prepare(
    `UPDATE ${table} SET body = ?, pending = pending + 1, file_hash = iif(file = ?, NULL, file_hash),
     file = iif(file = ?, ?, file) WHERE seq = ?`,
  );
  const rows = connection
    .prepare<{ seq: number; body: Packed }>(`SELECT seq, body FROM ${table} WHERE tool = ?`)
    .all(key);
  for (const { seq, body } of rows) update.run(packJson(changed(unpackJson<Body>(body))), old, old, now, seq);
  if (table === 'lessons') {
    connection.prepare('UPDATE lessons SET pending = 0 WHERE tool = ? AND deleted = 1').run(key);
  }
  connection.prepare('DELETE FROM files WHERE path = ?').run(now);
  connection.prepare('INSERT OR REPLACE INTO files (path, stamp) VALUES (?, ?)').run(old, movedStamp(now));
}

/** Examples of other tools in which this one is called. */
function followInSiblings(connection: Connection, key: number, rename: ToolRename): void {
  const update = connection.prepare('UPDATE examples SET body = ?, pending = pending + 1 WHERE seq = ?');
  const rows = connection
    .prepare<{ seq: number; body: Packed }>('SELECT seq, body FROM examples WHERE tool <> ?')
    .all(key);
  for (const { seq, body } of rows) {
    const example = unpackJson<Example>(body);
    if (!example.calls.some(({ tool }) => tool === rename.from)) continue;
    update.run(packJson({ ...example, calls: withCalls(example.calls, rename) }), seq);
  }
}

/** What a run, a fix and a trial say of their tool, so that memory and a run that goes on find it. */
function rewriteBodies(connection: Connection, key: number, rename: ToolRename): void {
  const renamed = (id: string): string => (id === rename.from ? rename.to : id);
  const runs = connection.prepare<{ key: number; body: Packed }>('SELECT key, body FROM runs').all();
  for (const row of runs) {
    const run = unpackJson<Pick<Run, 'tools' | 'simulated'>>(row.body);
    if (!run.tools.includes(rename.from)) continue;
    const { tools, simulated } = run;
    const named = {
      ...run,
      tools: tools.map(renamed),
      ...(simulated ? { simulated: simulated.map(renamed) } : {}),
    };
    connection.prepare('UPDATE runs SET body = ? WHERE key = ?').run(packJson(named), row.key);
  }
  const fixes = connection
    .prepare<{ seq: number; body: Packed }>('SELECT seq, body FROM fixes WHERE tool = ?')
    .all(key);
  for (const { seq, body } of fixes) {
    const fix = unpackJson<Fix>(body);
    const named: Fix = {
      ...fix,
      tool: renamed(fix.tool),
      failed: { ...fix.failed, tool: renamed(fix.failed.tool) },
      worked: { ...fix.worked, tool: renamed(fix.worked.tool) },
    };
    connection.prepare('UPDATE fixes SET body = ? WHERE seq = ?').run(packJson(named), seq);
  }
  const trials = connection
    .prepare<{ seq: number; body: Packed }>(
      `SELECT b.seq, b.body FROM trial_bodies b JOIN trials t USING (seq) WHERE t.tool = ?
       ORDER BY b.seq DESC LIMIT ${trialsRewritten}`,
    )
    .all(key);
  for (const { seq, body } of trials) {
    const trial = unpackJson<Pick<Trial, 'tool' | 'steps' | 'specHash'>>(body);
    const named = {
      ...trial,
      tool: renamed(trial.tool),
      steps: trial.steps.map((step) =>
        step.call === null ? step : { ...step, call: { ...step.call, tool: renamed(step.call.tool) } },
      ),
      specHash: hashOf(trial.specHash, rename),
    };
    connection.prepare('UPDATE trial_bodies SET body = ? WHERE seq = ?').run(packJson(named), seq);
  }
}

function exampleOf(example: Example, rename: ToolRename): Example {
  const { checks, provenance } = example;
  return {
    ...example,
    tool: rename.to,
    calls: withCalls(example.calls, rename),
    ...(checks ? { checks: { ...checks, specHash: hashOf(checks.specHash, rename) } } : {}),
    provenance: { ...provenance, specHash: hashOf(provenance.specHash, rename) },
  };
}

function lessonOf(lesson: Lesson, rename: ToolRename): Lesson {
  return { ...lesson, tool: rename.to, specHash: hashOf(lesson.specHash, rename) };
}

function withCalls(calls: Example['calls'], { from, to }: ToolRename): Example['calls'] {
  return calls.map((call) => (call.tool === from ? { ...call, tool: to } : call));
}

function hashOf(hash: string, { specHash }: ToolRename): string {
  return hash === specHash.from ? specHash.to : hash;
}
