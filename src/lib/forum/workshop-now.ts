import { inLanguage } from '#domain/languages/by-language.ts';
import type { Language } from '#domain/languages/language.ts';
import type { Text } from '#domain/languages/text.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import type { Task } from '#domain/script/step-rules.ts';

/** How a workshop stands, as the programme tells it. */
export interface WorkshopNow {
  readonly state: 'arriving' | 'writing' | 'running' | 'closed';
  readonly seated: number;
  readonly rooms: number;
  /** Name of the reader's own room. */
  readonly room: string | null;
  /** Title of the script that was chosen, for those who run the workshop. */
  readonly script: Text | null;
  /** Whether the reader may choose its script. */
  readonly mayChoose: boolean;
}

const STATES: Record<Task, WorkshopNow['state']> = {
  arrive: 'arriving',
  listen: 'running',
  talk: 'running',
  ask: 'running',
  write: 'writing',
  report: 'running',
  pause: 'running',
  close: 'closed',
};

/** In the first of these languages that it has. */
export const workshopNow = (view: WorkshopView, languages: readonly Language[]): WorkshopNow => ({
  state: view.closed ? 'closed' : STATES[view.step.task],
  seated: view.rooms.reduce((sum, room) => sum + room.seated, 0),
  rooms: view.rooms.length,
  room: view.rooms.find((room) => room.id === view.me.room)?.name ?? null,
  script: inLanguage(view.planning?.script?.title, languages),
  mayChoose: view.planning?.mayChoose === true,
});
