import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { DocumentName } from '#protocol/document-name.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { KnownClocks } from './known-clocks.ts';
import { SyncProvider } from './sync-provider.ts';

/** A socket that nobody answers. */
class Hung extends EventTarget {
  static readonly made: Hung[] = [];
  readonly at = Date.now();
  closedAt: number | null = null;

  constructor() {
    super();
    Hung.made.push(this);
  }
  close(): void {
    this.closedAt ??= Date.now();
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  vi.stubGlobal('WebSocket', Hung);
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
  Hung.made.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function provider(): SyncProvider {
  const doc = new Y.Doc();
  const nothing = () => undefined;
  const events = {
    counted: nothing,
    heard: nothing,
    progressed: nothing,
    greeted: nothing,
    refused: nothing,
    synced: nothing,
    away: nothing,
    turnedAway: nothing,
    closed: nothing,
    slowed: nothing,
  };
  return new SyncProvider({
    url: 'ws://hall.test/sync',
    document: 'board/one' as DocumentName,
    doc,
    awareness: new Awareness(doc),
    acknowledgements: new Acknowledgements(),
    known: new KnownClocks(),
    lineage: null,
    hasWords: () => true,
    events,
  });
}

test('[Y30] a socket that never opens is dropped and tried anew, each time with a little more patience', async () => {
  const knocking = provider();
  knocking.connect();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(Hung.made.map(({ at }) => at)).toEqual([0, 8_000, 18_000, 30_000, 44_000, 60_000]);
  expect(Hung.made.map(({ closedAt }) => closedAt)).toEqual([8_000, 18_000, 30_000, 44_000, 60_000, null]);
  knocking.destroy();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(Hung.made).toHaveLength(6);
});
