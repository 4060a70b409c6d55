/** The extension's end, as the page sees it: requests that are answered or refused, and messages that come unasked. */
import type {
  FromPage,
  PanelPlace,
  PanelRequestName,
  PanelRequests,
  PanelState,
  ToPage,
} from '../../protocol/panel.ts';

/** Why a request was refused, for people. */
export class Refused extends Error {
  readonly advice: string;
  /** The engine has ended. */
  readonly away: boolean;

  constructor(message: string, advice: string, away: boolean) {
    super(message);
    this.name = 'Refused';
    this.advice = advice;
    this.away = away;
  }
}

export interface HostHooks {
  changed(state: PanelState): void;
  show(place: PanelPlace): void;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Refused): void;
}

export class Host {
  readonly #post: (message: FromPage) => void;
  readonly #hooks: HostHooks;
  #waiting = new Map<number, Waiting>();
  #next = 1;

  constructor(post: (message: FromPage) => void, hooks: HostHooks) {
    this.#post = post;
    this.#hooks = hooks;
  }

  /** @throws Refused with what the person is told */
  request<Name extends PanelRequestName>(
    name: Name,
    params: PanelRequests[Name]['params'],
  ): Promise<PanelRequests[Name]['result']> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      // The extension is of the same version as the page, which it made itself; it answers as the protocol says.
      this.#waiting.set(id, {
        resolve: (result) => resolve(result as PanelRequests[Name]['result']),
        reject,
      });
      this.#post({ type: 'request', id, name, params } as FromPage);
    });
  }

  /** Takes what has come to the window. Others post to it too: what is none of ours is passed over. */
  hear(message: unknown): void {
    if (!isToPage(message)) return;
    if (message.type === 'changed') this.#hooks.changed(message);
    else if (message.type === 'show') this.#hooks.show(message.place);
    else {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.type === 'answer') waiting?.resolve(message.result);
      else waiting?.reject(new Refused(message.message, message.advice, message.away));
    }
  }
}

function isToPage(message: unknown): message is ToPage {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  const { type } = message;
  if (type === 'answer' || type === 'refused') return 'id' in message && typeof message.id === 'number';
  return type === 'changed' || (type === 'show' && 'place' in message);
}
