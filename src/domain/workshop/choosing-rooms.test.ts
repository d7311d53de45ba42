import { expect, test } from 'vitest';
import type { RoomId } from '../ids.ts';
import { access } from '../permissions/access.ts';
import { Played, NORTH, NOW, SOUTH, aida, azat, bolot, host, late } from './played.sample.ts';
import { view } from './view.ts';

const choose = (played: Played, room: RoomId, by = aida) => played.ask({ kind: 'chooseRoom', room }, 0, by);
const choosing = () => {
  const played = new Played();
  expect(choose(played, SOUTH)).toEqual({ kind: 'notAllowed' });
  played.ask({ kind: 'letChoose' });
  return played;
};

test('[W167] people choose where they sit once they may, and not once they may not', () => {
  const played = choosing();
  expect(view(played.state, aida, NOW).choosing).toBe(true);
  expect(played.ask({ kind: 'letChoose' })).toEqual([]);
  expect(choose(played, SOUTH)).toEqual([{ kind: 'seatMoved', seat: aida.seatId, room: SOUTH, at: NOW }]);
  expect(choose(played, SOUTH)).toEqual([]);
  expect(access({ kind: 'board', room: SOUTH }, aida, played.state, NOW)).toBe('read');
  expect(choose(played, 'west' as RoomId)).toEqual({ kind: 'roomUnknown' });
  expect(choose(played, NORTH, late)).toEqual({ kind: 'notAllowed' });
  expect(played.ask({ kind: 'letChoose' }, 0, aida)).toEqual({ kind: 'notAllowed' });
  expect(played.afterRestart.choosing).toBe(true);
  played.ask({ kind: 'endChoosing' });
  expect(view(played.state, aida, NOW).choosing).toBeUndefined();
  expect(choose(played, NORTH)).toEqual({ kind: 'notAllowed' });
});

test('[W167] a room takes one more than if all were alike; who is kept and who hosts stay', () => {
  const played = choosing();
  choose(played, SOUTH);
  expect(choose(played, SOUTH, azat)).toHaveLength(1); // three of three: two, and one more
  played.add([{ kind: 'seatTaken', seat: late.seatId, room: NORTH, at: NOW }]);
  expect(choose(played, SOUTH, late)).toEqual({ kind: 'roomFull', most: 3 });
  played.ask({ kind: 'pinSeat', seat: azat.seatId });
  expect(choose(played, NORTH, azat)).toEqual({ kind: 'notAllowed' });
  played.ask({ kind: 'nameHost', room: SOUTH, seat: bolot.seatId });
  expect(choose(played, NORTH, bolot)).toEqual({ kind: 'notAllowed' });
  played.ask({ kind: 'closeWorkshop' }, 0, host);
  expect(choose(played, NORTH)).toEqual({ kind: 'workshopClosed' });
});
