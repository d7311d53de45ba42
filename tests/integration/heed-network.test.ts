import { afterEach, expect, test, vi } from 'vitest';
import { heedNetwork } from '#lib/live/heed-network.ts';
import { liveRig } from './live-rig.ts';

afterEach(() => vi.useRealTimers());

test('[W38] a network that goes is seen at once, and one that is back is asked before the next try is due', async () => {
  const rig = await liveRig();
  const { socket } = rig.join(rig.seats.add('aida', 'organizer'));
  socket.io.reconnection(true);
  socket.io.reconnectionDelay(600_000);
  socket.io.reconnectionDelayMax(600_000);
  const network = new EventTarget();
  const stop = heedNetwork(socket, network);
  await vi.waitUntil(() => socket.connected, { timeout: 60_000 });
  network.dispatchEvent(new Event('offline'));
  expect(socket.connected).toBe(false);
  network.dispatchEvent(new Event('online'));
  await vi.waitUntil(() => socket.connected, { timeout: 60_000 });
  stop();
  network.dispatchEvent(new Event('offline'));
  expect(socket.connected).toBe(true);
  await rig.close();
});

test.each([
  ['is connected already', { connected: true, active: true }],
  ['was sent away', { connected: false, active: false }],
])('[W38] who %s does not come anew with the network', async (_, state) => {
  vi.useFakeTimers();
  const network = new EventTarget();
  const deeds: string[] = [];
  const socket = {
    ...state,
    disconnect: () => ({ connect: () => deeds.push('comes anew') }),
    io: { engine: { close: () => deeds.push('closes') } },
  };
  heedNetwork(socket, network);
  network.dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(deeds).toEqual([]);
});
