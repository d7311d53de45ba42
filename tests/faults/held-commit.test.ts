import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Forum } from '#domain/forum/forum.ts';
import type { ItemId, SeatId } from '#domain/ids.ts';
import { addItem } from '#protocol/board/edit.ts';
import { SYNC, SYNC_STEP_2, encodeStep1 } from '#protocol/sync.ts';
import type { Services } from '#server/services.ts';
import { databaseFile } from '#server/storage/open-storage.ts';
import type { DocumentStore } from '#server/storage/ports/documents.ts';
import { SyncClient } from '../integration/sync-client.ts';
import { GatedDocuments, until } from '../integration/sync-rig.ts';
import { furnish, servicesOn, type Guest } from './hall.ts';

const TRIALS = Number(process.env.TRIALS ?? 40); // 500 in CI
const LONG = 3_000; // ms
const LONG_EVERY = 125; // trials
const FAILS_EVERY = 20;
const OBSERVERS = 3;

test(
  `[Y2] ${TRIALS} commits held back or failing: no reader sees anything before it is stored`,
  {
    timeout: 900_000 + TRIALS * 3_000,
  },
  async () => {
    const house = await House.open();
    const counts = { looks: 0, held: 0, failed: 0, leaks: [] as string[] };
    const leak = (where: string, secret: string) => counts.leaks.push(`${secret} on ${where}`);
    try {
      const author = house.enter(0);
      const observers = Array.from({ length: OBSERVERS }, () => house.watch());
      await until(() => author.isSaved && observers.every(({ isSynced }) => isSynced), 'everybody is there');
      for (let trial = 1; trial <= TRIALS; trial += 1) {
        const secret = `secret-${String(trial).padStart(4, '0')}`;
        const fails = trial % FAILS_EVERY === 0;
        const appends = house.documents.appends;
        const release = house.documents.hold();
        addItem(
          author.doc,
          { id: `item${trial}` as ItemId, theme: null, lang: 'en', blocks: [paragraph(secret)] },
          { seat: 'author' as SeatId, at: trial },
        );
        await until(() => house.documents.appends > appends, 'the commit has begun');
        if (trial % LONG_EVERY === 1) await new Promise((resolve) => setTimeout(resolve, LONG));
        const late = house.watch();
        await until(() => late.isSynced, 'a late one has the board');
        const look = async () => {
          counts.looks += 1;
          for (const [index, observer] of observers.entries())
            if (observer.heard(secret)) leak(`wire ${index}`, secret);
          if (late.heard(secret)) leak('the wire of a late one', secret);
          for (const format of ['json', 'html'] as const) {
            if ((await house.export(format)).includes(secret)) leak(`the ${format} export`, secret);
          }
          if (house.stored().includes(secret)) leak('the disk', secret);
          if (author.isSaved) leak('the author’s “saved”', secret);
          expect(counts.leaks).toEqual([]);
        };
        await look();
        if (fails) {
          const refusals = author.refusals.length;
          house.documents.fail('disk full');
          release();
          await until(() => author.refusals.length > refusals, 'the author is told');
          await look();
          counts.failed += 1;
          house.documents.fail(null);
        } else {
          counts.held += 1;
          release();
        }
        await until(
          () => observers.every((observer) => observer.heard(secret)) && late.heard(secret),
          'all are shown it',
        );
        await until(() => author.isSaved, 'it is acknowledged');
        expect((await house.export('json')).includes(secret)).toBe(true);
        late.close();
        for (const observer of observers) observer.forget();
      }
    } finally {
      await house.close();
    }
    console.log(
      `${counts.held} commits held, ${counts.failed} failed, ${counts.looks} looks at ${OBSERVERS + 1} wires, two exports ` +
        `and the disk, ${counts.leaks.length} leaks`,
    );
    expect(counts.leaks).toEqual([]);
    expect(counts.failed).toBeGreaterThan(0);
    expect(counts.held).toBeGreaterThan(counts.failed);
  },
);

const paragraph = (text: string) => ({ kind: 'paragraph' as const, lang: 'en' as const, runs: [{ text }] });

/** Everything that the server is, in this process, so that its commits can be held. */
class House {
  readonly documents: GatedDocuments;
  readonly #services: Services;
  readonly #dataDir: string;
  readonly #forum: Forum;
  readonly #guests: readonly Guest[];
  readonly #server = createServer();
  readonly #open: { close(): void }[] = [];

  static async open(): Promise<House> {
    const dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-held-'));
    const services = await servicesOn(dataDir);
    const { forum, guests } = await furnish(services, 2, 1);
    const house = new House(services, dataDir, forum, guests);
    await new Promise<void>((resolve) => house.#server.listen(0, '127.0.0.1', resolve));
    return house;
  }

  private constructor(services: Services, dataDir: string, forum: Forum, guests: readonly Guest[]) {
    this.#services = services;
    this.#dataDir = dataDir;
    this.#forum = forum;
    this.#guests = guests;
    const { documents } = services.storage;
    const append: DocumentStore['append'] = documents.append.bind(documents);
    this.documents = new GatedDocuments({ append } as DocumentStore);
    documents.append = (rows, also) => this.documents.append(rows, also);
    this.#server.on('upgrade', (req, socket, head) => services.upgrade(req, socket, head));
  }

  enter(index: number): SyncClient {
    const { document, headers } = this.#way(index);
    const client = new SyncClient(`${this.#origin.replace('http', 'ws')}/sync`, null, { document, headers });
    this.#open.push({ close: () => client.destroy() });
    return client;
  }

  watch(): Wire {
    const { document, headers } = this.#way(1);
    const wire = new Wire(`${this.#origin.replace('http', 'ws')}/sync/${document}`, headers);
    this.#open.push(wire);
    return wire;
  }

  async export(format: 'json' | 'html'): Promise<string> {
    const { bytes } = await this.#services.outcomes.export(this.#forum, format);
    return new TextDecoder().decode(bytes);
  }

  /** The last rows, as another process would find them. */
  stored(): string {
    const database = new Sqlite(databaseFile(this.#dataDir), { readonly: true });
    try {
      return (
        database.prepare('select bytes from document_update order by rowid desc limit 20').pluck().all() as Buffer[]
      )
        .map((bytes) => bytes.toString('latin1'))
        .join('\n');
    } finally {
      database.close();
    }
  }

  async close(): Promise<void> {
    for (const open of this.#open) open.close();
    await this.#services.close();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  get #origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  #way(index: number): { document: Guest['document']; headers: Record<string, string> } {
    const { document, cookie } = this.#guests[index]!;
    return { document, headers: { cookie, origin: this.#origin } };
  }
}

/** A reader of whom every byte is kept. */
class Wire {
  readonly #socket: WebSocket;
  #frames: Buffer[] = [];
  isSynced = false;

  constructor(url: string, headers: Record<string, string>) {
    this.#socket = new WebSocket(url, { headers });
    this.#socket.on('message', (data) => {
      const frame = data as Buffer;
      this.#frames.push(frame);
      if (frame[0] === SYNC && frame[1] === SYNC_STEP_2) this.isSynced = true;
    });
    this.#socket.on('open', () => this.#socket.send(encodeStep1(Uint8Array.of(0))));
  }

  heard(text: string): boolean {
    return this.#frames.some((frame) => frame.includes(text));
  }

  /** What was heard up to now was looked at. */
  forget(): void {
    this.#frames = [];
  }

  close(): void {
    this.#socket.terminate();
  }
}
