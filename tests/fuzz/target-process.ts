import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import type { DocumentName } from '#protocol/document-name.ts';
import { encodeUpdate } from '#protocol/sync.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import { writeRules } from '#server/sync/write-rules.ts';
import * as Y from 'yjs';
import { syncOf } from '../integration/sync-rig.ts';
import { Seeded } from '../faults/seeded.ts';
import { HallNet } from './hall-net.ts';
import { HostileFrames } from './hostile-frames.ts';
import { RawAttacker } from './raw-attacker.ts';

/**
 * The sync endpoint in a process of its own that measures itself: how long each message took to handle, and how much memory it
 * holds. It listens on TCP, and can be stormed from within, where a million frames take a minute. Orders come as IPC.
 */
export type Order =
  | { readonly kind: 'figures' }
  | { readonly kind: 'storm'; readonly document: DocumentName; readonly frames: number; readonly seed: number };

export interface Figures {
  readonly handled: number;
  /** Milliseconds of the processor for the slowest message since the last order. */
  readonly slowest: number;
  readonly over20: number;
  readonly rss: number;
  /** Milliseconds of the processor that the main thread took since the last order, and that have passed. */
  readonly cpu: number;
  readonly passed: number;
  /** Milliseconds of the processor for the longest turn of its event loop since the last order. */
  readonly held: number;
}

export interface Storm extends Figures {
  readonly sent: number;
  readonly closes: Readonly<Record<string, number>>;
  /** Milliseconds of those that took more than 20, at their best of three more times. */
  readonly slowAgain: readonly number[];
}

const SLOW = 20; // ms
const CONNECTIONS = 64;
const MOST_EACH = 40; // frames of one connection; an attacker who never errs comes back too
const BETWEEN_LOOKS = 16;

const [dataDir = '', rules = ''] = process.argv.slice(2);
const storage = await openStorage({ dataDir, databaseUrl: undefined });
const sync = syncOf(storage, rules ? { rules: writeRules } : {});
const upgrade: ConstructorParameters<typeof HallNet>[0] = (req, socket, head) =>
  sync.upgrade(req, socket, head, (req.url ?? '/').split('?', 1)[0] ?? '/');
const net = new HallNet(upgrade);
const server = createServer();
server.on('upgrade', upgrade);

/** Milliseconds of the processor between two looks: what others do on this machine does not count. */
let held = 0;
let heldAt = process.threadCpuUsage();
setInterval(() => {
  const { user, system } = process.threadCpuUsage(heldAt);
  heldAt = process.threadCpuUsage();
  held = Math.max(held, (user + system) / 1_000);
}, 1).unref();
let handled = 0;
let slowest = 0;
let lookedAt = { cpu: process.threadCpuUsage(), time: performance.now() };
let slow: Uint8Array[] = [];
let probe: { readonly frame: Uint8Array; took: number | null } | null = null;
const emit = WebSocket.prototype.emit;
WebSocket.prototype.emit = function (this: WebSocket, event: string | symbol, ...args: unknown[]): boolean {
  if (event !== 'message' || this.readyState !== WebSocket.OPEN) return emit.call(this, event, ...args);
  const frame = (args[0] as Buffer).slice();
  const before = process.threadCpuUsage();
  const answer = emit.call(this, event, ...args);
  const { user, system } = process.threadCpuUsage(before);
  const took = (user + system) / 1_000; // what others do on this machine does not count
  handled += 1;
  slowest = Math.max(slowest, took);
  if (took > SLOW) slow.push(frame);
  if (probe && Buffer.compare(probe.frame, frame) === 0) probe.took = took;
  return answer;
} as typeof emit;

function figures(): Figures {
  const { user, system } = process.threadCpuUsage(lookedAt.cpu);
  const passed = performance.now() - lookedAt.time;
  lookedAt = { cpu: process.threadCpuUsage(), time: performance.now() };
  const rss = process.memoryUsage.rss();
  const now = { handled, slowest, over20: slow.length, rss, cpu: (user + system) / 1_000, passed, held };
  held = 0;
  handled = 0;
  slowest = 0;
  slow = [];
  return now;
}

async function storm(document: DocumentName, frames: number, seed: number): Promise<Storm> {
  figures();
  const random = new Seeded(seed);
  const hostile = new HostileFrames(random);
  const closes: Record<string, number> = {};
  let attackers: RawAttacker[] = [];
  let sent = 0;
  let seat = 0;
  const enter = () => new RawAttacker(net, `/sync/${document}?seat=hostile${String((seat += 1)).padStart(6, '0')}`);
  while (sent < frames) {
    while (attackers.length < CONNECTIONS) attackers.push(enter());
    for (let look = 0; look < BETWEEN_LOOKS; look += 1) {
      for (const attacker of attackers) {
        if (!attacker.isOpen || attacker.sent >= MOST_EACH) continue;
        attacker.send(hostile.next());
        sent += 1;
      }
      await new Promise(setImmediate);
    }
    attackers = attackers.filter((attacker) => {
      const { closedWith } = attacker;
      if (closedWith === null && attacker.sent < MOST_EACH) return true;
      // whoever was sent away goes on speaking: nothing of it may be heard
      if (closedWith !== null && random.next() < 0.1) attacker.send(AFTER_THE_END);
      closes[closedWith ?? 'own will'] = (closes[closedWith ?? 'own will'] ?? 0) + 1;
      setImmediate(() => attacker.leave());
      return false;
    });
  }
  for (const attacker of attackers) attacker.leave();
  const culprits = slow.slice(0, 20);
  const summary = figures();
  const slowAgain: number[] = [];
  for (const frame of culprits) slowAgain.push(await best(frame, enter));
  return { ...summary, sent, closes, slowAgain };
}

async function best(frame: Uint8Array, enter: () => RawAttacker): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < 3; time += 1) {
    const attacker = enter();
    while (!attacker.isOpen) await new Promise(setImmediate);
    probe = { frame, took: null };
    attacker.send(frame);
    while (probe.took === null) await new Promise(setImmediate);
    times.push(probe.took);
    attacker.leave();
  }
  probe = null;
  figures();
  return Math.min(...times);
}

const AFTER_THE_END = (() => {
  const doc = new Y.Doc();
  doc.getMap('items').set('after-the-end', 1);
  return encodeUpdate(Y.encodeStateAsUpdate(doc));
})();

process.on('message', (order: Order) => {
  if (order.kind === 'figures') process.send?.(figures());
  else void storm(order.document, order.frames, order.seed).then((result) => process.send?.(result));
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('SIGTERM', () => {
  void sync
    .close()
    .then(() => storage.close())
    .then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(1)); // whoever attacks it is gone
