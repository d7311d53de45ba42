import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../browser.mjs';
import { Seeded } from '../faults/seeded.ts';
import type { Turn } from './writing/hall.ts';
import { beginningOf, openHall, type OpenHall } from './writing/open-hall.ts';
import type {} from './writing/desk.svelte.ts';

const SEEDS = Number(process.env.WRITING_SEEDS ?? 4);
/** Seeds that failed once. */
const KEPT: readonly number[] = [];
const MOST = 5; // people
const BEGINNING = ['one two three four', '', 'five six'];

describe.skipIf(!findBrowser())('real editors with real keys', () => {
  let hall: OpenHall;
  beforeAll(async () => {
    hall = await openHall(MOST);
  }, 60_000);
  afterAll(() => hall?.close());

  const down = (event: Parameters<typeof hall.keys.send<'Input.dispatchKeyEvent'>>[1]) =>
    hall.keys.send('Input.dispatchKeyEvent', event);
  async function press(key: string): Promise<void> {
    const named = NAMED[key];
    const event = named ?? { key, text: key, unmodifiedText: key };
    await Promise.all([down({ type: 'keyDown', ...event }), down({ ...event, type: 'keyUp' })]);
  }

  interface Played {
    readonly runs: readonly { readonly who: number; readonly letters: string; readonly isOwnUndone: boolean }[];
    readonly texts: readonly string[];
    readonly trees: readonly string[];
    readonly lost: number;
  }

  /** Plays one seed: who does what is decided beforehand, so the keys can follow one another as fast as the browser takes them. */
  async function play(seed: number, deeds: boolean): Promise<Played> {
    const random = new Seeded(seed);
    const pick = (count: number) => random.between(0, count - 1);
    const people = random.between(2, MOST);
    const clients = Array.from({ length: people }, () => random.between(100, 1_000_000));
    const paragraphs = BEGINNING.slice(0, random.between(1, BEGINNING.length));
    const turns: (Turn & { key: string; point?: string })[] = [];
    const runs: { who: number; letters: string; isOwnUndone: boolean }[] = [];
    const open = new Map<number, number>();
    let next = 0x4e00;
    const letter = () => String.fromCharCode((next += 1));
    const write = (who: number, letters: string) => {
      if (!open.has(who)) open.set(who, runs.push({ who, letters: '', isOwnUndone: false }) - 1);
      runs[open.get(who)!]!.letters += letters;
    };
    const network = () => ({
      send: Array.from({ length: pick(3) }, () => pick(people)),
      tell: Array.from({ length: pick(3) }, () => pick(people)),
    });
    const turn = (who: number, key: string, more: Partial<(typeof turns)[number]> = {}) =>
      turns.push({ who, key, ...network(), ...more });
    for (let who = 0; who < people; who += 1) turn(who, 'Control+End');
    for (let count = 0; count < 60; count += 1) {
      const who = pick(people);
      const chance = random.next();
      if (chance < 0.08) {
        if (random.next() < 0.5) turn(who, 'Control+End');
        else turn(who, 'Shift', { point: ['two', 'three', 'six'][pick(3)]! });
        open.delete(who);
      } else if (chance < 0.12) {
        const words = letter() + letter() + letter();
        write(who, words);
        turn(who, 'Shift', { paste: words });
      } else if (!deeds && chance < 0.14) {
        for (const run of runs) if (run.who === who) run.isOwnUndone = true;
        turn(who, 'Control+z', { settled: true });
        if (random.next() < 0.4) turn(who, 'Control+y', { settled: true });
        open.delete(who);
      } else if (deeds && chance < 0.2) {
        turn(who, 'Enter');
        open.delete(who);
      } else {
        const typed = letter();
        write(who, typed);
        turn(who, typed);
      }
    }
    await hall.page.evaluate(([list, bytes, plan]) => window.hall.begin(list, bytes, plan), [
      clients,
      [...beginningOf(paragraphs)],
      turns.map(({ who, paste, send, tell, settled = false }) => ({
        who,
        send,
        tell,
        settled,
        ...(paste !== undefined && { paste }),
      })),
    ] as const);
    await hall.page.waitForFunction(() => window.hall.isReady);
    let pressed: Promise<unknown>[] = [];
    for (const { who, key, point } of turns) {
      const isPointing = key.startsWith('Control+End') || point !== undefined;
      if (!isPointing) {
        pressed.push(press(key));
        continue;
      }
      // a browser tells of a caret that was moved in a task of its own; no hand types before it
      await Promise.all(pressed);
      pressed = [];
      if (point !== undefined) {
        await hall.page.evaluate(([desk, words]) => window.frames[desk]!.desk.point(words), [who, point] as const);
        await hall.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 20)));
        await press(key);
      } else {
        const event = NAMED[key]!;
        await down({ type: 'keyDown', ...event });
        await hall.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 20)));
        await down({ ...event, type: 'keyUp' });
      }
    }
    await Promise.all(pressed);
    const shown = await hall.page.evaluate((count) => {
      window.hall.settle();
      const desks = Array.from({ length: count }, (_, desk) => window.frames[desk]!.desk);
      return {
        texts: desks.map(({ text }) => text),
        trees: desks.map(({ tree }) => tree),
        lost: window.hall.lost,
      };
    }, people);
    return { runs, ...shown };
  }

  function check(seed: number, { runs, texts, trees, lost }: Played, deeds: boolean): void {
    const [text = ''] = texts;
    expect(new Set(trees).size, `seed ${seed}: one document`).toBe(1);
    expect(texts, `seed ${seed}: one text on every screen`).toEqual(texts.map(() => text));
    expect(lost, `seed ${seed}: keys that found the focus elsewhere`).toBe(0);
    const own = runs.filter(({ isOwnUndone }) => !isOwnUndone);
    const counts = [...own.map(({ letters }) => letters).join('')].map((one) => text.split(one).length - 1);
    expect(
      counts.filter((count) => count !== 1),
      `seed ${seed}: every key once, in ${text}`,
    ).toEqual([]);
    const undone = [...runs.map(({ letters }) => letters).join('')].map((one) => text.split(one).length - 1);
    expect(
      undone.filter((count) => count > 1),
      `seed ${seed}: nothing twice, in ${text}`,
    ).toEqual([]);
    if (deeds) return;
    expect(
      own.filter(({ letters }) => !text.includes(letters)),
      `seed ${seed}: words are whole, in ${text}`,
    ).toEqual([]);
  }

  test(`[B41] ${SEEDS} seeds of typing, pointing, pasting, undoing and redoing at random and at one place`, async () => {
    for (const seed of [...KEPT, ...Array.from({ length: SEEDS }, (_, seed) => seed)])
      check(seed, await play(seed, false), false);
  }, 300_000);

  test(`[B42] ${SEEDS} seeds with Enter among them`, async () => {
    for (const seed of [...KEPT, ...Array.from({ length: SEEDS }, (_, seed) => 10_000 + seed)])
      check(seed, await play(seed, true), true);
  }, 300_000);
});

const NAMED: Record<
  string,
  { key: string; code: string; windowsVirtualKeyCode: number; modifiers?: number; text?: string }
> = {
  Enter: { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  Shift: { key: 'Shift', code: 'ShiftLeft', windowsVirtualKeyCode: 16 },
  'Control+End': { key: 'End', code: 'End', windowsVirtualKeyCode: 35, modifiers: 2 },
  'Control+y': { key: 'y', code: 'KeyY', windowsVirtualKeyCode: 89, modifiers: 2 },
  'Control+z': { key: 'z', code: 'KeyZ', windowsVirtualKeyCode: 90, modifiers: 2 },
};
