import type { RoomId, SeatId } from '../ids.ts';
import type { Language } from '../languages/language.ts';
import { accepted, refused } from '../refusal.ts';
import type { Decision } from './decide.ts';
import type { WorkshopEvent } from './events.ts';
import type { WorkshopState } from './state.ts';

/** What stands on the screens: what the step asks for, or one thing until another step begins. */
export type ShownOnScreen =
  { readonly kind: 'step' | 'code' | 'outcome' } | { readonly kind: 'board'; readonly room: RoomId };

export interface ScreenSetting {
  readonly show: ShownOnScreen;
  /** In which texts of the script stand beside the forum's language. */
  readonly alsoIn: Language | null;
}

export interface ScreenCommand extends ScreenSetting {
  readonly kind: 'setScreen';
}

export interface ScreenEvent extends ScreenSetting {
  readonly kind: 'screenSet';
  readonly by: SeatId;
  readonly at: number;
}

const AS_STEP: ScreenSetting = { show: { kind: 'step' }, alsoIn: null };

export const screenOf = ({ screen }: Pick<WorkshopState, 'screen'>): ScreenSetting => screen ?? AS_STEP;

export function setScreen(state: WorkshopState, { show, alsoIn }: ScreenCommand, by: SeatId, at: number): Decision {
  if (state.closed) return refused({ kind: 'workshopClosed' });
  if (show.kind === 'board' && !state.rooms.some(({ id }) => id === show.room)) return refused({ kind: 'roomUnknown' });
  const before = screenOf(state);
  const isSo = JSON.stringify([before.show, before.alsoIn]) === JSON.stringify([show, alsoIn]);
  return accepted(isSo ? [] : [{ kind: 'screenSet', show, alsoIn, by, at }]);
}

/** A step that begins is seen, whatever stood there; so is the outcome of a workshop that closes. The language stays. */
export function followScreen(state: WorkshopState, { kind }: WorkshopEvent): WorkshopState {
  if (!state.screen || (kind !== 'stepStarted' && kind !== 'workshopClosed')) return state;
  return { ...state, screen: { ...state.screen, show: AS_STEP.show } };
}
