import type { Actor } from '#domain/forum/seat.ts';
import { tell } from '#server/process/boundary.ts';
import type { AccessStore } from '#server/storage/ports/access.ts';
import type { SessionStore } from '#server/storage/ports/sessions.ts';

/** How often somebody looks whether passes were taken away elsewhere, or are over by now. Sockets have to close within a second. */
const LOOK_EVERY = 500; // ms
const ASKED_AT_ONCE = 500; // hashes of one query

/** What somebody was let in with: a session or a seat's token. Whoever let them in holds it, and lets go of it at the end. */
export interface Pass {
  /** Once it is over it stays so. Nothing may be taken any more from who came with it. */
  readonly isOver: boolean;
  /** Until when it is good, as was read after it was taken: nobody asks again before, unless passes were taken away. */
  lastsUntil(endsAt: number): void;
  /** Called once, at the end; at once when it is over already. */
  onOver(listener: () => void): void;
  letGo(): void;
}

/** Who came through a door, and by what. */
export interface Admitted extends Actor {
  readonly pass?: Pass;
}

interface Holders {
  readonly listeners: Set<() => void>;
  /** Undefined: not known yet. Null: without an end. */
  endsAt: number | null | undefined;
}

export interface PassesParts {
  readonly sessions: Pick<SessionStore, 'ends'>;
  readonly access: AccessStore;
  readonly clock: () => number;
}

/**
 * Which sockets are open by which session or seat token, so that they close when it ends. What ends in this process is told here at once
 * (`end`); what ends by time, or by another process (the command line, another node), shows when the epoch of all passes has grown.
 */
export class Passes {
  readonly #parts: PassesParts;
  readonly #held = new Map<string, Holders>();
  #epoch: number | null = null;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;

  constructor(parts: PassesParts) {
    this.#parts = parts;
  }

  /** To be taken before the pass is checked: an end between the check and the open socket is then heard of. */
  take(hash: string): Pass {
    const holders = this.#held.get(hash) ?? { listeners: new Set(), endsAt: undefined };
    this.#held.set(hash, holders);
    this.#timer ??= setInterval(() => void this.look(), LOOK_EVERY).unref();
    const held = new HeldPass(holders, (pass) => {
      holders.listeners.delete(pass.over);
      if (holders.listeners.size === 0 && this.#held.get(hash) === holders) this.#held.delete(hash);
      if (this.#held.size === 0) this.#rest();
    });
    holders.listeners.add(held.over);
    return held;
  }

  /** These are no longer good: everybody who came with one goes now. */
  end(hashes: Iterable<string>): void {
    for (const hash of hashes) {
      const holders = this.#held.get(hash);
      this.#held.delete(hash);
      tell('a pass has ended', holders?.listeners ?? []);
    }
    if (this.#held.size === 0) this.#rest();
  }

  /** Ends what is over by now, or was taken away elsewhere. A storage that is away ends nothing. */
  look(): Promise<void> {
    this.#looking ??= this.#look()
      .catch(() => undefined) // Asked again by the next look; storage says by itself that it is away.
      .finally(() => (this.#looking = null));
    return this.#looking;
  }

  close(): void {
    this.#rest();
    this.#held.clear();
  }

  async #look(): Promise<void> {
    const epoch = (await this.#parts.access.epochs(['passes'])).get('passes') ?? 0;
    const now = this.#parts.clock();
    const isSame = epoch === this.#epoch;
    const asked = [...this.#held].filter(([, { endsAt }]) => !isSame || (endsAt !== null && (endsAt ?? 0) <= now));
    for (let from = 0; from < asked.length; from += ASKED_AT_ONCE) {
      const some = asked.slice(from, from + ASKED_AT_ONCE);
      const ends = await this.#parts.sessions.ends(some.map(([hash]) => hash));
      for (const [hash, holders] of some) {
        const endsAt = ends.get(hash);
        if (endsAt === undefined || (endsAt !== null && endsAt <= now)) this.end([hash]);
        else holders.endsAt = endsAt;
      }
    }
    this.#epoch = epoch;
  }

  #rest(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }
}

class HeldPass implements Pass {
  readonly #holders: Pick<Holders, 'endsAt'>;
  readonly #letGo: (pass: HeldPass) => void;
  #isOver = false;
  #listener: (() => void) | null = null;

  constructor(holders: Pick<Holders, 'endsAt'>, letGo: (pass: HeldPass) => void) {
    this.#holders = holders;
    this.#letGo = letGo;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  readonly over = (): void => {
    this.#isOver = true;
    const listener = this.#listener;
    this.#listener = null;
    listener?.();
  };

  lastsUntil(endsAt: number): void {
    if (this.#holders.endsAt === undefined) this.#holders.endsAt = endsAt;
  }

  onOver(listener: () => void): void {
    if (this.#isOver) listener();
    else this.#listener = listener;
  }

  letGo(): void {
    this.#listener = null;
    this.#letGo(this);
  }
}
