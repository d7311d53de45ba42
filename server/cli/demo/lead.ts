import type { WorkshopView } from '#domain/workshop/view.ts';

/** Who turns the steps that simulated people take part in. */
export interface Lead {
  /** What runs, as the lead is told it. */
  readonly view: WorkshopView;
  /** Whether the step that began then runs no more. */
  isOver(began: number): boolean;
  /** Everybody into new rooms, before they have worked together. */
  mixRooms(): Promise<void>;
  /** Resolves when the step has lasted these milliseconds, or is over before. */
  lookAfter(ms: number): Promise<void>;
  /** To the next step; where pens are taken, when everybody has finished. False: there is none. */
  turn(isQuiet: () => boolean): Promise<boolean>;
  close(): void;
}
