import type { ApprovalQuestion, Person } from '../surroundings.ts';

interface Open {
  question: ApprovalQuestion;
  answer: (allowed: boolean) => void;
  /** It stands on the screen now. */
  shown: boolean;
}

/**
 * Questions whether a call may be made. One that is put away unanswered stays open, and its tool waits; it can be brought
 * back at any time. Nothing else waits for it.
 */
export class Approvals {
  readonly #person: Pick<Person, 'approve'>;
  readonly #changed: (waiting: number) => void;
  readonly #tooLate: () => void;
  readonly #open = new Set<Open>();

  /** `tooLate`: somebody answered what nobody wants to know any more; the editor cannot take a question off the screen. */
  constructor(
    person: Pick<Person, 'approve'>,
    changed: (waiting: number) => void,
    tooLate: () => void = () => {},
  ) {
    this.#person = person;
    this.#changed = changed;
    this.#tooLate = tooLate;
  }

  /** Resolves with the person's word, however late; `false` when nobody wants to know any more. */
  ask(question: ApprovalQuestion, gone: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const one: Open = {
        question,
        shown: false,
        answer: (allowed) => {
          if (!this.#open.delete(one)) return;
          gone.removeEventListener('abort', give);
          this.#changed(this.#open.size);
          resolve(allowed);
        },
      };
      const give = (): void => one.answer(false);
      this.#open.add(one);
      this.#changed(this.#open.size);
      if (gone.aborted) return give();
      gone.addEventListener('abort', give, { once: true });
      void this.#show(one);
    });
  }

  /** Brings back every question that was put away. */
  async answer(): Promise<void> {
    await Promise.all([...this.#open].filter(({ shown }) => !shown).map((one) => this.#show(one)));
  }

  /** The engine that asked is gone. */
  forget(): void {
    for (const one of [...this.#open]) one.answer(false);
  }

  async #show(one: Open): Promise<void> {
    one.shown = true;
    try {
      const allowed = await this.#person.approve(one.question);
      if (allowed === undefined) return;
      if (this.#open.has(one)) one.answer(allowed);
      else this.#tooLate();
    } finally {
      one.shown = false;
    }
  }
}
