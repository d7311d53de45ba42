import type { Forum } from '#domain/forum/forum.ts';
import type { Seat } from '#domain/forum/seat.ts';
import type { SeatId } from '#domain/ids.ts';
import { deviceName } from '#server/auth/device-name.ts';
import { EndedHere } from '#server/auth/ended-here.ts';
import type { Pass } from '#server/auth/passes.ts';
import { hashOfDevice, ownDevices, type OwnDevice } from '#server/auth/own-devices.ts';
import { hashToken, newToken } from '#server/auth/tokens.ts';
import { Visits } from '#server/auth/visits.ts';
import type { Device, NewDevice } from '#server/storage/ports/devices.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { SeenDevices } from './seen-devices.ts';

/** How long a guest's browser has the seat after the forum's last day: to read the outcome, and what became of it. */
const DAYS_AFTER = 30;
const DAY = 86_400_000; // ms

interface Parts {
  readonly storage: Pick<Storage, 'people' | 'forums'>;
  readonly clock: () => number;
  /** Hears which tokens have ended. */
  readonly passes: { end(hashes: Iterable<string>): void };
}

/** The browsers that have a guest's seat, each by a token of its own. An account's seat has none: it is had by signing in. */
export class SeatDevices {
  readonly #parts: Parts;
  readonly #visits = new Visits();
  readonly #seen: SeenDevices;
  readonly #ended: EndedHere;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { people } = parts.storage;
    this.#seen = new SeenDevices(people, parts.clock);
    this.#ended = new EndedHere({
      isKnown: async (hash) => (await people.device(hash)) !== null,
      remove: (hash) => people.removeToken(hash),
    });
  }

  /** A token for a browser's cookie, and what to store of it. */
  newDevice(
    forum: Forum,
    userAgent?: string | null,
    { token = newToken(), mark = null }: { token?: string; mark?: string | null } = {},
  ): { token: string; hash: string; device: NewDevice } {
    const createdAt = this.#parts.clock();
    const expiresAt = endOfTokens(forum, createdAt);
    const markHash = mark === null ? null : hashToken(mark);
    const device = { createdAt, expiresAt, name: deviceName(userAgent), markHash };
    return { token, hash: hashToken(token), device };
  }

  async seatOf(token: string, userAgent?: string | null, pass?: Pick<Pass, 'lastsUntil'>): Promise<Seat | null> {
    const hash = hashToken(token);
    if (this.#ended.has(hash)) return null;
    const known = await this.#parts.storage.people.device(hash);
    if (!known || known.seat.accountId !== null) return null;
    const now = this.#parts.clock();
    if (known.expiresAt !== null && known.expiresAt <= now) return null;
    if (this.#visits.isFirst(hash, now)) {
      const expiresAt = known.expiresAt === null ? await this.#endFor(known.seat, now) : null;
      // What a socket's upgrade does not say is kept from the page.
      this.#seen.note(hash, { name: deviceName(userAgent), expiresAt });
    }
    if (known.expiresAt !== null) pass?.lastsUntil(known.expiresAt);
    return known.seat;
  }

  /** `token`: of the device that asks. */
  async ofSeat(seat: SeatId, token: string | null): Promise<OwnDevice[]> {
    return ownDevices(await this.#open(seat), token);
  }

  /** Ends one device of the seat, as `ofSeat` names it, and its sockets. */
  async end(seat: SeatId, id: string): Promise<void> {
    const hash = hashOfDevice(await this.#open(seat), id);
    if (hash === null) return;
    await this.#parts.storage.people.removeToken(hash);
    this.#parts.passes.end([hash]);
  }

  /** Ends the device with this token, whatever its seat; also while storage takes nothing. */
  async leave(token: string): Promise<void> {
    const hash = hashToken(token);
    await this.#ended.end(hash);
    this.#parts.passes.end([hash]);
  }

  /** The forum's days may have changed. */
  async follow(forum: Forum): Promise<void> {
    await this.#parts.storage.people.setTokenEnd(forum.id, endOfTokens(forum, this.#parts.clock()));
  }

  close(): void {
    this.#ended.close();
    this.#seen.close();
  }

  async #open(seat: SeatId): Promise<Device[]> {
    const now = this.#parts.clock();
    await this.#seen.settle();
    const devices = await this.#parts.storage.people.devices(seat);
    return devices.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
  }

  async #endFor(seat: Seat, now: number): Promise<number> {
    const forum = await this.#parts.storage.forums.byId(seat.forumId);
    return forum ? endOfTokens(forum, now) : now + DAYS_AFTER * DAY;
  }
}

/** Nobody's seat ends sooner than in thirty days, however long ago the forum was: its outcome may just have been opened for reading. */
function endOfTokens(forum: Pick<Forum, 'to'>, now: number): number {
  const lastDay = Date.parse(forum.to); // a day of the calendar: its begin, in UTC
  return Math.max(Number.isFinite(lastDay) ? lastDay + DAY : 0, now) + DAYS_AFTER * DAY;
}
