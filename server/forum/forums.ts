import { randomInt } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { slugOf, numberedSlug } from '#domain/forum/slug.ts';
import { tooManyIn } from '#domain/forum/counts.ts';
import type { Forum, ForumDetails } from '#domain/forum/forum.ts';
import { makeJoinCode, normaliseJoinCode } from '#domain/forum/join-code.ts';
import { rehearsalSlug, type RehearsalMark } from '#domain/forum/rehearsal.ts';
import type { AccountId, ForumId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import { accepted, refused, type Refusal, type Result } from '#domain/refusal.ts';
import { accountSeat } from '#server/auth/accounts.ts';
import { randomId } from '#server/auth/tokens.ts';
import { tell } from '#server/process/boundary.ts';
import type { Account } from '#server/storage/ports/accounts.ts';
import type { Storage } from '#server/storage/ports/storage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** One in 31⁸ is taken by chance; more tries than this mean that something else is wrong. */
const MOST_TRIES = 200;

/** What `newId` makes for each form. */
const FORM_ID = /^[a-z0-9]{24}$/;

export class Forums {
  readonly #storage: Storage;
  readonly #clock: () => number;
  readonly #listeners = new Set<(forum: ForumId) => void>();
  /** Forms that are being answered: who sends one twice at once waits for the same forum. */
  readonly #making = new Map<string, Promise<Result<Forum>>>();

  constructor(storage: Storage, clock: () => number) {
    this.#storage = storage;
    this.#clock = clock;
  }

  /** Makes a forum, and the organizer's seat for `account` (null: nobody yet, an invitation will bring the organizer). */
  async create(account: Account | null, details: ForumDetails): Promise<Result<Forum>> {
    return this.#make(randomId() as ForumId, account, details);
  }

  /** A copy of a forum to rehearse in, which nobody organizes yet. */
  createRehearsal(of: Forum, details: ForumDetails, rehearsal: RehearsalMark): Promise<Result<Forum>> {
    const slug = rehearsalSlug(of.slug, randomId(6));
    return this.#make(randomId() as ForumId, null, details, { slug, rehearsal });
  }

  /** The same from a form that may be sent again after a lost answer: its id is the forum's, so that it makes one forum. */
  createOnce(account: Account, details: ForumDetails, form: string): Promise<Result<Forum>> {
    if (!FORM_ID.test(form)) return this.create(account, details);
    const key = `${account.id}/${form}`;
    const making = this.#making.get(key) ?? this.#makeOnce(form as ForumId, account, details);
    this.#making.set(key, making);
    const done = () => this.#making.delete(key);
    making.then(done, done);
    return making;
  }

  async #makeOnce(id: ForumId, account: Account, details: ForumDetails): Promise<Result<Forum>> {
    const known = await this.#storage.forums.byId(id);
    if (!known) return this.#make(id, account, details);
    const own = await this.#storage.forums.ofAccount(account.id);
    const isSame = known.title === details.title && own.some((forum) => forum.id === id);
    return isSame ? accepted(known) : this.create(account, details);
  }

  async #make(
    id: ForumId,
    account: Account | null,
    details: ForumDetails,
    { slug = slugOf(details.title), ...mark }: { readonly slug?: string; readonly rehearsal?: RehearsalMark } = {},
  ): Promise<Result<Forum>> {
    const tooMany = tooManyIn(details.agenda) ?? (account && (await this.#tooManyOf(account)));
    if (tooMany) return refused(tooMany);
    const taken = await this.#takenElsewhere(details, null);
    if (taken) return refused(taken);
    for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
      const candidate = numberedSlug(slug, attempt);
      if (await this.#storage.forums.bySlug(candidate)) continue;
      const forum: Forum = {
        ...details,
        id,
        slug: candidate,
        version: 1,
        joinCode: makeJoinCode(randomInt),
        joinCodeExpiresAt: null,
        ...mark,
      };
      if (!(await this.#storage.forums.insert(forum))) continue;
      if (account) {
        const { seat, person } = accountSeat(account, forum, 'organizer', this.#clock());
        await this.#storage.people.addSeat(seat, person, null);
      }
      return accepted(forum);
    }
    return refused({ kind: 'fieldInvalid', field: 'title', reason: 'is the title of too many forums' });
  }

  /** Saves details over `version`. Rooms may be added and renamed, never removed: their boards live on. */
  async update(id: ForumId, version: number, details: ForumDetails): Promise<Result<Forum>> {
    const saved = await this.#change(id, version, async (forum) => {
      const tooMany = tooManyIn(details.agenda, forum.agenda);
      if (tooMany) return refused(tooMany);
      const lost = lostRoom(forum, details);
      if (lost) return refused({ kind: 'roomInUse', room: lost });
      const taken = await this.#takenElsewhere(details, forum);
      return taken ? refused(taken) : accepted({ ...forum, ...details });
    });
    if (saved.ok || saved.refusal.kind !== 'forumChangedMeanwhile') return saved;
    // sent again after a lost answer: what was to be saved is what is there
    const stored = await this.#storage.forums.byId(id);
    return stored && isDeepStrictEqual({ ...stored, ...details }, stored) ? accepted(stored) : saved;
  }

  /** Whether everybody with a seat reads the outcome (SPEC P22). */
  async showOutcome(id: ForumId, version: number, isOpen: boolean): Promise<Result<Forum>> {
    return this.#change(id, version, async (forum) => accepted({ ...forum, outcome: { ...forum.outcome, isOpen } }));
  }

  byId(id: ForumId): Promise<Forum | null> {
    return this.#storage.forums.byId(id);
  }

  bySlug(slug: string): Promise<Forum | null> {
    return this.#storage.forums.bySlug(slug);
  }

  ofAccount(account: AccountId): Promise<Forum[]> {
    return this.#storage.forums.ofAccount(account);
  }

  /** The forum a typed code opens; `codeExpired` once its time is over. Nobody comes into a rehearsal by its code. */
  async byJoinCode(typed: string): Promise<Result<Forum>> {
    const code = normaliseJoinCode(typed);
    const forum = code && (await this.#storage.forums.byJoinCode(code));
    if (!forum || forum.rehearsal) return refused({ kind: 'codeUnknown' });
    const expired = forum.joinCodeExpiresAt !== null && forum.joinCodeExpiresAt <= this.#clock();
    return expired ? refused({ kind: 'codeExpired' }) : accepted(forum);
  }

  /** A new code, without an end; the old one is unknown from now on. */
  async rotateCode(id: ForumId, version: number): Promise<Result<Forum>> {
    return this.#change(id, version, async (forum) => {
      let joinCode = makeJoinCode(randomInt);
      while (await this.#storage.forums.byJoinCode(joinCode)) joinCode = makeJoinCode(randomInt);
      return accepted({ ...forum, joinCode, joinCodeExpiresAt: null });
    });
  }

  /** `at`: epoch milliseconds, or null for no end. A time in the past ends the code at once. */
  async setCodeExpiry(id: ForumId, version: number, at: number | null): Promise<Result<Forum>> {
    return this.#change(id, version, async (forum) => accepted({ ...forum, joinCodeExpiresAt: at }));
  }

  /** Calls after every saved change of a forum; returns how to stop. */
  onChange(listener: (forum: ForumId) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #change(
    id: ForumId,
    version: number,
    change: (forum: Forum) => Promise<Result<Forum>>,
  ): Promise<Result<Forum>> {
    const forum = await this.#storage.forums.byId(id);
    if (!forum) return refused({ kind: 'forumUnknown' });
    if (forum.version !== version) return refused({ kind: 'forumChangedMeanwhile' });
    const changed = await change(forum);
    if (!changed.ok) return changed;
    const saved: Forum = { ...changed.value, version: version + 1 };
    if (!(await this.#storage.forums.update(saved))) return refused({ kind: 'forumChangedMeanwhile' });
    tell('a forum was saved', this.#listeners, id);
    return accepted(saved);
  }

  /** Whoever it is, an invited observer too: each forum is rows, boards and documents for good. */
  async #tooManyOf(account: Account): Promise<Refusal | null> {
    const now = this.#clock();
    const made = await this.#storage.people.organizedBy(account.id);
    const { most } = LIMITS.forumsOfAccount;
    if (made.length >= most) return { kind: 'limitReached', what: 'forums', most, field: 'title' };
    const lately = made.filter((at) => at > now - HOUR && at <= now);
    const atOnce = LIMITS.forumsAnHour.most;
    if (lately.length < atOnce) return null;
    const minutes = Math.max(1, Math.ceil((lately[lately.length - atOnce]! + HOUR - now) / MINUTE));
    return { kind: 'tooManyForumsNow', most: atOnce, minutes };
  }

  /** Ids of workshops and rooms are unique everywhere: who could name another forum's room would open its board. */
  async #takenElsewhere(details: ForumDetails, own: Forum | null): Promise<Refusal | null> {
    for (const [index, item] of details.agenda.entries()) {
      if (item.kind !== 'workshop') continue;
      const field = `agenda[${index}]`;
      const owner = await this.#storage.forums.byWorkshop(item.id);
      if (owner && owner.id !== own?.id) return taken(`${field}.id`);
      for (const [place, room] of item.rooms.entries()) {
        const known = await this.#storage.forums.byRoom(room.id);
        if (known && (known.forum.id !== own?.id || known.workshop !== item.id)) {
          return taken(`${field}.rooms[${place}].id`);
        }
      }
    }
    return null;
  }
}

const taken = (field: string): Refusal => ({ kind: 'fieldInvalid', field, reason: 'is in use elsewhere' });

/** Name of the first room that the new details no longer have where it was. */
function lostRoom(forum: Forum, details: ForumDetails): string | null {
  for (const workshop of forum.agenda) {
    if (workshop.kind !== 'workshop') continue;
    const kept = details.agenda.find((item) => item.kind === 'workshop' && item.id === workshop.id);
    const rooms = kept?.kind === 'workshop' ? kept.rooms : [];
    const lost = workshop.rooms.find((room) => !rooms.some(({ id }) => id === room.id));
    if (lost) return lost.name;
  }
  return null;
}
