import type { StepId } from '../ids.ts';
import { isInRooms, seatingOf } from '../script/seating-of.ts';
import type { Step } from '../script/step.ts';
import type { Seating } from '../seating/guest.ts';
import type { MixWay } from '../seating/mix.ts';
import type { WorkshopState } from './state.ts';

export type SeatsFor = { readonly way: Exclude<MixWay, 'back'> } | { readonly way: 'back'; readonly then: Seating };

/** How the rooms are to be for a step of the script; null: as they are. Nobody goes back to where nobody has sat. */
export function seatsFor(state: WorkshopState, step: Step): SeatsFor | null {
  const asked = seatingOf(step);
  if (asked === null) return null;
  if (asked === 'mix' || asked === 'rotate') return { way: asked };
  const then = asked === 'home' ? homeOf(state, step) : satIn(state, asked.as);
  return then && { way: 'back', then };
}

/** Where everybody sat in a step; null: it has not run. */
export const satIn = ({ step, seating, sat }: WorkshopState, id: StepId): Seating | null =>
  id === step.id ? seating : (sat?.get(id) ?? null);

/** The rooms of the last step before it in which people sat in rooms. */
function homeOf(state: WorkshopState, to: Step): Seating | null {
  const { script } = state;
  const before = script.slice(0, script.indexOf(to)).findLast((step) => isInRooms(step) && satIn(state, step.id));
  return before ? satIn(state, before.id) : null;
}
