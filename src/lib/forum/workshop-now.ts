import type { WorkshopView } from '#domain/workshop/view.ts';
import type { StepKind } from '#domain/script/step.ts';

/** How a workshop stands, as the programme tells it. */
export interface WorkshopNow {
  readonly state: 'arriving' | 'writing' | 'closed';
  readonly seated: number;
  readonly rooms: number;
  /** Name of the reader's own room. */
  readonly room: string | null;
}

const STATES: Record<StepKind, WorkshopNow['state']> = {
  arrive: 'arriving',
  writeTogether: 'writing',
  close: 'closed',
};

export const workshopNow = (view: WorkshopView): WorkshopNow => ({
  state: view.closed ? 'closed' : STATES[view.step.kind],
  seated: view.rooms.reduce((sum, room) => sum + room.seats.length, 0),
  rooms: view.rooms.length,
  room: view.rooms.find((room) => room.id === view.me.room)?.name ?? null,
});
