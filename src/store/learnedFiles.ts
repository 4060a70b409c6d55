import { lstat, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../core/errors.ts';
import type { StoreNotice } from './api.ts';
import type { Connection } from './connection.ts';
import { type FileLine, type FileLines, linesText, readLines, withAdded } from './fileLines.ts';
import { insideOf } from './folder.ts';
import type { LearnedRow, LearnedRows } from './learnedRows.ts';
import { lineHash } from './lines.ts';
import { fileProblem, systemCode } from './problems.ts';
import { movedTo } from './renameTool.ts';
import { replaceFile } from './replaceFile.ts';

/** A line of ours that the file gets, to be marked once it is there. */
interface Written {
  id: string;
  hash: string;
  pending: number;
}

/** Somebody who saves in the very moment we write is waited for this often. */
const attempts = 5;

/**
 * The files of one kind (examples or lessons), kept in step with the database in both directions. What a person did to a
 * file wins, deletions included. A file is replaced as a whole by renaming, so no reader ever sees half of it; only then is
 * what it brought marked as written, so a crash at any moment leaves a state from which the next start goes on.
 */
export class LearnedFiles {
  readonly #root: string;
  readonly #connection: Connection;
  readonly #rows: LearnedRows;
  readonly #notice: (notice: StoreNotice) => void;

  /** `root`: the folder `.imaginarium`. */
  constructor(
    root: string,
    connection: Connection,
    rows: LearnedRows,
    notice: (notice: StoreNotice) => void,
  ) {
    this.#root = root;
    this.#connection = connection;
    this.#rows = rows;
    this.#notice = notice;
  }

  /** Writes what is pending. Rejects with `UserError`; every file is tried all the same. */
  async flush(): Promise<void> {
    const problems: unknown[] = [];
    for (const file of this.#rows.filesWithPending()) {
      await this.#bringInStep(file).catch((error: unknown) => problems.push(error));
    }
    if (problems.length > 0) throw problems[0];
  }

  /** Whether it is a file of this kind. */
  keeps(file: string | null): boolean {
    return file?.startsWith(`${this.#rows.folder}/`) ?? false;
  }

  /** Takes one line out of a file, and its row with it. The rest of the file is brought in step as usual. */
  delete(file: string, id: string): Promise<void> {
    return this.#bringInStep(file, id);
  }

  /** Takes over what people changed, and writes what is pending. */
  async readAll(): Promise<void> {
    const files = new Set(await this.#present());
    for (const file of this.#known()) files.add(file);
    for (const file of this.#rows.filesWithPending()) files.add(file);
    for (const file of files) {
      const same = (await this.#stampOf(file)) === this.#stamped(file);
      if (!same || this.#rows.filesWithPending().includes(file)) await this.#bringInStep(file);
    }
  }

  /** `without`: the id of a line that is to go. */
  async #bringInStep(file: string, without: string | null = null): Promise<void> {
    const path = join(this.#root, file);
    try {
      for (let attempt = 1; attempt <= attempts; attempt++) {
        if (await this.#tryOnce(file, path, without)) return;
      }
      throw new UserError(
        `${path} changes all the time.`,
        'Close the program that writes it, then try again.',
      );
    } catch (error) {
      throw fileProblem(error, path);
    }
  }

  /** False when somebody changed the file meanwhile. */
  async #tryOnce(file: string, path: string, without: string | null): Promise<boolean> {
    const stamp = await this.#stampOf(file);
    const text = stamp === null ? '' : await readFile(path, 'utf8');
    const read = readLines(text, (object) => this.#rows.check(object));
    this.#report(path, read);
    const merged = this.#connection.transaction(() => this.#merge(file, path, read, without));
    const { written, changed } = merged;
    if (changed && !(await this.#replace(file, linesText(merged.lines, read.lineEnd), stamp))) return false;
    const now = changed ? await this.#stampOf(file) : stamp;
    this.#connection.transaction(() => {
      for (const { id, hash, pending } of written) this.#rows.markWritten(file, id, hash, pending);
      // After the file: should we die in between, the next start finds the line gone, and takes the row away.
      if (without !== null) this.#rows.remove(file, without);
      this.#stamp(file, now);
    });
    return true;
  }

  /** Brings the rows to what the file says, and says what the file is to become. Part of a transaction. */
  #merge(
    file: string,
    path: string,
    read: FileLines,
    without: string | null,
  ): { lines: FileLine[]; written: Written[]; changed: boolean } {
    const rows = new Map(this.#rows.rowsOf(file).map((row) => [row.id, row]));
    const written: Written[] = [];
    const now = movedTo(this.#stamped(file));
    const moved = new Set(now === null ? [] : this.#rows.rowsOf(now).map(({ id }) => id));
    const kept = read.lines.filter(({ entry }) => {
      if (entry === null) return true;
      // It stands in another file now: here it is what a rename of the tool has left.
      const left = moved.has(entry.id) && !rows.has(entry.id);
      return entry.id !== without && !left;
    });
    if (without !== null) rows.delete(without);
    let changed = kept.length < read.lines.length;
    let lines = kept.map((line) => {
      if (line.entry === null) return line;
      const row = rows.get(line.entry.id);
      rows.delete(line.entry.id);
      const ours = this.#inStep(file, path, line, row);
      if (ours === null) return line;
      written.push({ id: line.entry.id, hash: ours.hash, pending: row?.pending ?? 0 });
      if (ours.raw === line.raw) return line;
      changed = true;
      return { raw: ours.raw, entry: { ...line.entry, hash: ours.hash } };
    });
    const added: FileLine[] = [];
    for (const row of rows.values()) {
      if (row.deleted) continue;
      if (row.pending > 0 && row.fileHash === null) {
        const raw = this.#rows.lineOf(row.id, file);
        const hash = lineHash(raw);
        added.push({ raw, entry: { id: row.id, object: {}, hash } });
        written.push({ id: row.id, hash, pending: row.pending });
      } else this.#rows.remove(file, row.id);
    }
    if (added.length > 0 || changed) {
      changed = true;
      const edited = new Set(
        this.#rows.rowsOf(file).flatMap((row) => (row.edited && row.pending === 0 ? [row.id] : [])),
      );
      lines = withAdded(lines, added).map((line) => this.#withEditNoted(line, edited, written));
    }
    return { lines, written, changed };
  }

  /** What a line is to become and be marked as, or null when there is nothing to write or mark. */
  #inStep(
    file: string,
    path: string,
    line: FileLine,
    row: LearnedRow | undefined,
  ): { raw: string; hash: string } | null {
    const entry = line.entry;
    if (entry === null) return null;
    const unchanged = row !== undefined && !row.deleted && row.fileHash === entry.hash;
    if (unchanged && row.pending === 0) return null;
    if (row !== undefined && !row.deleted && row.pending > 0) {
      const raw = this.#rows.lineOf(row.id, file);
      const hash = lineHash(raw);
      // Equal: we had written it when the process died. Unchanged: ours is newer.
      if (hash === entry.hash || unchanged) return { raw, hash };
    }
    const pending = this.#rows.adopt(file, entry.object, entry.hash);
    if (pending === null) {
      this.#notice({
        severity: 'warning',
        message: `${path} has the ${this.#rows.noun} ${entry.id}, which stands in another file too.`,
        advice: 'Delete one of the two, or give it an id of its own.',
      });
      return null;
    }
    if (pending === 0) return null;
    const raw = this.#rows.lineOf(entry.id, file);
    return { raw, hash: lineHash(raw) };
  }

  /** A file that is written anyway says of each line whether a person changed it. */
  #withEditNoted(line: FileLine, edited: ReadonlySet<string>, written: Written[]): FileLine {
    const entry = line.entry;
    if (entry === null || !edited.has(entry.id)) return line;
    const raw = this.#rows.noteEdit(entry.object);
    if (raw === null || raw === line.raw) return line;
    const hash = lineHash(raw);
    written.push({ id: entry.id, hash, pending: 0 });
    return { raw, entry: { ...entry, hash } };
  }

  /** Writes to a temporary name and renames; a file without a line goes. False, with nothing done, when the file is no longer the one that was read. */
  async #replace(file: string, text: string, stamp: string | null): Promise<boolean> {
    const path = join(this.#root, file);
    if (text === '') {
      if ((await this.#stampOf(file)) !== stamp) return false;
      await rm(path, { force: true });
      return true;
    }
    await mkdir(dirname(path), { recursive: true });
    await insideOf(this.#root, dirname(path));
    return replaceFile(path, text, async () => (await this.#stampOf(file)) === stamp);
  }

  /** Files of this kind, and nothing else that lies there; leftovers of a dead process go. */
  async #present(): Promise<string[]> {
    const folder = join(this.#root, this.#rows.folder);
    const names = await readdir(folder).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return [];
      throw fileProblem(error, folder);
    });
    if (names.length > 0) await insideOf(this.#root, folder);
    for (const name of names.filter((one) => /\.jsonl\.[0-9]+\.tmp$/.test(one))) {
      // Only the explorer comes here, so nobody else is writing it.
      await rm(join(folder, name), { force: true }).catch((error: unknown) =>
        this.#cannotTidy(join(folder, name), error),
      );
    }
    return names.filter((name) => name.endsWith('.jsonl')).map((name) => `${this.#rows.folder}/${name}`);
  }

  /** Changes whenever the file does; null when there is none. Throws `UserError` for what is no plain file. */
  async #stampOf(file: string): Promise<string | null> {
    const path = join(this.#root, file);
    try {
      const found = await lstat(path, { bigint: true });
      if (!found.isFile()) {
        throw new UserError(
          `${path} is no plain file.`,
          `Replace it by a file, or delete it; ${basename(path)} is ours.`,
        );
      }
      return `${found.mtimeNs}:${found.size}:${found.ino}`;
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return null;
      throw error;
    }
  }

  #cannotTidy(path: string, error: unknown): void {
    this.#notice({
      severity: 'info',
      message: `${path}, left by a process that died, could not be deleted (${systemCode(error) ?? 'unknown reason'}).`,
      advice: 'Delete it by hand.',
    });
  }

  #known(): string[] {
    return this.#connection
      .prepare<{ path: string }>("SELECT path FROM files WHERE path LIKE ? || '/%'")
      .all(this.#rows.folder)
      .map((row) => row.path);
  }

  #stamped(file: string): string | null {
    return (
      this.#connection.prepare<{ stamp: string }>('SELECT stamp FROM files WHERE path = ?').get(file)
        ?.stamp ?? null
    );
  }

  #stamp(file: string, stamp: string | null): void {
    if (stamp === null) this.#connection.prepare('DELETE FROM files WHERE path = ?').run(file);
    else
      this.#connection.prepare('INSERT OR REPLACE INTO files (path, stamp) VALUES (?, ?)').run(file, stamp);
  }

  #report(path: string, read: FileLines): void {
    for (const { line, problem } of read.broken) {
      this.#notice({
        severity: 'warning',
        message: `${path}:${line} is not used: ${problem}.`,
        advice: 'Mend the line or delete it. Until then it stays as it is.',
      });
    }
  }
}
