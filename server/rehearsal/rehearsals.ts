import { randomInt } from 'node:crypto';
import type { WorkshopPlan } from '#domain/forum/agenda.ts';
import type { Forum } from '#domain/forum/forum.ts';
import { rehearsalOf, type RehearsalRun, type RehearsalWish } from '#domain/forum/rehearsal.ts';
import type { ForumId, SeatId, WorkshopId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import { accepted, refused, type Result } from '#domain/refusal.ts';
import type { GivenScript } from '#domain/workshop/decide-script.ts';
import { documentName, parseDocumentName, type DocumentName } from '#protocol/document-name.ts';
import { accountSeat } from '#server/auth/accounts.ts';
import type { CookieJar } from '#server/auth/cookies.ts';
import type { Passes } from '#server/auth/passes.ts';
import { hashToken, newToken, randomId } from '#server/auth/tokens.ts';
import { memberIn } from '#server/cli/demo/cast.ts';
import type { Documents } from '#server/documents/documents.ts';
import type { Forums } from '#server/forum/forums.ts';
import type { Seats } from '#server/forum/seats.ts';
import type { Cutting } from '#server/history/cutting.ts';
import type { Workshops } from '#server/live/workshops.ts';
import { guarded } from '#server/process/boundary.ts';
import { report } from '#server/process/report.ts';
import type { Account } from '#server/storage/ports/accounts.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import type { SyncServer } from '#server/sync/sync-server.ts';
import type { Seated } from './messages.ts';
import { People } from './people.ts';
import { runOf } from './run-of.ts';

const HOUR = 3_600_000; // ms
const LOOK_EVERY = 2_000; // ms; timers stand still while the machine sleeps, the time of a rehearsal does not

/** Where who is on this machine asks the server. */
export interface Reached {
  readonly origin: string;
  readonly at: string;
  /** A file with certificates that are to be trusted for it. */
  readonly certificates: string | null;
}

interface Parts {
  readonly storage: Pick<Storage, 'rehearsals' | 'people'>;
  readonly clock: () => number;
  readonly cookies: CookieJar;
  readonly forums: Forums;
  readonly seats: Seats;
  readonly passes: Passes;
  readonly workshops: Workshops;
  readonly sync: SyncServer;
  readonly cutting: Cutting;
  readonly documents: Documents;
}

interface Running {
  readonly people: People;
  readonly timer: NodeJS.Timeout;
}

/** Copies of forums in which simulated people try a script. One ends by hand, after its time, and when the server stops or starts. */
export class Rehearsals {
  readonly #parts: Parts;
  readonly #running = new Map<ForumId, Running>();
  /** Of which forums one is being made. */
  readonly #making = new Set<ForumId>();
  readonly #ending = new Map<ForumId, Promise<void>>();
  /** What became of the last one of a forum, for who ended it. */
  readonly #last = new Map<ForumId, RehearsalRun>();
  #reached: Reached | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** From when the server listens. */
  reachedAt(reached: Reached): void {
    this.#reached = reached;
  }

  /** The one of a forum. */
  of(forum: ForumId): Promise<Forum | null> {
    return this.#parts.storage.rehearsals.of(forum);
  }

  /** Whether its simulated people are there still. */
  hasPeople(rehearsal: ForumId): boolean {
    return this.#running.get(rehearsal)?.people.areHere ?? false;
  }

  /** Nobody has a seat in it any more, or is about to lose it. */
  isEnding(rehearsal: ForumId): boolean {
    return this.#ending.has(rehearsal);
  }

  /** What became of the last one of a forum; null: there was none since the server has started, or one runs. */
  lastOf(forum: ForumId): RehearsalRun | null {
    return this.#last.get(forum) ?? null;
  }

  /** Makes the copy, with a seat for who rehearses, and lets people come. Refusals: `rehearsalRuns`, `rehearsalsBusy`, those of making a forum. */
  async start(
    of: Forum,
    plan: WorkshopPlan,
    script: GivenScript,
    by: Account,
    wish: RehearsalWish,
  ): Promise<Result<{ readonly rehearsal: Forum; readonly workshop: WorkshopId }>> {
    if (of.rehearsal) return refused({ kind: 'notAllowed' });
    if (this.#making.has(of.id)) return refused({ kind: 'rehearsalRuns' });
    this.#making.add(of.id);
    try {
      if (await this.of(of.id)) return refused({ kind: 'rehearsalRuns' });
      const { most } = LIMITS.rehearsalsOfServer;
      if (this.#peopled + this.#making.size > most) return refused({ kind: 'rehearsalsBusy', most });
      return await this.#make(of, plan, script, by, wish);
    } finally {
      this.#making.delete(of.id);
    }
  }

  get #peopled(): number {
    return [...this.#running.values()].filter(({ people }) => people.areHere).length;
  }

  async #make(of: Forum, plan: WorkshopPlan, script: GivenScript, by: Account, wish: RehearsalWish) {
    const { forums, storage, seats, workshops, clock } = this.#parts;
    const endsAt = clock() + LIMITS.hoursOfRehearsal.most * HOUR;
    const copy = rehearsalOf(of, plan, randomId, wish.language);
    const made = await forums.createRehearsal(of, copy.details, { of: of.id, endsAt });
    if (!made.ok) return made;
    const rehearsal = made.value;
    this.#last.delete(of.id);
    const { seat, person } = accountSeat(by, rehearsal, 'organizer', clock());
    try {
      await storage.people.addSeat(seat, person, null);
      seats.announce(rehearsal.id);
      const actor = { seatId: seat.id, role: seat.role };
      const command = { kind: 'chooseScript', script: null } as const;
      const chosen = await workshops.command(copy.workshop.id, actor, command, null, script);
      if (!chosen.ok) {
        await this.end(rehearsal);
        return chosen;
      }
      await this.#letPeopleCome(rehearsal, copy.workshop.id, script, wish);
      return accepted({ rehearsal, workshop: copy.workshop.id });
    } catch (error) {
      await this.end(rehearsal);
      throw error;
    }
  }

  async #letPeopleCome(rehearsal: Forum, workshop: WorkshopId, script: GivenScript, wish: RehearsalWish) {
    const reached = this.#reached;
    if (!reached) throw new Error('nobody knows where the server is reached');
    const { language, languages, slug } = rehearsal;
    const spoken = [...new Set([language, ...languages])];
    const people = new People(
      {
        ...{ origin: reached.origin, at: reached.at, slug, workshop, script: script.steps, languages: spoken },
        ...{ people: wish.people, speed: wish.speed, seed: randomInt(2 ** 32) },
        leader: wish.isByItself ? await this.#seatLeader(rehearsal) : null,
      },
      (index) => this.#seat(rehearsal, spoken, index),
      reached.certificates,
    );
    const endsAt = rehearsal.rehearsal?.endsAt ?? 0;
    const look = guarded('a rehearsal did not end', () =>
      this.#parts.clock() < endsAt ? undefined : this.end(rehearsal),
    );
    const timer = setInterval(look, LOOK_EVERY).unref();
    this.#running.set(rehearsal.id, { people, timer });
  }

  /** Who turns the steps by the clock; the cookie that they come with. */
  async #seatLeader({ id: forumId, language }: Forum): Promise<string> {
    const { storage, seats, clock, cookies } = this.#parts;
    const id = randomId() as SeatId;
    const token = newToken();
    await storage.people.addSeat(
      { id, forumId, role: 'facilitator', accountId: null, joinedAt: clock(), removedAt: null },
      { seatId: id, name: 'Elvira Mamytova', country: 'KG', organisation: null, language },
      hashToken(token),
    );
    seats.announce(forumId);
    return `${cookies.seat(forumId)}=${token}`;
  }

  async #seat(rehearsal: Forum, languages: readonly string[], index: number): Promise<Seated['seat']> {
    const { seats, cookies } = this.#parts;
    if (this.#ending.has(rehearsal.id)) return null;
    const joined = await seats.seatSimulated(rehearsal, memberIn(languages, index));
    if (!joined.ok || joined.value.kind !== 'seated') return null;
    const { seat, token, document } = joined.value;
    return document && token ? { id: seat.id, cookie: `${cookies.seat(rehearsal.id)}=${token}`, document } : null;
  }

  /** Throws the copy away: people, sockets, boards and rows. Ending one that is ending waits for the same end. */
  end(rehearsal: Forum): Promise<void> {
    if (!rehearsal.rehearsal) return Promise.resolve();
    const ending = this.#ending.get(rehearsal.id) ?? this.#end(rehearsal);
    this.#ending.set(rehearsal.id, ending);
    const done = () => this.#ending.delete(rehearsal.id);
    ending.then(done, done);
    return ending;
  }

  async #end(rehearsal: Forum): Promise<void> {
    const { storage, clock, passes, seats, workshops, sync, cutting } = this.#parts;
    const running = this.#running.get(rehearsal.id);
    await running?.people.end();
    if (running) await this.#remember(rehearsal);
    const tokens = await storage.rehearsals.empty(rehearsal.id, clock());
    for (const id of workshopsOf(rehearsal)) await workshops.end(id);
    const whole = (await this.#parts.forums.byId(rehearsal.id)) ?? rehearsal; // rooms may have been opened meanwhile
    passes.end(tokens);
    seats.announce(rehearsal.id);
    await sync.end(documentsOf(whole));
    await cutting.idle();
    await storage.rehearsals.remove(whole);
    await cutting.idle(); // of what was begun meanwhile
    await storage.rehearsals.remove(whole);
    clearInterval(running?.timer);
    this.#running.delete(rehearsal.id);
  }

  /** Counted while its boards are there. One that cannot be read is ended all the same. */
  async #remember(copy: Forum): Promise<void> {
    const [workshop] = workshopsOf(copy);
    if (!copy.rehearsal || !workshop) return;
    try {
      const run = await runOf(workshop, this.#parts);
      if (run) this.#last.set(copy.rehearsal.of, run);
    } catch (error) {
      report('a rehearsal was not counted', error);
    }
  }

  /** What a server that was killed has left behind. Before anybody comes. */
  async clear(): Promise<number> {
    const { storage, clock } = this.#parts;
    const left = await storage.rehearsals.all();
    for (const rehearsal of left) {
      await storage.rehearsals.empty(rehearsal.id, clock());
      await storage.rehearsals.remove(rehearsal);
    }
    return left.length;
  }

  /** Sends the people away; what they leave goes by `clear`, once nobody writes any more. */
  async close(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ people, timer }) => (clearInterval(timer), people.end())));
  }
}

const workshopsOf = ({ agenda }: Forum): WorkshopId[] =>
  agenda.flatMap((item) => (item.kind === 'workshop' ? [item.id] : []));

/** Which documents are of a rehearsal. */
function documentsOf(rehearsal: Forum): (document: DocumentName) => boolean {
  const workshops = new Set(workshopsOf(rehearsal));
  const named = new Set<DocumentName>([
    documentName({ kind: 'outcome', forum: rehearsal.id }),
    ...rehearsal.agenda.flatMap((item) =>
      item.kind === 'workshop' ? item.rooms.map(({ id }) => documentName({ kind: 'board', room: id })) : [],
    ),
  ]);
  return (document) => {
    const ref = parseDocumentName(document)?.ref;
    return named.has(document) || (ref?.kind === 'group' && workshops.has(ref.workshop));
  };
}
