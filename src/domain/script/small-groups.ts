import { allows } from './allows.ts';
import { isPlayable, type Step } from './step.ts';

/** How many people a group of the step has; null: people are together in their rooms. */
export function sizeOfGroups({ place }: Pick<Step, 'place'>): number | null {
  if (place === 'pairs') return 2;
  return typeof place === 'object' ? place.groups : null;
}

const ALL_TOGETHER: ReadonlySet<Step['kind']> = new Set(['arrive', 'pause', 'report', 'close']);

/** Whether people work in pairs or groups of their room in it. */
export const isSmallGroups = (step: Pick<Step, 'place' | 'kind'>): boolean =>
  sizeOfGroups(step) !== null && isPlayable(step.kind) && !ALL_TOGETHER.has(step.kind);

/** Whether they write on boards of their own, of which nothing comes into the outcome document. */
export const writesApart = (step: Pick<Step, 'place' | 'kind' | 'settings'>): boolean =>
  isSmallGroups(step) && allows(step).board === 'write';

/** Whether it joins pairs or groups where there are none: joined are the latest pairs or groups of the steps before (`groups/making`). */
export const joinsNothing = ({ seating }: Pick<Step, 'seating'>, before: readonly Step[]): boolean =>
  seating === 'join' && !before.some((step) => isSmallGroups(step) && !step.isSkipped);
