import type { Forum } from '#domain/forum/forum.ts';
import type { Actor, Person, Role, Seat } from '#domain/forum/seat.ts';
import type { ForumId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import { nameSkeleton } from '#domain/languages/name-skeleton.ts';
import { LIMITS } from '#domain/limits.ts';
import { leads } from '#domain/permissions/may.ts';
import { accepted, refused, type Result } from '#domain/refusal.ts';
import { readCookies, type CookieJar } from '#server/auth/cookies.ts';
import { newInvitation } from '#server/auth/invitations.ts';
import type { Sessions } from '#server/auth/sessions.ts';
import { Passes, type Pass } from '#server/auth/passes.ts';
import { hashToken, newToken } from '#server/auth/tokens.ts';
import { Tries } from '#server/auth/tries.ts';
import { tell } from '#server/process/boundary.ts';
import type { Account } from '#server/storage/ports/accounts.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { Arrivals, type AtTheDoor, type Joined, type JoinForm, type JoinSource } from './arrivals.ts';
import { Chairs } from './chairs.ts';
import { Door } from './door.ts';
import type { Forums } from './forums.ts';
import { forumsOfBrowser } from './forums-of-browser.ts';
import { JoinCodes } from './join-codes.ts';
import { newFormId } from './join-form.ts';
import { isSamePerson, readPerson, type PersonForm } from './person-fields.ts';
import type { SeatChange, SeatListener } from './seat-change.ts';
import { SeatDevices } from './seat-devices.ts';
import { SeatMoves } from './seat-moves.ts';
import { SeatRemovals } from './seat-removals.ts';
import { Once } from './once.ts';

const MINUTE = 60_000;

export interface RequestHeaders {
  readonly cookie?: string | undefined;
  readonly 'user-agent'?: string | undefined;
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
  readonly moves: SeatMoves;
  readonly codes: JoinCodes;
  readonly removals: SeatRemovals;
  readonly #invitations = new Once<string>();
  readonly #corrections: Tries;
  readonly #listeners = new Set<SeatListener>();
  readonly #chairs: Chairs;
  readonly #arrivals: Arrivals;
  /** Where many were removed at once: whoever waits there since before comes in by hand alone. */
  readonly #byHand = new Set<ForumId>();
  /** Where newcomers wait while there is no free seat. */
  readonly door: Door;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { storage, clock } = parts;
    this.#passes = parts.passes ?? new Passes({ ...storage, clock });
    this.devices = new SeatDevices({ storage, clock, passes: this.#passes });
    this.moves = new SeatMoves({ storage, clock, devices: this.devices, came: (seat) => this.#seatChanged(seat) });
    this.codes = new JoinCodes(parts.forums, clock);
    this.#corrections = new Tries(clock, { free: LIMITS.correctionsOfSeat.most, forgivenAfter: MINUTE });
    this.#chairs = new Chairs((forum) => parts.storage.people.countOf(forum), parts.clock);
    this.door = new Door({ ...parts, letIn: (seat) => this.#seatChanged(seat) });
    this.removals = new SeatRemovals({
      storage,
      clock,
      passes: this.#passes,
      changed: (seat) => this.#seatChanged(seat),
      changedMany: (forum, went) => {
        if (went) this.#byHand.add(forum);
        this.announce(forum);
      },
      left: (forum) => this.fillChairs(forum),
    });
    this.#arrivals = new Arrivals({
      ...parts,
      devices: this.devices,
      chairs: this.#chairs,
      door: this.door,
      seated: (change, from) => {
        this.codes.sits(from.address, change.seat.forumId);
        this.#changed(change.seat.forumId, [change]);
      },
    });
  }

  /** What a page with a join form is made with: the form's id, and a mark for a browser that has none. */
  blankForm(): { readonly id: string; readonly mark: string } {
    return { id: newFormId(), mark: newToken() };
  }

  /** A seat, or a place before the door of a full forum. */
  async join(form: JoinForm, from: JoinSource): Promise<Result<Joined | AtTheDoor>> {
    const opened = await this.codes.forumOf(form.code, from.address);
    if (!opened.ok) return opened;
    const account = await this.accountOfRequest(from);
    if (account && (await this.#parts.storage.removals.isAccountKeptOut(opened.value.id, account.id))) {
      return refused({ kind: 'keptOut' });
    }
    if (!from.asSomebodyElse) {
      return this.#arrivals.join(opened.value, form, from, await this.ofRequest(from, opened.value.id));
    }
    // The account's seat counts before any cookie: another person's seat would be out of reach here.
    if (await this.#byAccount(from, opened.value.id)) return refused({ kind: 'signedInHere' });
    return this.#arrivals.join(opened.value, form, from, null);
  }

  /** Seats somebody who is simulated, as if they had come by the code. */
  seatSimulated(rehearsal: Forum, person: PersonForm): Promise<Result<Joined | AtTheDoor>> {
    const form = { ...person, code: rehearsal.joinCode };
    return this.#arrivals.join(rehearsal, form, { address: 'rehearsal', asSomebodyElse: true }, null);
  }

  /** Whether somebody who runs the forum has this name, or one that looks like it: a newcomer by it is taken for them. */
  async isNameOfLeader(forum: ForumId, name: string): Promise<boolean> {
    const own = nameSkeleton(name);
    if (own === '') return false;
    return (await this.#parts.storage.people.leadersOf(forum)).some((leader) => nameSkeleton(leader) === own);
  }

  /** Whether somebody is asked first if they want this name, at the door and wherever they change theirs. `known`: who has a seat. */
  async asksForName(forum: ForumId, name: string, known: SeatChange | null): Promise<boolean> {
    if (known && (known.person.name === name || leads(known.seat))) return false;
    return this.isNameOfLeader(forum, name);
  }

  /** Who sends this request in a forum: by the account's seat, else by the seat cookie. Removed seats are nobody. */
  async ofRequest(headers: RequestHeaders, forum: ForumId): Promise<{ seat: Seat; person: Person } | null> {
    const seat = await this.seatOfRequest(headers, forum);
    const person = seat && (await this.#parts.storage.people.person(seat.id));
    return person && { seat, person };
  }

  /** `ofRequest` without the person's name, for doors that let in a whole hall at once. */
  async seatOfRequest(headers: RequestHeaders, forum: ForumId): Promise<Seat | null> {
    const admitted = await this.admit(headers, forum);
    admitted?.pass.letGo();
    return admitted && admitted.seat;
  }

  /** `seatOfRequest` for a socket: it is open for as long as the session or the token it was opened with is good. */
  async admit(headers: RequestHeaders, forum: ForumId): Promise<{ seat: Seat; pass: Pass } | null> {
    const cookies = readCookies(headers.cookie);
    const doors = [
      // The account first: an organizer in whose browser a guest once sat down is the organizer.
      [cookies.get(this.#parts.cookies.session), () => this.#byAccount(headers, forum)],
      [cookies.get(this.#parts.cookies.seat(forum)), (pass: Pass) => this.#byCookie(headers, forum, pass)],
    ] as const;
    for (const [token, seatBy] of doors) {
      if (!token) continue;
      const pass = this.#passes.take(hashToken(token));
      const seat = await seatBy(pass).catch((error: unknown) => {
        pass.letGo();
        throw error;
      });
      if (seat?.removedAt === null && !pass.isOver) return { seat, pass };
      pass.letGo();
    }
    return null;
  }

  /** The forums in which the browser has a guest's seat, the latest first. */
  forumsOf({ cookie }: RequestHeaders): Promise<Forum[]> {
    const { cookies, forums } = this.#parts;
    return forumsOfBrowser({ cookies, forums, devices: this.devices }, cookie);
  }

  /** Who is signed in. */
  async accountOfRequest(headers: RequestHeaders): Promise<Account | null> {
    const token = readCookies(headers.cookie).get(this.#parts.cookies.session);
    const known = token ? await this.#parts.sessions.validate(token) : null;
    if (token && known) await this.#parts.sessions.visited(token, headers['user-agent'] ?? null);
    return known?.account ?? null;
  }

  /** A token for an invitation link, good once within seven days; one for each `form`. `by`: who invites; null is the operator. */
  invite(forum: ForumId, role: Role, by: SeatId | null, form: string | null = null): Promise<string> {
    return this.#invitations.once(form && `${by}/${form}/${role}`, () =>
      newInvitation(this.#parts.storage, { forum, role, by }, this.#parts.clock()),
    );
  }

  /** Lets in who waits, the first who came first, as far as there are chairs: the number was raised, or somebody left. */
  async fillChairs(id: ForumId): Promise<void> {
    if ((await this.door.countOf(id)) === 0) return void this.#byHand.delete(id);
    if (this.#byHand.has(id)) return;
    const forum = await this.#parts.forums.byId(id);
    const free = forum ? await this.#chairs.free(forum) : 0;
    if (free > 0) await this.door.letIn(id, free);
  }

  /** What a seat says of its own person, read as at the door. Everybody who may know the name hears of it. */
  async correct(seat: Seat, form: PersonForm): Promise<Result<Person>> {
    const { forums, people } = this.#parts.storage;
    const [forum, known] = [await forums.byId(seat.forumId), await people.person(seat.id)];
    if (!forum || !known) return refused({ kind: 'seatUnknown' });
    const fields = readPerson(form, forum);
    if (!fields.ok) return fields;
    const person = { seatId: seat.id, ...fields.value };
    if (isSamePerson(person, known)) return accepted(known);
    const seconds = this.#corrections.wait(seat.id);
    if (seconds > 0) return refused({ kind: 'tooManyCorrections', seconds });
    this.#corrections.failed(seat.id);
    await people.updatePerson(person);
    this.#changed(seat.forumId, [{ seat, person }]);
    return accepted(person);
  }

  async setRole(id: SeatId, role: Role): Promise<Result<null>> {
    const seat = await this.#parts.storage.people.seat(id);
    if (!seat || seat.removedAt !== null) return refused({ kind: 'seatUnknown' });
    // An organizer signs in: a guest's cookie is not enough to hold a forum.
    if (role === 'organizer' && seat.accountId === null) return refused({ kind: 'notAllowed' });
    if (!(await this.#parts.storage.people.setRole(id, role))) return refused({ kind: 'notAllowed' });
    await this.#seatChanged(id, false);
    return accepted(null);
  }

  /** Everybody who has a seat now, in order of joining. */
  async people(forum: ForumId): Promise<{ seat: Seat; person: Person }[]> {
    return (await this.#parts.storage.people.ofForum(forum)).filter(({ seat }) => seat.removedAt === null);
  }

  /** Calls after seats of the forum came, changed or went; returns how to stop. */
  onChange(listener: SeatListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** For whoever seats people by another way (an accepted invitation). */
  announce(forum: ForumId): void {
    this.#chairs.forget(forum);
    this.#changed(forum);
  }

  async #byCookie(headers: RequestHeaders, forum: ForumId, pass: Pass): Promise<Seat | null> {
    const token = readCookies(headers.cookie).get(this.#parts.cookies.seat(forum));
    const seat = token ? await this.devices.seatOf(token, headers['user-agent'], pass) : null;
    return seat?.forumId === forum ? seat : null;
  }

  async #byAccount(headers: RequestHeaders, forum: ForumId): Promise<Seat | null> {
    const account = await this.accountOfRequest(headers);
    return account && this.#parts.storage.people.seatOfAccount(forum, account.id);
  }

  /** `counts`: the seat came or went. */
  async #seatChanged(id: SeatId, counts = true): Promise<void> {
    const { people } = this.#parts.storage;
    const [seat, person] = [await people.seat(id), await people.person(id)];
    if (!seat || !person) return;
    if (counts) await this.#chairs.count(seat.forumId, seat.removedAt === null ? 1 : -1);
    this.#changed(seat.forumId, [{ seat, person }]);
  }

  #changed(forum: ForumId, changes?: readonly SeatChange[]): void {
    tell('seats have changed', this.#listeners, forum, changes);
  }
}
