import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { part, PARTS_MISSING } from './part.ts';

let told: number[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  const page = new EventTarget();
  page.addEventListener(PARTS_MISSING, (event) => told.push((event as CustomEvent<number>).detail));
  vi.stubGlobal('window', page);
  for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent'] as const)
    vi.stubGlobal(name, page[name].bind(page));
});
afterEach(() => {
  told = [];
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A part that fails until the network is back. */
function network() {
  let isBack = false;
  return {
    load: (name: string) => () => (isBack ? Promise.resolve(name) : Promise.reject(new TypeError('no network'))),
    back: () => {
      isBack = true;
      dispatchEvent(new Event('online'));
    },
  };
}

test('[Y75] once every part that had failed has come, none is missing, whichever it was and however many there were', async () => {
  const { load, back } = network();
  const parts = [part(load('help')), part(load('menu')), part(load('editor'))];
  await vi.advanceTimersByTimeAsync(60_000);
  expect([Math.max(...told), told.at(-1)]).toEqual([3, 3]);
  back();
  expect(await Promise.all(parts)).toEqual(['help', 'menu', 'editor']);
  expect(told.slice(-3)).toEqual([2, 1, 0]);
});

test('[Y75] what comes at once is no news, and what others miss stays missing', async () => {
  expect(await part(() => Promise.resolve('menu'))).toBe('menu');
  expect(told).toEqual([]);
  const { load, back } = network();
  const late = part(load('help'));
  await vi.advanceTimersByTimeAsync(5_000);
  await part(() => Promise.resolve('menu'));
  expect(told.at(-1)).toBe(1);
  back();
  await late;
  expect(told.at(-1)).toBe(0);
});
