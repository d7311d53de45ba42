import type { Forum } from '#domain/forum/forum.ts';
import type { Seat } from '#domain/forum/seat.ts';
import type { SeatId } from '#domain/ids.ts';
import { accepted, refused, type Result } from '#domain/refusal.ts';
import { hashToken, newToken } from '#server/auth/tokens.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import type { SeatDevices } from './seat-devices.ts';

const MOVE_LASTS = 600_000; // ms

interface Parts {
  readonly storage: Pick<Storage, 'accounts' | 'people' | 'forums'>;
  readonly clock: () => number;
  readonly devices: SeatDevices;
}

/** How a guest takes a seat along from one device to another. */
export class SeatMoves {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A token for the seat's own QR: takes the seat along to another device, once, within ten minutes. */
  async link(seat: SeatId): Promise<string> {
    const token = newToken();
    const until = this.#parts.clock() + MOVE_LASTS;
    await this.#parts.storage.accounts.addLink(hashToken(token), { kind: 'moveSeat', seat }, until);
    return token;
  }

  /**
   * The seat, with a token for the new device's cookie; the first device keeps its own. Null for the token of an account's seat: that one
   * is had by signing in, and the link is not spent.
   */
  async claim(
    token: string,
    userAgent?: string | null,
  ): Promise<Result<{ seat: Seat; token: string | null; forum: Forum }>> {
    const { storage, clock, devices } = this.#parts;
    const link = await storage.accounts.link(hashToken(token));
    if (link?.purpose.kind !== 'moveSeat') return refused({ kind: 'linkUnknown' });
    if (link.spentAt !== null) return refused({ kind: 'linkTaken' });
    if (link.expiresAt <= clock()) return refused({ kind: 'linkUnknown' });
    const seat = await storage.people.seat(link.purpose.seat);
    const forum = seat && (await storage.forums.byId(seat.forumId));
    if (!forum || seat.removedAt !== null) return refused({ kind: 'seatUnknown' });
    if (seat.accountId !== null) return accepted({ seat, token: null, forum });
    if (!(await storage.accounts.spendLink(hashToken(token), clock()))) return refused({ kind: 'linkTaken' });
    const made = devices.newDevice(forum, userAgent);
    await storage.people.addToken(seat.id, made.hash, made.device);
    return accepted({ seat, token: made.token, forum });
  }
}
