import { beforeEach, expect, test } from 'vitest';
import { Receipts } from './receipts.ts';

let receipts: Receipts;
beforeEach(() => {
  receipts = new Receipts();
});

const queued = () => {
  receipts.received();
  receipts.queued();
  return receipts.frames;
};

test('[Y12] a frame is acknowledged when it is stored, with those behind it that needed no row', () => {
  const first = queued();
  const second = queued();
  receipts.received();
  expect(receipts.known()).toBeNull();
  expect(receipts.stored(first)).toBe(1);
  expect(receipts.stored(second)).toBe(3);
  receipts.received();
  expect(receipts.known()).toBe(4);
});

test('[Y12] after a refusal changes are held until something complete is taken', () => {
  const first = queued();
  receipts.refused(first);
  expect(receipts.isHeld).toBe(true);
  expect(receipts.stored(queued())).toBe(2);
  expect(receipts.isHeld).toBe(false);
});
