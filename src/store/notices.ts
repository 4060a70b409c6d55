import type { StoreNotice } from './api.ts';

/** More are not kept: a file with a thousand broken lines says enough with the first ones. */
const most = 200;

/** What came up, each thing once. */
export class Notices {
  readonly list: StoreNotice[] = [];
  readonly #said = new Set<string>();
  readonly #tell: (notice: StoreNotice) => void;

  constructor(tell: (notice: StoreNotice) => void) {
    this.#tell = tell;
  }

  add(notice: StoreNotice): void {
    if (this.#said.has(notice.message) || this.list.length >= most) return;
    this.#said.add(notice.message);
    this.list.push(notice);
    this.#tell(notice);
  }
}
