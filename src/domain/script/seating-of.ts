import type { StepId } from '../ids.ts';
import { sizeOfGroups } from './small-groups.ts';
import type { Step } from './step.ts';

/** How the people of a step sit; null: as they do. */
export type SeatingAsked = 'mix' | 'rotate' | 'home' | { readonly as: StepId };

/** Pairs and groups are made of the people of each room (`groups/making`): only where tables change do those in groups change rooms. */
export function seatingOf({ place, seating }: Pick<Step, 'place' | 'seating'>): SeatingAsked | null {
  if (place === 'pairs' || seating === undefined) return null;
  switch (seating) {
    case 'keep':
    case 'join':
      return null;
    case 'shuffle':
      return sizeOfGroups({ place }) === null ? 'mix' : null;
    default:
      return seating;
  }
}

/** Whether people sit in their rooms in it: where they go when they go home. */
export const isInRooms = ({ place, kind }: Pick<Step, 'place' | 'kind'>): boolean =>
  kind !== 'arrive' && (place === 'rooms' || place === undefined);
