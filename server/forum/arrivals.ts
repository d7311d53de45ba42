import type { WorkshopPlan } from '#domain/forum/agenda.ts';
import type { Forum } from '#domain/forum/forum.ts';
import type { Actor, Person, Seat } from '#domain/forum/seat.ts';
import type { ForumId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import { accepted, refused, type Result } from '#domain/refusal.ts';
import { documentName, type DocumentName } from '#protocol/document-name.ts';
import { readCookies, type CookieJar } from '#server/auth/cookies.ts';
import { hashToken, randomId } from '#server/auth/tokens.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import type { Chairs } from './chairs.ts';
import type { Door } from './door.ts';
import { isFormId, tokensOfForm } from './join-form.ts';
import { isSamePerson, readPerson, type PersonForm } from './person-fields.ts';
import type { SeatChange } from './seat-change.ts';
import type { SeatDevices } from './seat-devices.ts';

const FORM_LASTS = LIMITS.formIdHours.most * 3_600_000;

export interface JoinForm extends PersonForm {
  readonly code: string;
  /** Of the form: sent again, it is the same seat and the same cookie again. */
  readonly id?: string | null | undefined;
}

/** Where a join comes from. */
export interface JoinSource {
  /** Slows guessing of codes down. */
  readonly address: string;
  /** The request's header, by which the same browser gets the same seat, and somebody who is signed in the account's seat. */
  readonly cookie?: string | undefined;
  readonly userAgent?: string | null | undefined;
  /** Somebody else sits down in this browser: its seat cookie does not count. */
  readonly asSomebodyElse?: boolean;
}

export interface Joined {
  readonly kind: 'seated';
  readonly seat: Seat;
  readonly person: Person;
  /** Value for a new seat cookie; null when this browser already has the seat. */
  readonly token: string | null;
  readonly forum: Forum;
  readonly workshop: WorkshopId | null;
  readonly roomId: RoomId | null;
  readonly document: DocumentName | null;
  /** Value for the mark of this browser. */
  readonly mark: string;
}

/** There was no chair: the same form, or the page's cookie, finds the seat once somebody lets them in. */
export interface AtTheDoor {
  readonly kind: 'waiting';
  readonly forum: Forum;
  readonly token: string;
  readonly mark: string;
  /** How many came before. */
  readonly before: number;
}

interface Parts {
  readonly storage: Pick<Storage, 'people' | 'removals'>;
  readonly clock: () => number;
  readonly cookies: CookieJar;
  readonly devices: SeatDevices;
  readonly chairs: Chairs;
  readonly door: Door;
  /** Places a seat in a room of the workshop; null when it gets none. */
  readonly takeSeat: (workshop: WorkshopId, actor: Actor) => Promise<RoomId | null>;
  /** Hears of every seat that was taken, anew or again. */
  readonly seated: (change: SeatChange, from: JoinSource) => void;
}

/** Somebody who comes through the door, with what was read of their form. */
interface Arrival {
  readonly forum: Forum;
  readonly fields: Omit<Person, 'seatId'>;
  readonly token: string | null;
  readonly mark: string;
  readonly from: JoinSource;
}

type Seated = Pick<Joined, 'forum' | 'seat' | 'person' | 'token' | 'mark'> & { readonly from: JoinSource };

/**
 * How one comes to a seat by the code. One person is one seat: a browser, an account or a form that was here before gets the seat it
 * has, however often and in how many copies it asks.
 */
export class Arrivals {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** `known`: the seat that the request has already, unless somebody else sits down. */
  async join(
    forum: Forum,
    form: JoinForm,
    from: JoinSource,
    known: SeatChange | null,
  ): Promise<Result<Joined | AtTheDoor>> {
    const { door } = this.#parts;
    const fields = readPerson(form, forum);
    if (!fields.ok) return fields;
    const id = form.id ?? null;
    if (id !== null && !isFormId(id)) {
      return refused({
        kind: 'fieldInvalid',
        field: 'id',
        reason: 'must be 22 to 64 letters and digits that nobody guesses',
      });
    }
    if (await this.#isKeptOut(forum.id, from.cookie)) return refused({ kind: 'keptOut' });
    const tokens = tokensOfForm(id, forum.id);
    const mark = readCookies(from.cookie).get(this.#parts.cookies.mark) ?? tokens.mark;
    if (known) return this.#again({ forum, known, fields: fields.value, token: null, mark, from });
    const sent = id === null ? null : await this.#sentBefore(tokens.seat);
    if (sent && !sent.ok) return sent;
    if (sent) return this.#again({ forum, known: sent.value, fields: fields.value, token: tokens.seat, mark, from });
    const waits =
      (await door.placeOf(tokens.seat)) ?? (from.asSomebodyElse ? null : await door.placeOfRequest(from, forum.id));
    if (waits) return accepted({ kind: 'waiting', forum, token: waits.token, mark, before: waits.before });
    return this.#anew({ forum, fields: fields.value, token: tokens.seat, mark, from, mayRepeat: id !== null });
  }

  async #again({ forum, known, fields, token, mark, from }: Arrival & { known: SeatChange }): Promise<Result<Joined>> {
    const { seat } = known;
    const person = { seatId: seat.id, ...fields };
    if (!isSamePerson(person, known.person)) await this.#parts.storage.people.updatePerson(person);
    return this.#seated({ forum, seat, person, token, mark, from });
  }

  async #anew({
    mayRepeat,
    ...arrival
  }: Arrival & { token: string; mayRepeat: boolean }): Promise<Result<Joined | AtTheDoor>> {
    const { forum, fields, token, mark, from } = arrival;
    const { storage, clock, chairs, devices, door } = this.#parts;
    const id = randomId() as SeatId;
    const at = clock();
    const person = { seatId: id, ...fields };
    const seat: Seat = { id, forumId: forum.id, role: 'participant', accountId: null, joinedAt: at, removedAt: null };
    const made = devices.newDevice(forum, from.userAgent, { token, mark });
    const hasChair = await chairs.take(forum, from.address);
    try {
      if (!hasChair) {
        const before = await door.wait({ forumId: forum.id, person, at }, made.hash, made.device);
        return before.ok ? accepted({ kind: 'waiting', forum, token, mark, before: before.value }) : before;
      }
      await storage.people.addSeat(seat, person, made.hash, made.device);
    } catch (error) {
      if (hasChair) await chairs.count(forum.id, -1);
      // The same form came twice at once, and the other one was faster.
      const sent = mayRepeat ? await this.#sentBefore(token) : null;
      if (sent?.ok) return this.#again({ ...arrival, known: sent.value });
      const waits = mayRepeat ? await door.placeOf(token) : null;
      if (waits) return accepted({ kind: 'waiting', forum, token, mark, before: waits.before });
      throw error;
    }
    return this.#seated({ forum, seat, person, token, mark, from });
  }

  async #seated({ forum, seat, person, token, mark, from }: Seated): Promise<Result<Joined>> {
    // first: whoever seats them knows them by then
    this.#parts.seated({ seat, person }, from);
    const place = await this.#place(forum, seat);
    return accepted({ kind: 'seated', seat, person, token, mark, forum, ...place });
  }

  /** Whom a form was sent by before. Null: nobody. After a day, or when the seat was taken away, the form is spent. */
  async #sentBefore(token: string): Promise<Result<SeatChange> | null> {
    const { people, removals } = this.#parts.storage;
    const hash = hashToken(token);
    const made = await people.device(hash);
    if (!made) return (await removals.seatOfToken(hash)) ? refused({ kind: 'formSpent' }) : null;
    const person = await people.person(made.seat.id);
    const isSpent = this.#parts.clock() - (made.createdAt ?? made.seat.joinedAt) > FORM_LASTS;
    return person && !isSpent ? accepted({ seat: made.seat, person }) : refused({ kind: 'formSpent' });
  }

  async #isKeptOut(forum: ForumId, cookie: string | undefined): Promise<boolean> {
    const cookies = readCookies(cookie);
    const token = cookies.get(this.#parts.cookies.seat(forum));
    const mark = cookies.get(this.#parts.cookies.mark);
    if (token === undefined && mark === undefined) return false;
    return this.#parts.storage.removals.isKeptOut(forum, {
      tokenHash: token === undefined ? null : hashToken(token),
      markHash: mark === undefined ? null : hashToken(mark),
    });
  }

  async #place(forum: Forum, seat: Seat): Promise<Pick<Joined, 'workshop' | 'roomId' | 'document'>> {
    const workshop = forum.agenda.find((item): item is WorkshopPlan => item.kind === 'workshop')?.id ?? null;
    const roomId =
      workshop === null || seat.role !== 'participant'
        ? null
        : await this.#parts.takeSeat(workshop, { seatId: seat.id, role: seat.role });
    return { workshop, roomId, document: roomId && documentName({ kind: 'board', room: roomId }) };
  }
}
