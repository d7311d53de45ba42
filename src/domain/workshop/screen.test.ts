import { expect, test } from 'vitest';
import type { RoomId } from '../ids.ts';
import { controlPart, screenPart } from './parts.ts';
import { Played, ARRIVE, FIRST, NORTH, NOW, aida, host, other } from './played.sample.ts';
import type { ScreenSetting } from './screen.ts';
import { view } from './view.ts';

const set = (played: Played, setting: Partial<ScreenSetting>, by = host) =>
  played.ask({ kind: 'setScreen', show: { kind: 'code' }, alsoIn: null, ...setting }, 0, by);
const shown = ({ state }: Played) => {
  const { show, alsoIn } = screenPart(state, new Set());
  return [show, alsoIn];
};

test('[W165] a screen shows what the step asks for, or what is chosen, until another step begins; its language stays', () => {
  const played = new Played();
  expect(shown(played)).toEqual([{ kind: 'step' }, null]);
  expect(set(played, { show: { kind: 'board', room: NORTH }, alsoIn: 'ru' })).toHaveLength(1);
  expect(shown(played)).toEqual([{ kind: 'board', room: NORTH }, 'ru']);
  expect(controlPart(played.state, NOW).screen).toEqual({ show: { kind: 'board', room: NORTH }, alsoIn: 'ru' });
  expect(set(played, { show: { kind: 'board', room: NORTH }, alsoIn: 'ru' }, other)).toEqual([]);
  played.next(ARRIVE);
  expect(shown(played)).toEqual([{ kind: 'step' }, 'ru']);
  set(played, { alsoIn: 'ru' });
  played.ask({ kind: 'extendStep', minutes: 1, from: FIRST });
  expect(shown(played)).toEqual([{ kind: 'code' }, 'ru']);
  expect(screenPart(played.afterRestart, new Set())).toEqual(screenPart(played.state, new Set()));
  played.ask({ kind: 'closeWorkshop' });
  expect(shown(played)).toEqual([{ kind: 'step' }, 'ru']);
  expect(set(played, {})).toEqual({ kind: 'workshopClosed' });
});

test('[W165] it shows no room that is not there, is set by those who run the workshop alone, and told to nobody else', () => {
  const played = new Played();
  expect(set(played, { show: { kind: 'board', room: 'west' as RoomId } })).toEqual({ kind: 'roomUnknown' });
  expect(set(played, {}, aida)).toEqual({ kind: 'notAllowed' });
  set(played, { show: { kind: 'board', room: NORTH } });
  expect(view(played.state, aida, NOW)).not.toHaveProperty('screen');
});
