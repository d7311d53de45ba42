import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as decoding from 'lib0/decoding';
import { describe, expect, test } from 'vitest';
import { DURABLE, isUpdateFrame, readDurable } from '#protocol/sync.ts';
import type { SyncClient } from '../integration/sync-client.ts';
import { until } from '../integration/sync-rig.ts';
import { bareHall, isBuilt, wholeHall, type Hall, type HallOptions } from './hall.ts';
import { canTrace, systemCalls, traced } from './system-calls.ts';
import { WsFrames } from './ws-frames.ts';

const EDITS = Number(process.env.EDITS ?? 30); // 300 in CI
const CALLS = ['fsync', 'fdatasync', 'pwrite64', 'read', 'write', 'writev', 'sendto', 'sendmsg'];

// A kill does not show what only a power cut loses: pages that were written and not flushed.
describe.skipIf(!canTrace)('the system calls of the server', { timeout: 900_000 + EDITS * 1_000 }, () => {
  test('[Y2] of the endpoint: each edit is flushed to the disk before it is acknowledged or shown', () =>
    run('endpoint', (options) => Promise.resolve(bareHall(options))));
  test.skipIf(!isBuilt)('[Y2] of the whole server: the same', () => run('server', (options) => wholeHall(3, options)));
});

async function run(name: string, open: (options: HallOptions) => Promise<Hall>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dastarkhan-trace-'));
  const log = join(folder, 'calls');
  const hall = await open({ under: traced(log, CALLS) });
  const clients: SyncClient[] = [];
  try {
    await hall.server.start();
    const [author, observer] = [hall.enter(0), hall.enter(1)];
    clients.push(author, observer);
    await until(() => author.isSaved && observer.isSaved, 'both are connected');
    for (let edit = 0; edit < EDITS; edit += 1) {
      marks(author).push([markerOf(edit)]);
      await until(() => author.isSaved, `edit ${edit} is acknowledged`);
      if (edit === EDITS >> 1) clients.push(hall.enter(2)); // comes late, in the middle
    }
    await until(
      () =>
        clients.every((client) =>
          marks(client)
            .toArray()
            .includes(markerOf(EDITS - 1)),
        ),
      'all were shown it',
    );
    await hall.server.stop();
    const found = inspect(readFileSync(log, 'latin1'));
    const { flushes, acknowledged, shown, wrong } = found;
    console.log(
      `${name}: ${EDITS} edits, ${flushes} flushes of the log, ${acknowledged} acknowledgements and ${shown} edits shown ` +
        `to observers after their flush, ${wrong.length} before`,
    );
    expect(wrong).toEqual([]);
    expect(acknowledged).toBe(EDITS);
    expect(shown).toBeGreaterThanOrEqual(2 * EDITS);
    expect(flushes).toBeGreaterThanOrEqual(EDITS);
  } finally {
    for (const client of clients) client.destroy();
    await hall.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In a root that boards have: the whole server takes no other. */
const marks = ({ doc }: SyncClient) => doc.getArray<string>('items');
const markerOf = (edit: number): string => `<edit ${String(edit).padStart(5, '0')}>`;
const markersIn = (bytes: Buffer): string[] => bytes.toString('latin1').match(/<edit \d{5}>/g) ?? [];

/** What was in the database's log, and flushed, when frames left for the sockets. */
function inspect(log: string): { flushes: number; acknowledged: number; shown: number; wrong: string[] } {
  const written = new Set<string>();
  const durable = new Set<string>();
  const flushing = new Map<string, string[]>();
  const sockets = new Map<string, Connection>();
  const found = { flushes: 0, acknowledged: 0, shown: 0, wrong: [] as string[] };
  const isLog = (target: string) => target.endsWith('-wal');
  for (const { at, name, target, bytes, result } of systemCalls(log, (target) => isLog(target) || isTcp(target))) {
    if (isLog(target)) {
      const isFlush = name === 'fsync' || name === 'fdatasync';
      if (name === 'pwrite64' && at === 'left' && result === bytes.length) {
        for (const marker of markersIn(bytes)) written.add(marker);
      } else if (isFlush && at === 'entered') flushing.set(name, [...written]);
      else if (isFlush && result === 0) {
        found.flushes += 1;
        for (const marker of flushing.get(name) ?? []) durable.add(marker);
      }
      continue;
    }
    const socket = sockets.get(target) ?? new Connection();
    sockets.set(target, socket);
    if (name === 'read') {
      if (at === 'left') socket.received(bytes);
    } else if (name.startsWith('write') || name.startsWith('send')) {
      if (at === 'entered') {
        const { acknowledged, shown } = socket.sent(bytes);
        found.acknowledged += acknowledged.length;
        found.shown += shown.length;
        for (const marker of [...acknowledged, ...shown]) {
          if (!durable.has(marker)) found.wrong.push(`${marker} to ${target}`);
        }
      }
    }
  }
  return found;
}

const isTcp = (target: string) => target.startsWith('TCP');

/** One person's connection as it crossed the server's edge. */
class Connection {
  readonly #in = new WsFrames();
  readonly #out = new WsFrames();
  /** Markers of each update frame that came in. */
  readonly #frames: string[][] = [];
  #acknowledged = 0;

  received(bytes: Buffer): void {
    for (const { payload } of this.#in.take(bytes)) if (isUpdateFrame(payload)) this.#frames.push(markersIn(payload));
  }

  /** What leaving bytes tell of: edits acknowledged to their author, edits shown to somebody else. */
  sent(bytes: Buffer): { acknowledged: string[]; shown: string[] } {
    const acknowledged: string[] = [];
    const shown: string[] = [];
    for (const { opcode, payload } of this.#out.take(bytes)) {
      if (opcode !== 2) continue;
      const decoder = decoding.createDecoder(payload);
      if (decoding.readVarUint(decoder) === DURABLE) {
        const { frames } = readDurable(decoder);
        acknowledged.push(...this.#frames.slice(this.#acknowledged, frames).flat());
        this.#acknowledged = Math.max(this.#acknowledged, frames);
      } else shown.push(...markersIn(payload));
    }
    return { acknowledged, shown };
  }
}
