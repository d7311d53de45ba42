import type { WorkshopView } from '#domain/workshop/view.ts';

/** The board at which a participant works now: their group's where people write in groups, else their room's. */
export function ownBoard({ me, step, rooms }: Pick<WorkshopView, 'me' | 'step' | 'rooms'>): string | null {
  if (me.role !== 'participant') return null;
  if (me.group && step.board === 'write') return me.group.document;
  return rooms.find(({ id }) => id === me.room)?.document ?? null;
}
