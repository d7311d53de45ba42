import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { encodeAwareness, encodeStep1, encodeUpdate } from '#protocol/sync.ts';
import type { SeatId } from '#domain/ids.ts';
import { Intake } from './intake.ts';
import { SeatBudgets } from './seat-budgets.ts';

const SEAT = 'seat0001' as SeatId;
const NOTHING = Uint8Array.of(0, 0);
const KINDS = {
  'who is here': Buffer.of(3),
  'what one has': Buffer.from(encodeStep1(Uint8Array.of(0))),
  changes: Buffer.from(encodeUpdate(NOTHING)),
  'an unknown kind': Buffer.of(77, 1, 2),
};

class PausedSocket {
  isPaused = false;
  pause = () => void (this.isPaused = true);
  resume = () => void (this.isPaused = false);
}

let budgets: SeatBudgets;
let taken: number;
let exhausted: number;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  budgets = new SeatBudgets(Date.now);
  taken = exhausted = 0;
});
afterEach(() => void vi.useRealTimers());

function intakeOf(socket: PausedSocket, take: () => void = () => (taken += 1)): Intake {
  return new Intake({
    socket,
    seat: budgets.of(SEAT, 1e12),
    clock: Date.now,
    take,
    exhausted: () => (exhausted += 1),
  });
}

describe('how fast a socket is read', () => {
  test.each(Object.entries(KINDS))('[Y64] a flood of frames that say %s waits, and none is lost', (_kind, frame) => {
    const socket = new PausedSocket();
    const intake = intakeOf(socket);
    for (let count = 0; count < 600; count += 1) intake.put(frame);
    expect(taken).toBeLessThanOrEqual(401);
    expect(socket.isPaused).toBe(true);
    const before = taken;
    vi.advanceTimersByTime(1_000);
    expect(taken).toBeGreaterThan(before);
    expect(taken).toBeLessThan(before + 60);
    vi.advanceTimersByTime(150_000);
    expect(taken).toBe(600);
    expect(socket.isPaused).toBe(false);
  });

  test('[Y64] of presence that comes too fast the rest is left out, and nothing waits for it', () => {
    const socket = new PausedSocket();
    const intake = intakeOf(socket);
    for (let count = 0; count < 4_000; count += 1) intake.put(Buffer.from(encodeAwareness(NOTHING)));
    expect(taken).toBe(1_000);
    intake.put(KINDS.changes);
    expect([taken, socket.isPaused]).toEqual([1_001, false]);
  });

  test('[Y64] an answer costs what it is long, over all sockets of a seat', () => {
    const sockets = [new PausedSocket(), new PausedSocket()];
    const intakes = sockets.map((socket) => {
      const intake: Intake = intakeOf(socket, () => {
        taken += 1;
        intake.answered(10_000_000);
      });
      return intake;
    });
    for (let count = 0; count < 20; count += 1) intakes[count % 2]!.put(KINDS['what one has']);
    expect(taken).toBeLessThan(10);
    expect(sockets.every(({ isPaused }) => isPaused)).toBe(true);
    vi.advanceTimersByTime(10_000);
    expect(taken).toBeLessThan(14);
  });

  test('[Y64] who never stops is sent away', () => {
    const socket = new PausedSocket();
    const intake = intakeOf(socket);
    for (let second = 0; second < 70; second += 1) {
      for (let count = 0; count < 200; count += 1) intake.put(KINDS.changes);
      vi.advanceTimersByTime(1_000);
    }
    expect(exhausted).toBeGreaterThan(0);
  });

  test('[Y64] pings are not free, and whoever is not heard is not silent', () => {
    const socket = new PausedSocket();
    const intake = intakeOf(socket);
    for (let count = 0; count < 600; count += 1) intake.heard();
    expect([socket.isPaused, intake.isPaused]).toEqual([true, true]);
    vi.advanceTimersByTime(10_000);
    expect([socket.isPaused, intake.isPaused]).toEqual([false, false]);
  });

  test('[Y64] what comes while an answer is looked up keeps its order', () => {
    const socket = new PausedSocket();
    const order: number[] = [];
    const intake = new Intake({
      socket,
      seat: budgets.of(SEAT, 1e12),
      clock: Date.now,
      take: (frame) => order.push(frame[2]!),
      exhausted: () => undefined,
    });
    intake.put(Buffer.of(0, 2, 1));
    intake.hold();
    for (const number of [2, 3, 4]) intake.put(Buffer.of(0, 2, number));
    expect([order, socket.isPaused]).toEqual([[1], true]);
    intake.release();
    intake.put(Buffer.of(0, 2, 5));
    expect([order, socket.isPaused]).toEqual([[1, 2, 3, 4, 5], false]);
  });
});
