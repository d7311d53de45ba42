import { describe, expect, test } from 'vitest';
import { deedOf, KEYS, printed, type Chord, type Keyboard, type Pressed, type Where } from './keys.ts';

const PC: Keyboard = { isMac: false, hasLetters: true };
const MAC: Keyboard = { isMac: true, hasLetters: true };
const press = (key: string, code: string, held: Partial<Pressed> = {}): Pressed => ({
  key,
  code,
  altKey: false,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  ...held,
});

describe('[B101] undo and redo are where the keyboard has their letters', () => {
  test.each([
    ['QWERTY', 'z', 'KeyZ', 'undo'],
    ['QWERTY', 'y', 'KeyY', 'redo'],
    ['QWERTZ', 'z', 'KeyY', 'undo'],
    ['QWERTZ', 'y', 'KeyZ', 'redo'],
    ['AZERTY', 'z', 'KeyW', 'undo'],
    ['Dvorak', 'y', 'KeyT', 'redo'],
    ['Cyrillic', 'я', 'KeyZ', 'undo'],
    ['Cyrillic', 'н', 'KeyY', 'redo'],
    ['Urdu', 'ز', 'KeyZ', 'undo'],
    ['Caps Lock', 'Z', 'KeyZ', 'undo'],
  ] as const)('%s: Ctrl and %s', (_, key, code, deed) => {
    expect(deedOf('page', press(key, code, { ctrlKey: true }), PC)).toBe(deed);
    expect(deedOf('page', press(key, code, { metaKey: true }), MAC)).toBe(deed);
    expect(deedOf('page', press(key, code, { ctrlKey: true }), MAC)).toBeNull();
    // AltGr is Ctrl and Alt on Windows, and types letters
    expect(deedOf('page', press(key, code, { ctrlKey: true, altKey: true }), PC)).toBeNull();
  });

  test('Ctrl+Shift+Z redoes', () => {
    expect(deedOf('page', press('Z', 'KeyZ', { ctrlKey: true, shiftKey: true }), PC)).toBe('redo');
    expect(deedOf('page', press('Я', 'KeyZ', { metaKey: true, shiftKey: true }), MAC)).toBe('redo');
  });
});

test('[B101] letters of an item are found on every layout', () => {
  expect(deedOf('item', press('m', 'Semicolon'), PC)).toBe('merge'); // AZERTY
  expect(deedOf('item', press('ь', 'KeyM'), PC)).toBe('merge');
  expect(deedOf('item', press('с', 'KeyC'), PC)).toBe('comment'); // the Cyrillic one
  expect(deedOf('item', press('é', 'KeyM'), PC)).toBe('merge');
  expect(deedOf('item', press('m', 'KeyM', { ctrlKey: true }), PC)).toBeNull();
  expect(deedOf('item', press('Enter', 'NumpadEnter'), PC)).toBe('edit');
});

test('[B101] the help comes wherever the question mark is', () => {
  for (const [key, code] of [
    ['?', 'Slash'],
    ['?', 'Digit7'],
    ['?', 'Minus'],
    ['؟', 'Slash'],
  ] as const)
    for (const shiftKey of [true, false]) expect(deedOf('page', press(key, code, { shiftKey }), PC)).toBe('help');
});

test('[B101] who wants no letters keeps the other keys', () => {
  const quiet = { ...PC, hasLetters: false };
  expect(deedOf('item', press('m', 'KeyM'), quiet)).toBeNull();
  expect(deedOf('page', press('?', 'Slash', { shiftKey: true }), quiet)).toBeNull();
  expect(deedOf('item', press('ArrowUp', 'ArrowUp', { altKey: true }), quiet)).toBe('moveUp');
  expect(deedOf('page', press('z', 'KeyZ', { ctrlKey: true }), quiet)).toBe('undo');
});

test('[B101] no two deeds of one place have one key', () => {
  for (const where of ['item', 'theme', 'page', 'always', 'text'] satisfies Where[]) {
    const chords = KEYS.filter((row) => row.where === where).flatMap(({ chords }) =>
      chords.map((chord: Chord) => printed(chord, false)),
    );
    expect(new Set(chords).size).toBe(chords.length);
  }
  expect(printed({ key: 'z', mod: true, shift: true }, true)).toBe('⇧ ⌘ Z');
  expect(printed({ key: 'ArrowUp', alt: true }, false)).toBe('Alt + ↑');
});
