import { Seeded } from '../../faults/seeded.ts';
import type { Deed, Turn } from './turn.ts';

/** A turn with its key, as the browser's protocol calls it. */
export interface Planned extends Turn {
  readonly key: Key;
}

export interface Key {
  readonly key: string;
  readonly code?: string;
  readonly windowsVirtualKeyCode?: number;
  readonly modifiers?: number;
  readonly text?: string;
}

export interface Plan {
  readonly clients: readonly number[];
  readonly paragraphs: readonly string[];
  readonly turns: readonly Planned[];
}

export const MOST = 5; // people
const TURNS = 70;
const BEGINNING = ['one two three four', '', 'five six'];
const FIRST_LETTER = 0x4e00; // each letter is another one, so that it is found again

const [ALT, CONTROL, SHIFT] = [1, 2, 8];
const named = (key: string, windowsVirtualKeyCode: number, more: Partial<Key> = {}): Key => ({
  key,
  code: key,
  windowsVirtualKeyCode,
  ...more,
});
const KEYS = {
  nothing: named('Shift', 16, { code: 'ShiftLeft' }),
  enter: named('Enter', 13, { text: '\r' }),
  erase: named('Backspace', 8),
  remove: named('Delete', 46),
  escape: named('Escape', 27),
  home: named('Home', 36),
  end: named('End', 35, { modifiers: CONTROL }),
  left: named('ArrowLeft', 37),
  up: named('ArrowUp', 38),
  down: named('ArrowDown', 40),
  moveUp: named('ArrowUp', 38, { modifiers: ALT }),
  moveDown: named('ArrowDown', 40, { modifiers: ALT }),
  merge: named('m', 77, { code: 'KeyM', text: 'm' }),
  undo: named('z', 90, { code: 'KeyZ', modifiers: CONTROL }),
  redo: named('y', 89, { code: 'KeyY', modifiers: CONTROL }),
  list: named('*', 56, { code: 'Digit8', modifiers: CONTROL | SHIFT }),
} satisfies Record<string, Key>;

type Step = readonly [deed: Deed, key: Key];
const caret = (key: Key): Step => [{ kind: 'caret' }, key];
const walk = (key: Key): Step => [{ kind: 'walk' }, key];
const UNDO: Step = [{ kind: 'undo' }, KEYS.undo];
const REDO: Step = [{ kind: 'undo' }, KEYS.redo];

/** Who does what is decided beforehand, so the keys can follow one another as fast as the browser takes them. */
export function planOf(seed: number): Plan {
  const random = new Seeded(seed);
  const hasLists = seed % 4 === 3;
  /** Nobody splits or joins paragraphs. */
  const isPlain = seed % 3 === 0 && !hasLists;
  const pick = <T>(all: readonly T[]): T => all[random.between(0, all.length - 1)]!;
  const count = random.between(2, MOST);
  const people = Array.from({ length: count }, (_, who) => who);
  const clients = people.map(() => random.between(100, 1_000_000));
  const paragraphs = BEGINNING.slice(0, random.between(1, BEGINNING.length));
  let next = FIRST_LETTER;
  const letters = (length: number) => Array.from({ length }, () => String.fromCharCode((next += 1))).join('');

  /** Steps that somebody has begun: others' come between them. */
  const begun: Step[][] = people.map(beginning);
  /** Who has no network until which turn. */
  const away = people.map(() => 0);
  const turns: Planned[] = [];
  let who = 0;
  while (turns.length < TURNS) {
    if (random.next() < 0.4) who = pick(people);
    if (begun[who]!.length === 0) begun[who]!.push(...intention());
    if (random.next() < 0.02) away[who] = turns.length + random.between(8, 25);
    const online = people.filter((one) => away[one]! <= turns.length);
    const some = () => (online.length === 0 ? [] : Array.from({ length: random.between(0, 2) }, () => pick(online)));
    const [deed, key] = begun[who]!.shift()!;
    const pause = random.between(80, random.next() < 0.05 ? 2_000 : 350);
    turns.push({ who, deed, key, pause, settled: deed.kind === 'leave', send: some(), tell: some() });
  }
  return { clients, paragraphs, turns };

  function beginning(): Step[] {
    return [walk(KEYS.enter), random.next() < 0.5 ? caret(KEYS.end) : pointing()];
  }

  function pointing(): Step {
    return [{ kind: 'point', words: pick(['two', 'three', 'six']) }, KEYS.nothing];
  }

  function intention(): Step[] {
    const chance = random.next();
    if (chance < 0.7) return random.next() < 0.1 ? [walk(KEYS.enter), ...typing()] : typing();
    if (chance < 0.78) return [random.next() < 0.5 ? caret(KEYS.end) : pointing()];
    if (chance < 0.8) return [caret(KEYS.left)];
    if (chance < 0.83) return [pasting(1)];
    if (chance < 0.92 && isPlain) return typing();
    if (hasLists && random.next() < 0.4) return listing();
    if (chance < 0.84) return [pasting(2)];
    if (chance < 0.885) return [[{ kind: 'split' }, KEYS.enter]];
    if (chance < 0.91) return [caret(KEYS.home), [{ kind: 'erase' }, KEYS.erase]];
    if (chance < 0.92) return [[{ kind: 'erase' }, KEYS.erase]];
    if (chance < 0.95) return random.next() < 0.4 ? [UNDO, REDO] : [UNDO];
    if (chance < 0.96) return [[{ kind: 'bringBack' }, KEYS.nothing], ...typing()];
    return [[{ kind: 'leave' }, KEYS.escape], ...deed(), walk(KEYS.enter), ...typing(), walk(KEYS.enter)];
  }

  /** Two or three letters, which a hand that is faster than the network types before it hears anything. */
  function typing(): Step[] {
    return [...letters(random.between(1, 3))].map((letter) => [
      { kind: 'type', letters: letter },
      { key: letter, text: letter },
    ]);
  }

  function pasting(count: number, list: '• ' | '1. ' | '' = ''): Step {
    const lines = Array.from({ length: count }, () => letters(3));
    return [{ kind: 'paste', lines, list }, KEYS.nothing];
  }

  /** A line becomes an entry, or is none any more; or entries are pasted. */
  function listing(): Step[] {
    if (random.next() < 0.6) return [[{ kind: 'list' }, KEYS.list]];
    return [pasting(2, random.next() < 0.5 ? '• ' : '1. ')];
  }

  function deed(): Step[] {
    const chance = random.next();
    if (chance < 0.45) return [walk(random.next() < 0.6 ? KEYS.moveDown : KEYS.moveUp)];
    if (chance < 0.75) {
      const other = walk(random.next() < 0.5 ? KEYS.down : KEYS.up);
      return [walk(KEYS.merge), other, walk(KEYS.enter), walk(KEYS.escape)];
    }
    return random.next() < 0.4 ? [walk(KEYS.remove), UNDO] : [walk(KEYS.remove)];
  }
}
