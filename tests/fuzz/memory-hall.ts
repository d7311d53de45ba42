import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises'; // passes also where a test says what time it is
import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { replaysRunning } from '#server/history/replayer.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import type { DocumentStore } from '#server/storage/ports/documents.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { StorageError } from '#server/storage/ports/storage-error.ts';
import { SyncServer, type SyncServerOptions } from '#server/sync/sync-server.ts';
import { TablePermissions } from '../integration/sync-rig.ts';
import { HallNet } from './hall-net.ts';

const MEMORY = '/dev/shm'; // a disk that need not be waited for: what is tested here is order, not endurance

/** Each call of the document store passes here first, and may wait or fail. */
export type Gate = (call: keyof DocumentStore) => Promise<{ failAfter?: boolean } | void>;

/** The sync endpoint over a real database and sockets in memory. It can be killed and started again on the same data. */
export class MemoryHall {
  readonly storage: Storage;
  readonly permissions = new TablePermissions();
  readonly net: HallNet;
  readonly #dataDir: string;
  readonly #options: Partial<SyncServerOptions>;
  readonly #asked = new Set<Promise<unknown>>();
  gate: Gate = () => Promise.resolve();
  /** Storage says that it takes no writes. */
  isDown = false;
  sync: SyncServer;

  static async open(options: Partial<SyncServerOptions> = {}): Promise<MemoryHall> {
    const dataDir = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'dastarkhan-memory-'));
    return new MemoryHall(await openStorage({ dataDir, databaseUrl: undefined }), dataDir, options);
  }

  private constructor(storage: Storage, dataDir: string, options: Partial<SyncServerOptions>) {
    this.storage = storage;
    this.#dataDir = dataDir;
    this.#options = options;
    this.sync = this.#serve();
    this.net = new HallNet((req, socket, head) => {
      this.sync.upgrade(req, socket, head, (req.url ?? '/').split('?', 1)[0] ?? '/');
    });
  }

  /**
   * Until the threads have answered everything that got past the gate: the database and the replays have real time. It sleeps
   * meanwhile, as looking again and again takes the processor from those it waits for.
   */
  async quiet(): Promise<void> {
    await new Promise(setImmediate);
    while (this.#asked.size + replaysRunning() > 0) {
      await Promise.allSettled(this.#asked);
      if (replaysRunning() > 0) await pause(1);
      await new Promise(setImmediate);
    }
  }

  url(document: DocumentName, seat: string): string {
    return `ws://hall/sync/${document}?seat=${seat}`;
  }

  /** All connections and all that is in memory are gone; a new server begins with what is on disk. */
  async restart(): Promise<void> {
    this.net.tear();
    await this.sync.close();
    this.sync = this.#serve();
  }

  async close(): Promise<void> {
    this.net.tear();
    await this.sync.close();
    await this.storage.close();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  #serve(): SyncServer {
    return new SyncServer({
      documents: this.#gated(this.storage.documents),
      permissions: this.permissions,
      seatOf: (req) => {
        const seat = new URL(req.url ?? '/', 'http://hall').searchParams.get('seat');
        return Promise.resolve(seat ? { seatId: seat as SeatId, role: 'participant' } : null);
      },
      originAllowed: () => true,
      clock: Date.now,
      check: () => (this.isDown ? Promise.reject(new StorageError('down')) : Promise.resolve()),
      ...this.#options,
    });
  }

  /** Whatever the port will have: every method waits at the gate. */
  #gated(real: DocumentStore): DocumentStore {
    return new Proxy(real, {
      get: (target, key: keyof DocumentStore) => {
        const method = target[key] as unknown;
        if (typeof method !== 'function') return method;
        return async (...args: unknown[]) => {
          const { failAfter } = (await this.gate(key)) ?? {};
          const asked = Promise.resolve(method.apply(target, args));
          this.#asked.add(asked);
          try {
            const answer: unknown = await asked;
            if (failAfter) throw new StorageError('the answer was lost');
            return answer;
          } finally {
            this.#asked.delete(asked);
          }
        };
      },
    });
  }
}
