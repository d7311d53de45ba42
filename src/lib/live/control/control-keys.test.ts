import { expect, test } from 'vitest';
import { CONTROL_KEYS, ControlKeys, type Pressed } from './control-keys.ts';

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  ...{ key, code: '', altKey: false, ctrlKey: false, metaKey: false, repeat: false, isComposing: false, timeStamp: 0 },
  ...more,
});
const deedOf = (key: string, more?: Partial<Pressed>) => new ControlKeys().of(press(key, more))?.deed ?? null;

test('[W144] each key of the table does its deed, large or small; digits go to the tile that stands there', () => {
  for (const { key, deed } of CONTROL_KEYS) expect([deedOf(key), deedOf(key.toUpperCase())]).toEqual([deed, deed]);
  expect(new Set(CONTROL_KEYS.map(({ key }) => key)).size).toBe(CONTROL_KEYS.length);
  expect(new ControlKeys().of(press('9'))).toEqual({ deed: 'room', place: 9 });
  expect([deedOf('0'), deedOf('x'), deedOf('Enter'), deedOf('12')]).toEqual([null, null, null, null]);
});

test('[W144] on a keyboard of another script the letter that stands on the key counts', () => {
  expect(deedOf('т', { code: 'KeyN' })).toBe('next');
  expect(deedOf('з', { code: 'KeyP' })).toBe('pause');
  expect(deedOf('؟', { code: 'Slash' })).toBe('keys');
  expect(deedOf('n', { code: 'KeyK' })).toBe('next'); // another layout of Latin letters
});

test('[W144] with something held down, while composing or held for long a key is none of ours', () => {
  for (const held of ['altKey', 'ctrlKey', 'metaKey', 'isComposing', 'repeat'] as const)
    expect([held, deedOf('n', { [held]: true })]).toEqual([held, null]);
});

test('[W144] a letter that follows another within a second belongs to a word; one of ours is told so', () => {
  const keys = new ControlKeys();
  const typed = (word: string, from: number) =>
    word.split('').map((key, at) => keys.of(press(key, { timeStamp: from + at * 200 }))?.deed ?? null);
  expect(typed('hands', 0)).toEqual(['help', null, 'none', 'none', null]);
  expect(typed('p', 1_700)).toEqual(['none']);
  expect(typed('p', 2_700)).toEqual(['pause']);
  expect(typed('2+', 2_800)).toEqual(['room', 'more']);
  expect(typed('p p+p', 9_000)).toEqual(['pause', null, 'none', 'more', 'pause']);
});
