/**
 * What was learned of a tool follows its name. A rename is an edit like any other until the catalogue has it: then what is
 * kept moves to the new id, and when the edit is undone, back. A rename that was never carried out changes nothing.
 */
import type { ToolRename } from '../../store/index.ts';
import { explain } from '../errors.ts';
import type { StoreHolder } from '../storeHolder.ts';

/** Renames that are remembered, the latest. */
const remembered = 100;

export interface RenameSources {
  stores: () => StoreHolder;
  /** Hash of the spec of a tool; null when there is none of this id. */
  specHash: (id: string) => string | null;
  mayWrite: () => boolean;
  /** What was learned is kept under other ids than before. */
  changed: () => void;
  /** A person is told that what was learned of a tool could not be moved. */
  notice: (message: string, advice: string) => void;
}

interface Expected {
  from: string;
  to: string;
  /** As last seen, by id. */
  hashes: Map<string, string>;
  told: boolean;
}

export class ToolRenames {
  readonly #sources: RenameSources;
  #expected: Expected[] = [];
  #moving: Promise<void> = Promise.resolve();

  constructor(sources: RenameSources) {
    this.#sources = sources;
  }

  /** A person renames a tool; ids. */
  expect(from: string, to: string): void {
    const hash = this.#sources.specHash(from);
    if (hash === null || from === to) return;
    const others = this.#expected.filter((one) => one.from !== from || one.to !== to);
    const hashes = new Map([[from, hash]]);
    this.#expected = [...others, { from, to, hashes, told: false }].slice(-remembered);
  }

  /** The catalogue may be another than before. Resolves when what is to be moved is. */
  follow(): Promise<void> {
    if (this.#expected.length === 0) return this.#moving;
    this.#moving = this.#moving.then(() => this.#followNow());
    return this.#moving;
  }

  async #followNow(): Promise<void> {
    for (const expected of this.#expected) {
      const rename = this.#carriedOut(expected);
      if (rename !== null) await this.#move(expected, rename);
    }
  }

  /** The rename that the catalogue shows, there or back; null while it shows both ids, or neither. */
  #carriedOut({ from, to, hashes }: Expected): ToolRename | null {
    const { specHash } = this.#sources;
    const [old, now] = [specHash(from), specHash(to)];
    if ((old === null) === (now === null)) return null;
    const [gone, there, hash] = now === null ? [to, from, old] : [from, to, now];
    const before = hashes.get(gone);
    if (hash === null || before === undefined) return null;
    hashes.set(there, hash);
    return { from: gone, to: there, specHash: { from: before, to: hash } };
  }

  async #move(expected: Expected, rename: ToolRename): Promise<void> {
    const { stores, mayWrite, changed, notice } = this.#sources;
    if (!mayWrite() || !stores().reading?.toolCounts([rename.from]).has(rename.from)) return;
    try {
      const lease = await stores().lease();
      try {
        if (await lease.store.renameTool(rename)) changed();
        else this.#tellOnce(expected, () => notice(...taken(rename)));
      } finally {
        await lease.release();
      }
    } catch (error) {
      // Another window explores, perhaps: the next change of the catalogue tries again.
      const { message, advice } = explain(error);
      this.#tellOnce(expected, () =>
        notice(
          `What was learned of ${nameIn(rename.from)} is still kept under that name. ${message}`,
          advice,
        ),
      );
    }
  }

  #tellOnce(expected: Expected, tell: () => void): void {
    if (!expected.told) tell();
    expected.told = true;
  }
}

function taken({ from, to }: ToolRename): [string, string] {
  return [
    `What was learned of ${nameIn(from)} is still kept under that name: something was learned of a ${nameIn(to)} before.`,
    'Rename the tool again, to a name that is new.',
  ];
}

function nameIn(id: string): string {
  return `"${id.slice(id.lastIndexOf('#') + 1)}"`;
}
