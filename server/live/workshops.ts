import type { Actor } from '#domain/forum/seat.ts';
import type { CommandId, ForumId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import { may } from '#domain/permissions/may.ts';
import { accepted, refused, type Result } from '#domain/refusal.ts';
import { isSmallGroups } from '#domain/script/small-groups.ts';
import { WRITE_TOGETHER } from '#domain/script/step.ts';
import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import type { Guests } from '#domain/seating/guest.ts';
import type { GivenScript } from '#domain/workshop/decide-script.ts';
import { decide, type Decision } from '#domain/workshop/decide.ts';
import { followPlan } from '#domain/workshop/decide-rooms.ts';
import { due } from '#domain/workshop/decide-turns.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import { fold } from '#domain/workshop/evolve.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import { nextMoment } from '#domain/workshop/time.ts';
import { screenView, view, type WorkshopView } from '#domain/workshop/view.ts';
import { inBackground, tell } from '#server/process/boundary.ts';
import { report } from '#server/process/report.ts';
import type { DecidedWith } from '#server/storage/ports/events.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { scriptFromLibrary } from '#server/script/given-script.ts';
import { Deadlines } from './deadlines.ts';
import { PlannedMixes } from './planned-mixes.ts';
import { RoomRegister, type PlannedWorkshop } from './room-register.ts';
import { ShownPlans } from './shown-plans.ts';

const STORED_AGAIN = 1_000; // ms

/** `events`: what has happened; null when only time has passed. `before`: what they happened to. */
export type WorkshopListener = (
  workshop: WorkshopId,
  events: readonly WorkshopEvent[] | null,
  before: WorkshopState | null,
) => void;

/**
 * The workshops of all forums as this node knows them: events folded in memory, commands decided one after another for each
 * workshop. Another node's events show as a conflict: read them, decide again. A workshop opens by itself, from the
 * forum's agenda, when somebody first asks for it. Events follow its register of rooms.
 */
export class Workshops {
  readonly #events: Storage['events'];
  readonly #register: RoomRegister;
  readonly #clock: () => number;
  readonly #states = new Map<WorkshopId, WorkshopState>();
  /** Of rehearsals that are thrown away: nobody opens them again. */
  readonly #ended = new Set<WorkshopId>();
  readonly #queues = new Map<WorkshopId, Promise<unknown>>();
  readonly #listeners = new Set<WorkshopListener>();
  readonly #deadlines: Deadlines;
  readonly #guests: (forum: ForumId, newcomer?: SeatId) => Promise<Guests>;
  /** Previews of mixed rooms that may be applied. */
  readonly planned = new PlannedMixes();
  readonly shown = new ShownPlans();

  /** `guests`: who people are, for seating those who come late among them. */
  constructor(
    storage: Pick<Storage, 'events' | 'forums'>,
    clock: () => number,
    guests: (forum: ForumId, newcomer?: SeatId) => Promise<Guests> = () => Promise.resolve(new Map()),
  ) {
    this.#events = storage.events;
    this.#register = new RoomRegister(storage.forums);
    this.#clock = clock;
    this.#guests = guests;
    this.#deadlines = new Deadlines(clock, (workshop) => this.#momentCame(workshop));
  }

  /** Loads, opens if need be, and follows the forum's plan. Null: no such workshop. */
  async state(id: WorkshopId): Promise<WorkshopState | null> {
    return this.#inTurn(id, () => this.#follow(id));
  }

  /** What is in memory, for answers that cannot wait. Null until `state` was asked for once. */
  current(id: WorkshopId): WorkshopState | null {
    return this.#states.get(id) ?? null;
  }

  /** The one in memory that has the room. */
  withRoom(room: RoomId): WorkshopState | null {
    for (const state of this.#states.values()) if (state.rooms.some(({ id }) => id === room)) return state;
    return null;
  }

  /** Brings in what other nodes, or a command that is just being stored, have changed. */
  async refresh(id: WorkshopId): Promise<void> {
    await this.#inTurn(id, () => this.#read(id));
  }

  async view(id: WorkshopId, viewer: Actor): Promise<WorkshopView | null> {
    const state = await this.state(id);
    return state && view(state, viewer, this.#clock());
  }

  /** As a screen on the wall shows it. */
  async screenView(id: WorkshopId, viewer: Actor): Promise<WorkshopView | null> {
    const state = await this.state(id);
    return state && screenView(state, viewer, this.#clock());
  }

  /**
   * Applies a command once, however often it is sent, and answers it always the same. The version is the workshop's when the
   * command holds. `given`: a script from a file; after `until` nothing is done any more. A command's id is its sender's own: nobody is answered what another one asked. Null: the server's own deed.
   */
  async command(
    id: WorkshopId,
    actor: Actor,
    command: WorkshopCommand,
    commandId: CommandId | null,
    given: GivenScript | null = null,
    until = Infinity,
  ): Promise<Result<{ version: number }>> {
    if (!may(actor, command)) return refused({ kind: 'notAllowed' });
    // its plan is followed when that changes, when the workshop is looked at, and not by each command
    const followed = this.current(id) ?? (await this.state(id));
    if (!followed) return refused({ kind: 'workshopUnknown' });
    // A room that is there already, by a command that came before, is not one more.
    const isNew = command.kind === 'openRoom' && !followed.rooms.some(({ id }) => id === command.room.id);
    const noRoom = isNew && (await this.#register.refuses(id, command.room.id));
    if (noRoom) return refused(noRoom);
    // Taking a seat is the same however often it is done, and everybody does it with each page.
    const guests = await this.#guestsFor(followed, command.kind === 'takeSeat' ? actor.seatId : undefined);
    const isKept = commandId !== null && command.kind !== 'takeSeat';
    const kept = isKept ? (`${actor.seatId}/${commandId}` as CommandId) : null;
    const script = given ?? libraryScript(command);
    return this.#inTurn(id, async () => {
      for (;;) {
        const state = this.#states.get(id) ?? (await this.#read(id));
        if (!state) return refused({ kind: 'workshopUnknown' });
        const now = this.#clock();
        const known = { guests, mix: this.planned.find(id, command), script };
        const decision: Decision =
          now > until ? refused({ kind: 'commandLate' }) : decide(state, command, actor, now, known);
        const events = decision.ok ? decision.value : [];
        const answer = decision.ok ? accepted({ version: state.version + events.length }) : decision;
        if (events.length === 0 && kept === null) return answer;
        const forum = await this.#register.after(id, events);
        const outcome = await this.#append(id, state, events, kept, { answer, at: this.#clock(), forum });
        if (outcome === 'appended') return answer;
        // What was stored under this id before counts, whatever would be decided by now.
        const before = outcome === 'repeated' && kept && (await this.#events.answer(id, kept));
        if (before) return before;
      }
    });
  }

  /**
   * The room to show somebody: participants are seated in the smallest one that fits them if they have none yet, others get the first.
   * Null: no such workshop.
   */
  async takeSeat(id: WorkshopId, actor: Actor): Promise<RoomId | null> {
    const isSeated = actor.role === 'participant';
    // asked for with each page and connection, and by then they sit there
    const own = isSeated ? this.current(id)?.seating.get(actor.seatId) : undefined;
    if (own !== undefined) return own;
    if (isSeated) await this.command(id, actor, { kind: 'takeSeat' }, null);
    const state = isSeated ? this.#states.get(id) : await this.state(id);
    return state?.seating.get(actor.seatId) ?? state?.rooms[0]?.id ?? null;
  }

  /** Who sits in any of the forum's workshops that are in memory. */
  seated(forumId: ForumId): SeatId[] {
    return this.ofForum(forumId).flatMap((state) => [...state.seating.keys()]);
  }

  /** Frees the chair of somebody who was removed from the forum, in every workshop of it. */
  async leave(forumId: ForumId, seat: SeatId): Promise<void> {
    const server: Actor = { seatId: seat, role: 'organizer' };
    for (const { id, seating } of this.ofForum(forumId)) {
      if (seating.has(seat)) await this.command(id, server, { kind: 'removeSeat', seat }, null);
    }
  }

  /** Lets go of a workshop for good, after all that was asked of it: from then on it is unknown. */
  async end(id: WorkshopId): Promise<void> {
    await this.#inTurn(id, () => {
      this.#ended.add(id);
      this.#states.delete(id);
      this.#deadlines.set(id, null);
      this.shown.forget(id);
      this.planned.forget(id);
      return Promise.resolve();
    });
  }

  /** To be called when a forum was saved: rooms that were added or renamed open at once, and what pages show of it is told. */
  async planChanged(forumId: ForumId): Promise<void> {
    for (const { id } of this.ofForum(forumId)) await this.state(id);
  }

  /** Called with a workshop whose state, or what it allows by time, has changed. Returns how to stop. */
  onChange(listener: WorkshopListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#deadlines.close();
    this.#listeners.clear();
  }

  /** The forum's workshops that are in memory. */
  ofForum(forumId: ForumId): WorkshopState[] {
    return [...this.#states.values()].filter((state) => state.forumId === forumId);
  }

  /** Nobody stands at the door because it is not known where they come from. */
  async #guestsFor(state: WorkshopState, newcomer?: SeatId): Promise<Guests> {
    const isSeated = newcomer !== undefined && (state.seating.has(newcomer) || state.rooms.length < 2);
    const mayGroup = state.script.some(isSmallGroups);
    if (!mayGroup && (newcomer === undefined || isSeated)) return new Map();
    try {
      return await this.#guests(state.forumId, newcomer);
    } catch (error) {
      report('who sits down was not read: rooms and groups go by numbers alone', error);
      return new Map();
    }
  }

  async #follow(id: WorkshopId): Promise<WorkshopState | null> {
    for (;;) {
      if (this.#ended.has(id)) return null;
      // Events first: a plan that is older than they are would take a new name back.
      const state = this.#states.get(id) ?? (await this.#read(id));
      const found = await this.#register.find(id);
      if (!found) return null;
      this.shown.note(found.forum, found.plan);
      const events = state ? followPlan(state, found.plan.rooms, this.#clock()) : [await this.#opening(found)];
      if (events.length > 0) await this.#append(id, state, events, null);
      else if (state) return state;
    }
  }

  async #opening(found: PlannedWorkshop): Promise<WorkshopEvent> {
    const rooms = await this.#register.opening(found);
    return {
      kind: 'workshopOpened',
      workshop: found.plan.id,
      forum: found.forum.id,
      script: WRITE_TOGETHER,
      rooms: rooms.map(({ id, name }) => ({ id, name })),
      at: this.#clock(),
    };
  }

  async #append(
    id: WorkshopId,
    state: WorkshopState | null,
    events: readonly WorkshopEvent[],
    command: CommandId | null,
    decided?: DecidedWith,
  ): Promise<'appended' | 'conflict' | 'repeated'> {
    if (events.length === 0 && command === null) return 'appended';
    const outcome = await this.#events.append(id, state?.version ?? 0, events, command, decided);
    if (outcome !== 'appended') await this.#read(id);
    else if (events.length > 0) this.#keep(id, fold(state, events), events);
    return outcome;
  }

  /** Reads what this node does not have yet. */
  async #read(id: WorkshopId): Promise<WorkshopState | null> {
    const before = this.#states.get(id) ?? null;
    if (this.#ended.has(id)) return null;
    const events = await this.#events.read(id, before?.version ?? 0);
    return events.length === 0 ? before : this.#keep(id, fold(before, events), before ? events : []);
  }

  /** `events`: those that happen now; what is read for the first time happened before anybody here looked. */
  #keep(id: WorkshopId, state: WorkshopState | null, events: readonly WorkshopEvent[]): WorkshopState | null {
    if (!state) return null;
    const before = this.current(id);
    this.#states.set(id, state);
    this.#deadlines.set(id, nextMoment(state, this.#clock()));
    if (events.length > 0) this.#tell(id, events, before);
    return state;
  }

  /** What was announced for this moment begins, and counts from it also where it is stored later. */
  #momentCame(id: WorkshopId): void {
    const state = this.#states.get(id);
    if (!state) return;
    this.#tell(id, null, state);
    if (due(state, this.#clock()).length === 0) return this.#deadlines.set(id, nextMoment(state, this.#clock()));
    const begun = this.#inTurn(id, () => this.#beginDue(id));
    begun.catch(() => this.#deadlines.set(id, this.#clock() + STORED_AGAIN));
    inBackground('a step that was announced was not stored', begun);
  }

  async #beginDue(id: WorkshopId): Promise<void> {
    for (;;) {
      const state = this.#states.get(id);
      if (!state || due(state, this.#clock()).length === 0) return;
      const events = due(state, this.#clock(), await this.#guestsFor(state));
      await this.#append(id, state, events, null);
    }
  }

  #tell(...news: Parameters<WorkshopListener>): void {
    tell('a workshop has changed', this.#listeners, ...news);
  }

  /** One at a time for each workshop: only another node can be in the way. */
  #inTurn<T>(id: WorkshopId, work: () => Promise<T>): Promise<T> {
    const turn = (this.#queues.get(id) ?? Promise.resolve()).then(work, work);
    this.#queues.set(id, turn);
    const done = () => this.#queues.get(id) === turn && this.#queues.delete(id);
    turn.then(done, done);
    return turn;
  }
}

const libraryScript = (command: WorkshopCommand): GivenScript | null =>
  command.kind === 'chooseScript' && command.script !== null ? scriptFromLibrary(command.script) : null;
