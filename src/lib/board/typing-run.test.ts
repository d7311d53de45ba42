import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { typingRuns } from './typing-run.ts';

class Place {
  readonly #isField: boolean;
  constructor(isField: boolean) {
    this.#isField = isField;
  }
  closest(): Place | null {
    return this.#isField ? this : null;
  }
}
beforeEach(() => vi.stubGlobal('Element', Place));
afterEach(() => vi.unstubAllGlobals());

const ITEM = new Place(false);
const FIELD = new Place(true);

/** Those that nobody hears as a command. */
function swallowed(keys: readonly (readonly [key: string, at: number, place?: Place, held?: object])[]): string[] {
  const run = typingRuns();
  const gone: string[] = [];
  let prevented = 0;
  for (const [key, timeStamp, target = ITEM, held] of keys)
    run({
      key,
      timeStamp,
      target,
      stopPropagation: () => gone.push(key),
      preventDefault: () => (prevented += 1),
      ...held,
    } as unknown as KeyboardEvent);
  expect(prevented).toBe(gone.length);
  return gone;
}

test('[B181] of a word only the first letter can be a command, wherever the focus goes', () => {
  const word = [...'comment now'].map((key, index) => [key, index * 150] as const);
  expect(swallowed(word)).toEqual([...'omment now']);
  expect(swallowed([...'сөз'].map((key, index) => [key, index * 900]))).toEqual(['ө', 'з']);
  // typed in a field that others took away meanwhile
  expect(swallowed([['a', 0, FIELD], ['m', 200], ['n', 400]])).toEqual(['m', 'n']); // prettier-ignore
  expect(swallowed([['a', 0, FIELD], ['b', 200, FIELD]])).toEqual([]); // prettier-ignore
});

test('[B181] after a pause, or a key that goes somewhere, a letter is a command; so is one with Ctrl', () => {
  expect(swallowed([['a', 0], ['m', 1_000]])).toEqual([]); // prettier-ignore
  for (const key of ['Tab', 'Escape', 'ArrowDown'])
    expect(swallowed([['a', 0, FIELD], [key, 100], ['m', 200]])).toEqual([]); // prettier-ignore
  expect(swallowed([['a', 0], ['Enter', 100], ['m', 200]])).toEqual(['m']); // prettier-ignore
  expect(swallowed([['a', 0], ['z', 100, ITEM, { ctrlKey: true }]])).toEqual([]); // prettier-ignore
});

test('[B181] the space between two words turns no page; two by themselves do', () => {
  expect(swallowed([['a', 0], [' ', 200], ['m', 400]])).toEqual([' ', 'm']); // prettier-ignore
  expect(swallowed([[' ', 0], [' ', 200], ['m', 400]])).toEqual([]); // prettier-ignore
});
