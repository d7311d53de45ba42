import type { Seat } from '#domain/forum/seat.ts';
import type { ForumId, SeatId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import { accepted, refused, type Result } from '#domain/refusal.ts';
import { readCookies, type CookieJar } from '#server/auth/cookies.ts';
import { hashToken } from '#server/auth/tokens.ts';
import { tell } from '#server/process/boundary.ts';
import type { NewDevice } from '#server/storage/ports/devices.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import type { Waiting } from '#server/storage/ports/waiting.ts';

/** Names at the door that a page shows; of the others it says how many. */
const SHOWN = 50;

export interface PlaceAtTheDoor {
  readonly forumId: ForumId;
  readonly token: string;
  readonly name: string;
  /** How many came before. */
  readonly before: number;
}

/** By when it was done it can be taken back. */
export interface SentAway {
  readonly at: number;
  readonly count: number;
}

interface Parts {
  readonly storage: Pick<Storage, 'waiting'>;
  readonly clock: () => number;
  readonly cookies: CookieJar;
  /** Hears of everybody who was let in. */
  readonly letIn: (seat: SeatId) => Promise<void>;
}

/** Where newcomers wait while a forum has no free seat, until somebody who runs it lets them in or sends them away. */
export class Door {
  readonly #parts: Parts;
  readonly #listeners = new Set<(forum: ForumId) => void>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Those who wait, in order of coming; `count` of all of them. */
  async of(forum: ForumId): Promise<{ readonly count: number; readonly first: readonly Waiting[] }> {
    const { waiting } = this.#parts.storage;
    return { count: await waiting.countOf(forum), first: await waiting.ofForum(forum, SHOWN) };
  }

  countOf(forum: ForumId): Promise<number> {
    return this.#parts.storage.waiting.countOf(forum);
  }

  async placeOf(token: string): Promise<PlaceAtTheDoor | null> {
    const store = this.#parts.storage.waiting;
    const found = await store.byToken(hashToken(token));
    return found && { token, forumId: found.forumId, name: found.person.name, before: await store.before(found) };
  }

  /** The place that the sender of a request has; null when they do not wait. */
  async placeOfRequest(headers: { cookie?: string | undefined }, forum: ForumId): Promise<PlaceAtTheDoor | null> {
    const token = readCookies(headers.cookie).get(this.#parts.cookies.seat(forum));
    const place = token ? await this.placeOf(token) : null;
    return place?.forumId === forum ? place : null;
  }

  /** Says how many came before. */
  async wait(waiting: Waiting, tokenHash: string, device: NewDevice): Promise<Result<number>> {
    const { most } = LIMITS.waitingOfForum;
    const store = this.#parts.storage.waiting;
    if ((await store.countOf(waiting.forumId)) >= most) return refused({ kind: 'doorCrowded', most });
    await store.add(waiting, tokenHash, device);
    this.#tell(waiting.forumId);
    return accepted(await store.before(waiting));
  }

  /** Lets in the first `most` who wait, whatever the forum's number of seats is; says how many they were. */
  async letIn(forum: ForumId, most: number): Promise<number> {
    let seated = 0;
    for (const { person } of await this.#parts.storage.waiting.ofForum(forum, most)) {
      if (await this.letInOne(forum, person.seatId)) seated += 1;
    }
    return seated;
  }

  async letInOne(forum: ForumId, id: SeatId): Promise<boolean> {
    const seat = await this.#open(forum, id, false);
    if (seat) await this.#parts.letIn(seat.id);
    return seat !== null;
  }

  /** Sends somebody away, with the device. They are among the removed then, to be let in again. */
  async keepOut(forum: ForumId, id: SeatId): Promise<boolean> {
    return (await this.#open(forum, id, true)) !== null;
  }

  /** Sends the first `most` who wait away at once. They may come again by a code that is good then. */
  async sendAway(forum: ForumId, most: number): Promise<SentAway> {
    const at = this.#parts.clock();
    const count = await this.#parts.storage.waiting.sendAway(forum, most, at);
    if (count > 0) this.#tell(forum);
    return { at, count };
  }

  /** Those who were sent away at this moment wait again, where they waited; says how many. */
  async takeBack(forum: ForumId, at: number): Promise<number> {
    const { waiting } = this.#parts.storage;
    const room = LIMITS.waitingOfForum.most - (await waiting.countOf(forum));
    const count = room > 0 ? await waiting.takeBack(forum, at, room) : 0;
    if (count > 0) this.#tell(forum);
    return count;
  }

  /** Calls after somebody came to the forum's door or left it; returns how to stop. */
  onChange(listener: (forum: ForumId) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #open(forum: ForumId, id: SeatId, keepOut: boolean): Promise<Seat | null> {
    const { storage, clock } = this.#parts;
    const seat = await storage.waiting.seat(forum, id, clock(), keepOut);
    if (seat) this.#tell(forum);
    return seat;
  }

  #tell(forum: ForumId): void {
    tell('people wait at the door', this.#listeners, forum);
  }
}
