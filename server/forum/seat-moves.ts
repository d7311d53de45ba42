import type { Forum } from '#domain/forum/forum.ts';
import type { Seat } from '#domain/forum/seat.ts';
import type { SeatId, WorkshopId } from '#domain/ids.ts';
import { accepted, refused, type Result } from '#domain/refusal.ts';
import { hashToken, newToken, randomId } from '#server/auth/tokens.ts';
import type { LinkPurpose } from '#server/storage/ports/accounts.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { readName } from './person-fields.ts';
import type { SeatDevices } from './seat-devices.ts';

const MOVE_LASTS = 600_000; // ms

interface Parts {
  readonly storage: Pick<Storage, 'accounts' | 'people' | 'forums'>;
  readonly clock: () => number;
  readonly devices: SeatDevices;
  /** Somebody has come. */
  readonly came: (seat: SeatId) => Promise<void>;
}

/** `token`: for the device's cookie; null for the seat of an account. `screen`: the workshop whose screen the device is. */
interface Claimed {
  readonly seat: Seat;
  readonly token: string | null;
  readonly forum: Forum;
  readonly screen?: WorkshopId;
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

  /** A token that makes another machine a workshop's screen, once, within ten minutes. `typed`: the name of the seat that it is. */
  async screenLink(forum: Forum, workshop: WorkshopId, typed: string): Promise<Result<string>> {
    const name = readName(typed);
    if (!name.ok) return name;
    const token = newToken();
    const purpose = { kind: 'screen', forum: forum.id, workshop, name: name.value } as const;
    await this.#parts.storage.accounts.addLink(hashToken(token), purpose, this.#parts.clock() + MOVE_LASTS);
    return accepted(token);
  }

  /** Whether a token, good or spent, was made for a screen. */
  async isForScreen(token: string): Promise<boolean> {
    return (await this.#parts.storage.accounts.link(hashToken(token)))?.purpose.kind === 'screen';
  }

  /**
   * The seat, with a token for the new device's cookie; the first device keeps its own. Null for the token of an account's seat: that one
   * is had by signing in, and the link is not spent.
   */
  async claim(token: string, userAgent?: string | null): Promise<Result<Claimed>> {
    const { storage, clock, devices } = this.#parts;
    const link = await storage.accounts.link(hashToken(token));
    const purpose = link?.purpose;
    if (purpose?.kind !== 'moveSeat' && purpose?.kind !== 'screen') return refused({ kind: 'linkUnknown' });
    if (link!.spentAt !== null) return refused({ kind: 'linkTaken' });
    if (link!.expiresAt <= clock()) return refused({ kind: 'linkUnknown' });
    if (purpose.kind === 'screen') return this.#screen(token, purpose, userAgent);
    const seat = await storage.people.seat(purpose.seat);
    const forum = seat && (await storage.forums.byId(seat.forumId));
    if (!forum || seat.removedAt !== null) return refused({ kind: 'seatUnknown' });
    if (seat.accountId !== null) return accepted({ seat, token: null, forum });
    if (!(await storage.accounts.spendLink(hashToken(token), clock()))) return refused({ kind: 'linkTaken' });
    const made = devices.newDevice(forum, userAgent);
    await storage.people.addToken(seat.id, made.hash, made.device);
    return accepted({ seat, token: made.token, forum });
  }

  /** An observer's seat: it signs in nowhere, and is taken away as any other. */
  async #screen(
    token: string,
    { forum: id, workshop, name }: Extract<LinkPurpose, { kind: 'screen' }>,
    userAgent: string | null | undefined,
  ): Promise<Result<Claimed>> {
    const { storage, clock, devices, came } = this.#parts;
    const forum = await storage.forums.byId(id);
    if (!forum) return refused({ kind: 'linkUnknown' });
    if (!(await storage.accounts.spendLink(hashToken(token), clock()))) return refused({ kind: 'linkTaken' });
    const seat: Seat = {
      id: randomId() as SeatId,
      forumId: id,
      role: 'observer',
      accountId: null,
      joinedAt: clock(),
      removedAt: null,
    };
    const person = { seatId: seat.id, name, country: null, organisation: null, language: forum.language };
    const made = devices.newDevice(forum, userAgent);
    await storage.people.addSeat(seat, person, made.hash, made.device);
    await came(seat.id);
    return accepted({ seat, token: made.token, forum, screen: workshop });
  }
}
