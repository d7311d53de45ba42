import { describe, expect, test } from 'vitest';
import type { RoomId, SeatId } from '#domain/ids.ts';
import { Activity } from './activity.ts';

const room = 'north' as RoomId;
const [aida, azat, bolot] = ['aida', 'azat', 'bolot'].map((name) => name as SeatId) as [SeatId, SeatId, SeatId];
const MINUTE = 60_000;
const at = (minute: number) => 1_000 * MINUTE + minute * MINUTE;
const all = { present: [aida, azat, bolot], since: at(0) };
const idea = (letters: number) => ({ entries: 1, letters });

describe('[W111] what is written in a room', () => {
  test('ideas of the last five minutes, each in its minute, and none of before', () => {
    const activity = new Activity(at(0));
    for (const minute of [0, 0.5, 2, 4, 4.2, 4.9]) activity.note(room, aida, idea(3), at(minute));
    expect(activity.of(room, all, at(4.95)).ideas).toEqual([2, 0, 1, 0, 3]);
    expect(activity.of(room, all, at(6)).ideas).toEqual([1, 0, 3, 0, 0]);
    expect(activity.of(room, all, at(60)).ideas).toEqual([0, 0, 0, 0, 0]);
    expect(activity.of('south' as RoomId, all, at(5)).ideas).toEqual([0, 0, 0, 0, 0]);
  });

  test('who has written nothing for three minutes is silent, once they had as many to write', () => {
    const activity = new Activity(at(0));
    activity.note(room, aida, idea(3), at(1));
    activity.note(room, azat, { entries: 0, letters: 1 }, at(2.5));
    expect(activity.of(room, all, at(2.9)).silent).toBe(0);
    expect(activity.of(room, all, at(3)).silent).toBe(1);
    expect(activity.of(room, all, at(4)).silent).toBe(2);
    expect(activity.of(room, { ...all, present: [bolot] }, at(4)).silent).toBe(1);
    expect(activity.of(room, { ...all, since: at(2) }, at(4)).silent).toBe(0);
    expect(activity.of(room, { ...all, since: null }, at(9)).silent).toBe(0);
  });

  test('nobody is silent of whom a server that has just started knows nothing', () => {
    const activity = new Activity(at(10));
    expect(activity.of(room, all, at(12.9)).silent).toBe(0);
    expect(activity.of(room, all, at(13)).silent).toBe(3);
  });

  test('the share of whoever wrote most, where enough was written and somebody else is there', () => {
    const activity = new Activity(at(0));
    activity.note(room, aida, idea(90), at(1));
    expect(activity.of(room, all, at(1)).loudest).toBeNull();
    activity.note(room, azat, idea(30), at(2));
    expect(activity.of(room, all, at(2)).loudest).toBe(75);
    expect(activity.of(room, { ...all, present: [aida] }, at(2)).loudest).toBeNull();
    expect(activity.of(room, all, at(6)).loudest).toBeNull();
  });
});
