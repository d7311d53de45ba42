import type { StepId } from '../ids.ts';
import type { Step } from './step.ts';

/** How the people of a step sit; null: as they do. */
export type SeatingAsked = 'mix' | 'rotate' | 'home' | { readonly as: StepId };

/** Groups sit as rooms: they have no documents of their own here yet. Pairs are made by whoever sits there, and nobody is moved. */
export function seatingOf({ place, seating }: Pick<Step, 'place' | 'seating'>): SeatingAsked | null {
  if (place === 'pairs' || seating === undefined) return null;
  switch (seating) {
    case 'keep':
    case 'join':
      return null;
    case 'shuffle':
      return 'mix';
    default:
      return seating;
  }
}

/** Whether people sit in their rooms in it: where they go when they go home. */
export const isInRooms = ({ place, kind }: Pick<Step, 'place' | 'kind'>): boolean =>
  kind !== 'arrive' && (place === 'rooms' || place === undefined);
