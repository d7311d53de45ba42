import { stepIdAt, type Step } from '../script/step.ts';
import type { WorkshopEvent } from './events.ts';

/**
 * What stored events look like. 1: steps are told by their place in the script. 2: steps have ids, and an event says its version.
 */
const EVENT_VERSION = 2;

interface OldStep extends Omit<Step, 'id'> {
  readonly id?: undefined;
}

type Unchanged = Exclude<WorkshopEvent, { kind: 'workshopOpened' | 'stepStarted' }>;
type FirstVersion =
  | Unchanged
  | (Omit<Extract<WorkshopEvent, { kind: 'workshopOpened' }>, 'script'> & { readonly script: readonly OldStep[] })
  | { readonly kind: 'stepStarted'; readonly index: number; readonly endsAt: number | null; readonly at: number };

export type StoredEvent = (FirstVersion & { readonly v?: undefined }) | (WorkshopEvent & { readonly v: 2 });

export const toStore = (event: WorkshopEvent): StoredEvent => ({ v: EVENT_VERSION, ...event });

/** An event of whatever version as it would be written today. */
export function upcast(stored: StoredEvent): WorkshopEvent {
  if (stored.v === undefined) return fromFirst(stored);
  const { v, ...event } = stored;
  if (Number(v) !== EVENT_VERSION) throw new Error(`an event of version ${v} was written by a later Dastarkhan`);
  return event;
}

function fromFirst(event: FirstVersion): WorkshopEvent {
  switch (event.kind) {
    case 'workshopOpened':
      return { ...event, script: event.script.map((step, index) => ({ ...step, id: stepIdAt(index) })) };
    case 'stepStarted':
      return { kind: 'stepStarted', step: stepIdAt(event.index), endsAt: event.endsAt, at: event.at };
    default:
      return event;
  }
}
