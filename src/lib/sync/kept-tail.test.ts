import { expect, test } from 'vitest';
import { KeptTail } from './kept-tail.ts';

class MapStorage {
  readonly values = new Map<string, string>();
  getItem = (key: string) => this.values.get(key) ?? null;
  setItem = (key: string, value: string) => void this.values.set(key, value);
  removeItem = (key: string) => void this.values.delete(key);
}

/** An IndexedDB that confirms when the test says so. */
function database() {
  const waiting: (() => void)[] = [];
  return {
    stored: () => new Promise<void>((resolve) => waiting.push(resolve)),
    async confirm() {
      waiting.shift()?.();
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

const never = () => new Promise<void>(() => {});
const [one, two, three] = [1, 2, 3].map((byte) => Uint8Array.of(byte)) as [Uint8Array, Uint8Array, Uint8Array];

test('[Y34] what was not confirmed before a crash is there for the next tab, in order', () => {
  const storage = new MapStorage();
  const crashed = new KeptTail('board', storage, never);
  crashed.add(one);
  crashed.add(two);
  expect(new KeptTail('board', storage, never).take()).toEqual([one, two]);
  expect(new KeptTail('other', storage, never).take()).toEqual([]);
});

test('[Y34] what was confirmed is forgotten, what came after the question is not', async () => {
  const storage = new MapStorage();
  const { stored, confirm } = database();
  const tail = new KeptTail('board', storage, stored);
  tail.add(one);
  tail.add(two);
  await confirm(); // asked when only the first was there
  expect(new KeptTail('board', storage, never, 'reader').take()).toEqual([two]);
  tail.add(three);
  await confirm();
  await confirm();
  storage.values.clear();
  tail.add(one);
  expect(new KeptTail('board', storage, never).take()).toEqual([one]);
});

test('[Y34] tabs keep their tails apart', async () => {
  const storage = new MapStorage();
  const { stored, confirm } = database();
  const [crashed, alive] = [new KeptTail('board', storage, never), new KeptTail('board', storage, stored)];
  crashed.add(one);
  alive.add(two);
  await confirm();
  const next = new KeptTail('board', storage, stored);
  expect(next.take()).toEqual([one]);
  await confirm();
  expect(storage.values.size).toBe(0);
});

test('[Y34] what is too much is left out, and whatever builds on it', () => {
  const storage = new MapStorage();
  const tail = new KeptTail('board', storage, never);
  tail.add(one);
  tail.add(new Uint8Array(600_000));
  tail.add(two);
  expect(new KeptTail('board', storage, never).take()).toEqual([one]);
});
