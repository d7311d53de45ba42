import type { WorkshopPlan } from '#domain/forum/agenda.ts';
import type { Forum } from '#domain/forum/forum.ts';
import type { RoomId, WorkshopId } from '#domain/ids.ts';
import type { Language } from '#domain/languages/language.ts';
import type { Room } from '#domain/workshop/state.ts';
import { newId } from './new-id.ts';

/** What a room is called when the organizer named none: data of the forum, so in the forum's language. */
const PLENARY: Readonly<Record<string, string>> = {
  en: 'Plenary',
  ru: 'Пленарный зал',
  kk: 'Пленарлық зал',
  ky: 'Пленардык зал',
  tg: 'Толори умумӣ',
  tk: 'Umumy zal',
  uz: 'Umumiy zal',
  ur: 'مشترکہ اجلاس',
};

export function workshopPlan(forum: Forum, id: WorkshopId): WorkshopPlan | null {
  const item = forum.agenda.find((candidate) => candidate.id === id);
  return item?.kind === 'workshop' ? item : null;
}

/** The forum with another plan for one workshop, to be saved over the version that it was read in. */
export const forumWith = (forum: Forum, plan: WorkshopPlan): Forum => ({
  ...forum,
  agenda: forum.agenda.map((item) => (item.id === plan.id ? plan : item)),
  version: forum.version + 1,
});

/** The same array when nothing has to be saved. */
export function withFirstRoom(rooms: readonly Room[], language: Language): readonly Room[] {
  if (rooms.length > 0) return rooms;
  return [{ id: newId<RoomId>(), name: PLENARY[language.split('-')[0] ?? ''] ?? 'Plenary' }];
}

/** Adds the room or gives it its new name; the same array when the plan has it so. */
export function planWithRoom(rooms: readonly Room[], room: Room): readonly Room[] {
  const known = rooms.find(({ id }) => id === room.id);
  if (known?.name === room.name) return rooms;
  return known ? rooms.map((other) => (other.id === room.id ? room : other)) : [...rooms, room];
}
