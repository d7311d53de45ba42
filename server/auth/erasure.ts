import type { AccountId, ForumId, SeatId } from '#domain/ids.ts';
import { accepted, refused, type Result } from '#domain/refusal.ts';
import { noteErasure, type ErasureNote } from '#server/storage/erasure-journal.ts';
import type { Erased } from '#server/storage/ports/erasure.ts';
import type { Storage } from '#server/storage/ports/storage.ts';

interface Parts {
  readonly storage: Pick<Storage, 'erasure' | 'people' | 'forums'>;
  readonly dataDir: string;
  readonly clock: () => number;
  /** Hears which passes have ended. */
  readonly passes: { end(hashes: Iterable<string>): void };
  /** Hears in which forums people have gone. */
  readonly announce: (forum: ForumId) => void;
}

/** Takes a person or an account out for good, here and in every backup that is restored later. */
export class Erasure {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Name, country, organisation and devices of a seat; what was written stays, as a participant's. */
  async person(seat: SeatId): Promise<Result<null>> {
    const devices = await this.#parts.storage.people.devices(seat);
    const at = this.#parts.clock();
    const erased = await this.#parts.storage.erasure.person(seat, at);
    return this.#done(
      erased,
      { at, seat },
      devices.map(({ hash }) => hash),
    );
  }

  /** The account with its address, and its person in every forum. */
  async account(account: AccountId): Promise<Result<null>> {
    const at = this.#parts.clock();
    const erased = await this.#parts.storage.erasure.account(account, at);
    return this.#done(erased, { at, account }, []);
  }

  async #done(erased: Erased, note: ErasureNote, devices: readonly string[]): Promise<Result<null>> {
    if (erased.kind === 'lastOrganizer') {
      const forum = await this.#parts.storage.forums.byId(erased.forum);
      return refused({ kind: 'lastOrganizer', forum: forum?.title ?? '' });
    }
    noteErasure(this.#parts.dataDir, note);
    this.#parts.passes.end([...erased.passes, ...devices]);
    for (const forum of erased.forums) this.#parts.announce(forum);
    return accepted(null);
  }
}
