import { expect, test } from 'vitest';
import { KeptTail } from './kept-tail.ts';
import { MemoryStorage } from './page-storage.ts';

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
  const storage = new MemoryStorage();
  const crashed = new KeptTail('board', storage, never);
  crashed.add(one);
  crashed.add(two);
  expect(new KeptTail('board', storage, never).take()).toEqual([one, two]);
  expect(new KeptTail('other', storage, never).take()).toEqual([]);
});

test('[Y34] what was confirmed is forgotten, what came after the question is not', async () => {
  const storage = new MemoryStorage();
  const { stored, confirm } = database();
  const tail = new KeptTail('board', storage, stored);
  tail.add(one);
  tail.add(two);
  await confirm(); // asked when only the first was there
  expect(new KeptTail('board', storage, never, 'reader').take()).toEqual([two]);
  tail.add(three);
  await confirm();
  await confirm();
  storage.removeItem('board:tail:reader');
  expect(storage.length).toBe(0);
  tail.add(one);
  expect(new KeptTail('board', storage, never).take()).toEqual([one]);
});

test('[Y34] tabs keep their tails apart', async () => {
  const storage = new MemoryStorage();
  const { stored, confirm } = database();
  const [crashed, alive] = [new KeptTail('board', storage, never), new KeptTail('board', storage, stored)];
  crashed.add(one);
  alive.add(two);
  await confirm();
  const next = new KeptTail('board', storage, stored);
  expect(next.take()).toEqual([one]);
  await confirm();
  expect(storage.length).toBe(0);
});

test('[Y34] what is too much is left out, and whatever builds on it', () => {
  const storage = new MemoryStorage();
  const tail = new KeptTail('board', storage, never);
  tail.add(one);
  tail.add(new Uint8Array(600_000));
  tail.add(two);
  expect(new KeptTail('board', storage, never).take()).toEqual([one]);
});

test('[B31] what the server has needs no tail, and a storage that throws stops nobody', () => {
  const storage = new MemoryStorage();
  const tail = new KeptTail('board', storage, never);
  tail.add(one);
  tail.settled();
  expect(storage.length).toBe(0);
  const forbidden = () => {
    throw new DOMException('no', 'SecurityError');
  };
  const closed = { getItem: forbidden, setItem: forbidden, removeItem: forbidden, key: forbidden, length: 3 };
  const careful = new KeptTail('board', closed, never);
  expect(careful.take()).toEqual([]);
  careful.add(one);
  careful.settled();
});
