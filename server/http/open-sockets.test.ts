import { expect, test } from 'vitest';
import type { ForumId, SeatId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import { OpenSockets, type Place } from './open-sockets.ts';

const MOST = LIMITS.socketsOfSeat.most;
const FORUM = 'forum' as ForumId;
const seat = (number: number) => `seat${number}` as SeatId;
const rooms = (sockets: OpenSockets, count: number, who: (index: number) => SeatId, channel: 'sync' | 'live') =>
  Array.from({ length: count }, (_, index) => sockets.take('hall')?.sit(who(index), FORUM, channel));

test('[S40] a seat has so many sockets on each channel; two more are told so, and none beyond', () => {
  const sockets = new OpenSockets();
  const own = rooms(sockets, 5_000, () => seat(1), 'live');
  expect(own.filter((room) => room === 'free')).toHaveLength(MOST);
  expect(own.filter((room) => room === 'crowded')).toHaveLength(2);
  expect(rooms(sockets, MOST, () => seat(1), 'sync')).toEqual(Array(MOST).fill('free'));
  expect(sockets.take('hall')?.sit(seat(2), FORUM, 'live')).toBe('free');
});

test('[S40] ten times a big forum behind one address meets no limit', () => {
  const sockets = new OpenSockets();
  for (const channel of ['sync', 'live'] as const) {
    expect(rooms(sockets, 3_500, seat, channel).every((room) => room === 'free')).toBe(true);
  }
});

test('[S40] what is closed is free again, once', () => {
  const sockets = new OpenSockets();
  const places: Place[] = [];
  for (;;) {
    const place = sockets.take('hall');
    if (!place) break;
    places.push(place);
  }
  expect(places).toHaveLength(LIMITS.socketsOfAddress.most);
  expect(sockets.take('elsewhere')).not.toBeNull();
  for (let time = 0; time < 3; time += 1) places[0]!.leave();
  expect(sockets.take('hall')).not.toBeNull();
  expect(sockets.take('hall')).toBeNull();
  expect(places[0]!.sit(seat(1), FORUM, 'live')).toBe('full');
});
