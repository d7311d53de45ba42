import type { WorkshopView } from '#domain/workshop/view.ts';

/** Whether a seat may open a document of the workshop by itself, as far as it was told. */
export function isOpenTo({ me, rooms, workshop }: WorkshopView, document: string): boolean {
  if (rooms.some((room) => room.document === document) || me.group?.document === document) return true;
  if (me.role === 'organizer' || me.role === 'facilitator') return document.startsWith(`group/${workshop}/`);
  return me.wrote?.some(({ step, number }) => document === `group/${workshop}/${step}/${number}`) === true;
}
