import type { Forum } from '#domain/forum/forum.ts';
import type { WorkshopPlan } from '#domain/forum/agenda.ts';
import type { Actor, Person, Role, Seat } from '#domain/forum/seat.ts';
import type { ForumId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import { accepted, refused, type Result } from '#domain/refusal.ts';
import { documentName, type DocumentName } from '#protocol/document-name.ts';
import { readCookies, type CookieJar } from '#server/auth/cookies.ts';
import { newInvitation } from '#server/auth/invitations.ts';
import type { Sessions } from '#server/auth/sessions.ts';
import { Passes, type Pass } from '#server/auth/passes.ts';
import { hashToken, newToken, randomId } from '#server/auth/tokens.ts';
import { Tries } from '#server/auth/tries.ts';
import { tell } from '#server/process/boundary.ts';
import type { Account, Storage } from '#server/storage/ports.ts';
import type { Forums } from './forums.ts';
import { SeatDevices } from './seat-devices.ts';
import { readPerson, type PersonForm } from './person-fields.ts';

const MINUTE = 60_000;
const MOVE_MINUTES = 10;
/** Addresses remembered at most; the one that was longest without a guest is forgotten first. */
const HALLS = 10_000;

export interface RequestHeaders {
  readonly cookie?: string | undefined;
  readonly 'user-agent'?: string | undefined;
}

export interface JoinForm extends PersonForm {
  readonly code: string;
}

export interface Joined {
  readonly seat: Seat;
  readonly person: Person;
  /** Value for a new seat cookie; null when this browser already has the seat. */
  readonly token: string | null;
  readonly forum: Forum;
  readonly workshop: WorkshopId | null;
  readonly roomId: RoomId | null;
  readonly document: DocumentName | null;
}

interface Parts {
  readonly storage: Storage;
  readonly clock: () => number;
  readonly forums: Forums;
  readonly sessions: Sessions;
  readonly cookies: CookieJar;
  readonly passes?: Passes;
  /** Places a seat in a room of the workshop; null when it gets none. */
  readonly takeSeat: (workshop: WorkshopId, actor: Actor) => Promise<RoomId | null>;
}

/** Who sits in a forum: guests by code, people with an account by invitation, everybody by the seat's own cookie. */
export class Seats {
  readonly #parts: Parts;
  readonly #passes: Passes;
  /** Which devices have a seat. */
  readonly devices: SeatDevices;
  readonly #tries: Tries;
  /** The forum in which somebody at an address last took a seat. In memory: a restart forgets failures too. */
  readonly #halls = new Map<string, ForumId>();
  readonly #listeners = new Set<(forum: ForumId) => void>();

  constructor(parts: Parts) {
    this.#parts = parts;
    const { storage, clock } = parts;
    this.#passes = parts.passes ?? new Passes({ ...storage, clock });
    this.devices = new SeatDevices({ storage, clock, passes: this.#passes });
    this.#tries = new Tries(clock);
  }

  /**
   * `address` slows guessing of codes down; `cookie` is the request's header, by which the same browser gets the same seat, and
   * somebody who is signed in the account's seat.
   */
  async join(
    form: JoinForm,
    from: { address: string; cookie?: string | undefined; userAgent?: string | null | undefined },
  ): Promise<Result<Joined>> {
    const forum = await this.forumOfCode(form.code, from.address);
    if (!forum.ok) return forum;
    const fields = readPerson(form, forum.value);
    if (!fields.ok) return fields;
    const known = await this.ofRequest({ cookie: from.cookie }, forum.value.id);
    const taken = known
      ? await this.#again(known.seat, fields.value)
      : await this.#anew(forum.value, fields.value, from.userAgent);
    this.#remember(from.address, forum.value.id);
    const place = await this.#place(forum.value, taken.seat);
    this.#changed(forum.value.id);
    return accepted({ ...taken, forum: forum.value, ...place });
  }

  /** The forum that a code opens, with wrong codes counted against the address. */
  async forumOfCode(code: string, address: string): Promise<Result<Forum>> {
    const seconds = this.#tries.wait(address);
    const forum = await this.#parts.forums.byJoinCode(code);
    // Whoever guesses in a hall must not keep its guests out: a code by which people at this address sit already tells
    // a guesser there nothing new. Every other answer waits.
    if (seconds > 0 && !(forum.ok && this.#halls.get(address) === forum.value.id)) {
      return refused({ kind: 'tooManyTries', seconds });
    }
    if (!forum.ok && forum.refusal.kind === 'codeUnknown') this.#tries.failed(address);
    return forum;
  }

  /** Who sends this request in a forum: by the seat cookie, else by the account's seat. Removed seats are nobody. */
  async ofRequest(
    headers: { cookie?: string | undefined },
    forum: ForumId,
  ): Promise<{ seat: Seat; person: Person } | null> {
    const seat = await this.seatOfRequest(headers, forum);
    const person = seat && (await this.#parts.storage.people.person(seat.id));
    return person && { seat, person };
  }

  /** `ofRequest` without the person's name, for doors that let in a whole hall at once. */
  async seatOfRequest(headers: { cookie?: string | undefined }, forum: ForumId): Promise<Seat | null> {
    const admitted = await this.admit(headers, forum);
    admitted?.pass.letGo();
    return admitted && admitted.seat;
  }

  /** `seatOfRequest` for a socket: it is open for as long as the session or the token it was opened with is good. */
  async admit(headers: RequestHeaders, forum: ForumId): Promise<{ seat: Seat; pass: Pass } | null> {
    const cookies = readCookies(headers.cookie);
    const doors = [
      [cookies.get(this.#parts.cookies.seat(forum)), () => this.#byCookie(headers, forum)],
      [cookies.get(this.#parts.cookies.session), () => this.#byAccount(headers, forum)],
    ] as const;
    for (const [token, seatBy] of doors) {
      if (!token) continue;
      const pass = this.#passes.take(hashToken(token));
      const seat = await seatBy().catch((error: unknown) => {
        pass.letGo();
        throw error;
      });
      if (seat?.removedAt === null && !pass.isOver) return { seat, pass };
      pass.letGo();
    }
    return null;
  }

  /** Who is signed in. */
  async accountOfRequest(headers: { cookie?: string | undefined }): Promise<Account | null> {
    const token = readCookies(headers.cookie).get(this.#parts.cookies.session);
    return token ? ((await this.#parts.sessions.validate(token))?.account ?? null) : null;
  }

  /** A token for the seat's own QR: takes the seat along to another device, once, within ten minutes. */
  async moveLink(seat: SeatId): Promise<string> {
    const token = newToken();
    const until = this.#parts.clock() + MOVE_MINUTES * MINUTE;
    await this.#parts.storage.accounts.addLink(hashToken(token), { kind: 'moveSeat', seat }, until);
    return token;
  }

  /**
   * The seat, with a token for the new device's cookie; the first device keeps its own. Null for the token of an account's seat: that one
   * is had by signing in, and the link is not spent.
   */
  async claimMove(
    token: string,
    userAgent?: string | null,
  ): Promise<Result<{ seat: Seat; token: string | null; forum: Forum }>> {
    const { storage, clock } = this.#parts;
    const link = await storage.accounts.link(hashToken(token));
    if (link?.purpose.kind !== 'moveSeat') return refused({ kind: 'linkUnknown' });
    if (link.spentAt !== null) return refused({ kind: 'linkTaken' });
    if (link.expiresAt <= clock()) return refused({ kind: 'linkUnknown' });
    const seat = await storage.people.seat(link.purpose.seat);
    const forum = seat && (await storage.forums.byId(seat.forumId));
    if (!forum || seat.removedAt !== null) return refused({ kind: 'seatUnknown' });
    if (seat.accountId !== null) return accepted({ seat, token: null, forum });
    if (!(await storage.accounts.spendLink(hashToken(token), clock()))) return refused({ kind: 'linkTaken' });
    const made = this.devices.newDevice(forum, userAgent);
    await storage.people.addToken(seat.id, made.hash, made.device);
    return accepted({ seat, token: made.token, forum });
  }

  /** A token for an invitation link, good once within seven days. `by`: who invites; null is the operator. */
  invite(forum: ForumId, role: Role, by: SeatId | null): Promise<string> {
    return newInvitation(this.#parts.storage, { forum, role, by }, this.#parts.clock());
  }

  /** Takes the seat and its devices' access away. The last organizer stays. */
  async remove(id: SeatId): Promise<Result<null>> {
    const seat = await this.#parts.storage.people.seat(id);
    if (!seat || seat.removedAt !== null) return refused({ kind: 'seatUnknown' });
    const { people } = this.#parts.storage;
    const devices = await people.devices(id);
    if (!(await people.removeSeat(id, this.#parts.clock()))) return refused({ kind: 'notAllowed' });
    this.#passes.end(devices.map(({ hash }) => hash));
    this.#changed(seat.forumId);
    return accepted(null);
  }

  async setRole(id: SeatId, role: Role): Promise<Result<null>> {
    const seat = await this.#parts.storage.people.seat(id);
    if (!seat || seat.removedAt !== null) return refused({ kind: 'seatUnknown' });
    // An organizer signs in (PRODUCT: roles): a guest's cookie is not enough to hold a forum.
    if (role === 'organizer' && seat.accountId === null) return refused({ kind: 'notAllowed' });
    if (!(await this.#parts.storage.people.setRole(id, role))) return refused({ kind: 'notAllowed' });
    this.#changed(seat.forumId);
    return accepted(null);
  }

  /** Everybody who has a seat now, in order of joining. */
  async people(forum: ForumId): Promise<{ seat: Seat; person: Person }[]> {
    return (await this.#parts.storage.people.ofForum(forum)).filter(({ seat }) => seat.removedAt === null);
  }

  /** Calls after a seat of the forum came, changed or went; returns how to stop. */
  onChange(listener: (forum: ForumId) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** For whoever seats people by another way (an accepted invitation). */
  announce(forum: ForumId): void {
    this.#changed(forum);
  }

  async #again(seat: Seat, fields: Omit<Person, 'seatId'>): Promise<{ seat: Seat; person: Person; token: null }> {
    const person = { seatId: seat.id, ...fields };
    await this.#parts.storage.people.updatePerson(person);
    return { seat, person, token: null };
  }

  async #anew(
    forum: Forum,
    fields: Omit<Person, 'seatId'>,
    userAgent: string | null | undefined,
  ): Promise<{ seat: Seat; person: Person; token: string }> {
    const { token, hash, device } = this.devices.newDevice(forum, userAgent);
    const id = randomId() as SeatId;
    const joinedAt = this.#parts.clock();
    const seat: Seat = { id, forumId: forum.id, role: 'participant', accountId: null, joinedAt, removedAt: null };
    const person = { seatId: id, ...fields };
    await this.#parts.storage.people.addSeat(seat, person, hash, device);
    return { seat, person, token };
  }

  async #place(forum: Forum, seat: Seat): Promise<Pick<Joined, 'workshop' | 'roomId' | 'document'>> {
    const workshop = forum.agenda.find((item): item is WorkshopPlan => item.kind === 'workshop')?.id ?? null;
    const roomId =
      workshop === null || seat.role !== 'participant'
        ? null
        : await this.#parts.takeSeat(workshop, { seatId: seat.id, role: seat.role });
    return { workshop, roomId, document: roomId && documentName({ kind: 'board', room: roomId }) };
  }

  async #byCookie(headers: RequestHeaders, forum: ForumId): Promise<Seat | null> {
    const token = readCookies(headers.cookie).get(this.#parts.cookies.seat(forum));
    const seat = token ? await this.devices.seatOf(token, headers['user-agent']) : null;
    return seat?.forumId === forum ? seat : null;
  }

  async #byAccount(headers: { cookie?: string | undefined }, forum: ForumId): Promise<Seat | null> {
    const account = await this.accountOfRequest(headers);
    return account && this.#parts.storage.people.seatOfAccount(forum, account.id);
  }

  #remember(address: string, forum: ForumId): void {
    this.#halls.delete(address);
    this.#halls.set(address, forum);
    if (this.#halls.size > HALLS) this.#halls.delete(this.#halls.keys().next().value!);
  }

  #changed(forum: ForumId): void {
    tell('seats have changed', this.#listeners, forum);
  }
}
