import type { RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import type { Text } from '#domain/languages/text.ts';
import { groupsNow } from '#domain/workshop/groups/state.ts';
import { boardInStep } from '#domain/workshop/time.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { parseDocumentName } from '#protocol/document-name.ts';
import type { RoomActivity } from '#protocol/live/down.ts';
import type { ScannedUpdate } from '#protocol/update/scan.ts';
import { writtenIn, type LetterId } from '#protocol/update/written.ts';
import { guarded } from '#server/process/boundary.ts';
import type { DocumentStore } from '#server/storage/ports/documents.ts';
import { Activity } from './activity.ts';
import { BoardCounts } from './board-counts.ts';
import { LastLines } from './last-lines.ts';
import { AUDIENCE, isLeading } from './audience.ts';
import type { LiveFrames } from './live-frames.ts';
import type { LiveSocket } from './live-socket.ts';
import type { LiveSockets } from './live-sockets.ts';
import type { Workshops } from './workshops.ts';

const SOON = 1_000; // ms; a tile is not read faster
const AGAIN = 15_000; // ms; silence grows by itself

interface Parts {
  readonly frames: LiveFrames;
  readonly sockets: LiveSockets;
  readonly workshops: Workshops;
  /** Where boards are stored, and how an item is read. */
  readonly boards?: Boards | undefined;
  clock(): number;
}

export interface Boards {
  readonly documents: Pick<DocumentStore, 'begun' | 'read'>;
  itemAt(document: DocumentName, letter: LetterId): Promise<Text | null>;
}

/** What stands and is written in each room, told to those who run the workshop; what it is counted by is what was stored. */
export class ActivityNews {
  readonly #parts: Parts;
  readonly #activity: Activity;
  readonly #counts: BoardCounts | null;
  readonly #lines: LastLines | null;
  readonly #workshopOf = new Map<RoomId, WorkshopId>();
  readonly #changed = new Set<WorkshopId>();
  readonly #told = new Map<WorkshopId, Map<RoomId, string>>();
  readonly #again: NodeJS.Timeout;
  #soon: NodeJS.Timeout | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#activity = new Activity(parts.clock());
    const { boards } = parts;
    const changed = (room: RoomId) => this.#changedIn(room);
    this.#counts = boards ? new BoardCounts(boards.documents, changed) : null;
    this.#lines = boards
      ? new LastLines(
          (document, letter) => boards.itemAt(document, letter),
          () => parts.clock(),
          changed,
        )
      : null;
    const all = guarded('what is written was not told again', () => {
      for (const workshop of this.#told.keys()) this.#tell(workshop);
    });
    this.#again = setInterval(all, AGAIN).unref();
  }

  /** `seq`: of the row in the document's log. */
  stored(document: DocumentName, seq: number, update: ScannedUpdate, seat: SeatId | null): void {
    const ref = parseDocumentName(document)?.ref;
    if (ref?.kind !== 'board') return;
    this.#counts?.stored(ref.room, seq, update);
    const state = this.#stateOf(ref.room);
    const isTold = state !== null && this.#told.has(state.id);
    // whoever drops in to help is not one of the room
    if (state && seat !== null && state.seating.get(seat) === ref.room) {
      const written = writtenIn(update, 'items');
      this.#activity.note(ref.room, seat, written, this.#parts.clock());
      if (isTold && written.last) this.#lines?.wrote(ref.room, written.last);
    }
    if (isTold) this.#changedIn(ref.room);
  }

  greet(socket: LiveSocket): void {
    const { workshop } = socket.data;
    if (!isLeading(socket)) return;
    if (!this.#told.has(workshop)) this.#told.set(workshop, new Map());
    this.#tell(workshop);
    const state = this.#parts.workshops.current(workshop);
    if (state) socket.emit('activity', this.#rooms(state));
  }

  /** Nobody listens any more. */
  forget(workshop: WorkshopId): void {
    this.#told.delete(workshop);
    const rooms = this.#parts.workshops.current(workshop)?.rooms.map(({ id }) => id) ?? [];
    this.#counts?.forget(rooms);
    this.#lines?.forget(rooms);
  }

  close(): void {
    clearInterval(this.#again);
    this.#lines?.close();
    if (this.#soon) clearTimeout(this.#soon);
  }

  #changedIn(room: RoomId): void {
    const state = this.#stateOf(room);
    if (!state || !this.#told.has(state.id)) return;
    this.#changed.add(state.id);
    this.#soon ??= setTimeout(
      guarded('what is written was not told', () => this.#flush()),
      SOON,
    ).unref();
  }

  #flush(): void {
    this.#soon = null;
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const workshop of changed) this.#tell(workshop);
  }

  /** The rooms in which something is another. */
  #tell(workshop: WorkshopId): void {
    const told = this.#told.get(workshop);
    const state = this.#parts.workshops.current(workshop);
    if (!told || !state) return;
    this.#counts?.follow(state.rooms.map(({ id }) => id));
    const news = this.#rooms(state).filter((room) => {
      const text = JSON.stringify(room);
      const isNews = told.get(room.room) !== text;
      told.set(room.room, text);
      return isNews;
    });
    if (news.length > 0) this.#parts.frames.tellAudience(AUDIENCE.leading(workshop), 'activity', news);
  }

  #rooms(state: WorkshopState): RoomActivity[] {
    const now = this.#parts.clock();
    const present = this.#parts.sockets.presentIn(state.id);
    const tables = new Map<RoomId, SeatId[]>(state.rooms.map(({ id }) => [id, []]));
    for (const [seat, room] of state.seating) if (present.has(seat)) tables.get(room)?.push(seat);
    return [...tables].map(([room, here]) => {
      const since = boardInStep(state, room, now) === 'write' ? state.step.startedAt : null;
      const lately = this.#activity.of(room, { present: here, since }, now);
      return { ...lately, count: this.#counts?.of(room) ?? null, line: this.#lineOf(state, room) };
    });
  }

  /** What a group writes is for the group, and what was written in another step is not being written. */
  #lineOf(state: WorkshopState, room: RoomId): RoomActivity['line'] {
    const line = groupsNow(state) ? null : (this.#lines?.of(room) ?? null);
    return line && line.at >= state.step.startedAt ? line : null;
  }

  #stateOf(room: RoomId): WorkshopState | null {
    const known = this.#workshopOf.get(room);
    const state = known === undefined ? this.#parts.workshops.withRoom(room) : this.#parts.workshops.current(known);
    if (state) this.#workshopOf.set(room, state.id);
    return state;
  }
}
