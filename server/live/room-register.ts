import type { WorkshopPlan } from '#domain/forum/agenda.ts';
import { roomsOf } from '#domain/forum/counts.ts';
import type { Forum } from '#domain/forum/forum.ts';
import type { RoomId, WorkshopId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import type { Refusal } from '#domain/refusal.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import type { Room } from '#domain/workshop/state.ts';
import type { ForumStore } from '#server/storage/ports/forums.ts';
import { forumWith, planWithRoom, withFirstRoom, workshopPlan } from './plan.ts';

export interface PlannedWorkshop {
  readonly forum: Forum;
  readonly plan: WorkshopPlan;
}

/** The agenda's plan is the register of rooms: the outcome and every look-up go by it. */
export class RoomRegister {
  readonly #forums: ForumStore;

  constructor(forums: ForumStore) {
    this.#forums = forums;
  }

  /** Null: no such workshop. */
  async find(id: WorkshopId): Promise<PlannedWorkshop | null> {
    const forum = await this.#forums.byWorkshop(id);
    const plan = forum && workshopPlan(forum, id);
    return forum && plan ? { forum, plan } : null;
  }

  /** The rooms with which a workshop opens: a first one is made and saved where none is planned. */
  async opening({ forum, plan }: PlannedWorkshop): Promise<readonly Room[]> {
    if (plan.rooms.length > 0) return plan.rooms;
    for (;;) {
      const now = await this.#get(plan.id);
      const rooms = withFirstRoom(now.plan.rooms, forum.language);
      if (rooms === now.plan.rooms) return rooms;
      if (await this.#forums.update(forumWith(now.forum, { ...now.plan, rooms }))) return rooms;
    }
  }

  /** The forum as events leave it, to be saved together with them. */
  async after(id: WorkshopId, events: readonly WorkshopEvent[]): Promise<Forum | undefined> {
    const rooms = events.flatMap((event): Room[] => {
      if (event.kind === 'roomOpened') return [event.room];
      return event.kind === 'roomRenamed' ? [{ id: event.room, name: event.name }] : [];
    });
    if (rooms.length === 0) return undefined;
    const { forum, plan } = await this.#get(id);
    const changed = rooms.reduce(planWithRoom, plan.rooms);
    return changed === plan.rooms ? undefined : forumWith(forum, { ...plan, rooms: changed });
  }

  /** Why a workshop cannot have a room that it has not yet; one of another workshop stays there. */
  async refuses(id: WorkshopId, room: RoomId): Promise<Refusal | null> {
    const known = await this.#forums.byRoom(room);
    if (known && known.workshop !== id) return { kind: 'fieldInvalid', field: 'room', reason: 'is in use elsewhere' };
    const forum = await this.#forums.byWorkshop(id);
    const { most } = LIMITS.roomsOfForum;
    if (!forum || roomsOf(forum.agenda) < most) return null;
    return { kind: 'limitReached', what: 'roomsOfForum', most, field: 'rooms' };
  }

  async #get(id: WorkshopId): Promise<PlannedWorkshop> {
    const found = await this.find(id);
    if (!found) throw new Error(`workshop ${id} has left its forum`);
    return found;
  }
}
