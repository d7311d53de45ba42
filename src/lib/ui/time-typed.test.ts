import { expect, test } from 'vitest';
import { timeTyped } from './time-typed.ts';

test.each([
  ['14:45', '14:45'],
  [' 9:05 ', '09:05'],
  ['14.45', '14:45'],
  ['14,45', '14:45'],
  ['14h45', '14:45'],
  ['14 - 45', '14:45'],
  ['1445', '14:45'],
  ['930', '09:30'],
  ['9', '09:00'],
  ['00:00', '00:00'],
  ['2:45 PM', '14:45'],
  ['2 p.m.', '14:00'],
  ['12am', '00:00'],
  ['12:30 pm', '12:30'],
  ['۱۴:۴۵', '14:45'],
  ['٩', '09:00'],
  ['', ''],
])('%j is the time %j', (typed, time) => expect(timeTyped(typed)).toBe(time));

test.each(['24:00', '12:60', '13 pm', '0 am', '1:5', '14:455', '12345', 'noon', '-1', '14:45:00', '1e1'])(
  '%j is no time',
  (typed) => expect(timeTyped(typed)).toBeNull(),
);
