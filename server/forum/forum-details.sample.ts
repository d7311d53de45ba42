import { DEFAULT_JOIN_FORM, DEFAULT_RULE, type ForumDetails } from '#domain/forum/forum.ts';
import type { WorkshopPlan } from '#domain/forum/agenda.ts';
import type { RoomId, WorkshopId } from '#domain/ids.ts';

/** A plain forum for tests, in which each may change what it is about. */
export function aForumDetails(more: Partial<ForumDetails> = {}): ForumDetails {
  return {
    title: 'Форум библиотек Ала-Тоо',
    language: 'ru',
    from: '2026-05-14',
    to: '2026-05-15',
    place: 'Bishkek',
    organisers: [],
    countries: ['KG'],
    languages: ['ru', 'ky'],
    decisionRule: DEFAULT_RULE,
    joinForm: DEFAULT_JOIN_FORM,
    agenda: [],
    outcome: {},
    ...more,
  };
}

export function aWorkshopPlan(id: string, rooms: readonly string[]): WorkshopPlan {
  return {
    kind: 'workshop',
    id: id as WorkshopId,
    title: 'Workshop',
    speakers: [],
    links: [],
    keyPoints: [],
    rooms: rooms.map((room) => ({ id: room as RoomId, name: `Room ${room}` })),
  };
}
