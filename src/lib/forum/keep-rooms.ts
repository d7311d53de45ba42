import type { Forum } from '#domain/forum/forum.ts';
import { draftOf, type AgendaDraft, type ForumDraft } from './draft.ts';

/**
 * What was opened meanwhile stays: workshops and rooms of the stored forum that the typed one lacks are put back, because a room
 * is never removed. Somebody may open a room from the control page while the settings are being edited.
 */
export function keepRooms(typed: ForumDraft, stored: Forum, locale: string): ForumDraft {
  const kept = draftOf(stored, locale).agenda.filter(({ kind }) => kind === 'workshop');
  const known = new Map(kept.map((item) => [item.id, item]));
  const agenda = typed.agenda.map((item) => withRooms(item, known.get(item.id)));
  const missing = kept.filter(({ id }) => !typed.agenda.some((item) => item.id === id));
  return { ...typed, agenda: [...agenda, ...missing] };
}

function withRooms(item: AgendaDraft, stored: AgendaDraft | undefined): AgendaDraft {
  if (!stored) return item;
  const missing = stored.rooms.filter(({ id }) => !item.rooms.some((room) => room.id === id));
  return missing.length > 0 ? { ...item, rooms: [...item.rooms, ...missing] } : item;
}
