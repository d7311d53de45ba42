import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { openStorage } from '#server/storage/open-storage.ts';
import { replay } from '#server/sync/replay.ts';
import { BOARD, SyncClient, until } from '../integration/sync-rig.ts';
import { Seeded } from './seeded.ts';

const KILLS = Number(process.env.KILLS ?? 20);
const PEOPLE = 5;
const PAUSE = 18; // ms at least between two edits of one person: below the 50 frames/s that the server takes

/** One person who adds markers and sometimes takes one back, and remembers the order. */
class Typist {
  readonly client: SyncClient;
  readonly edits: { readonly kind: 'add' | 'remove'; readonly marker: string }[] = [];
  readonly #name: string;
  readonly #random: Seeded;
  #timer: NodeJS.Timeout | null = null;

  constructor(url: string, name: string, random: Seeded) {
    this.#name = name;
    this.#random = random;
    this.client = new SyncClient(url, name);
  }

  /** The first so many edits were acknowledged. */
  get acknowledged(): number {
    return this.edits.length - this.client.acknowledgements.unsaved;
  }

  get markers(): string[] {
    return this.client.doc.getArray<string>('markers').toArray();
  }

  isOwn(marker: string): boolean {
    return marker.startsWith(this.#name);
  }

  type(): void {
    this.#timer = setTimeout(
      () => {
        this.#edit();
        this.type();
      },
      this.#random.between(PAUSE, 2 * PAUSE),
    );
  }

  rest(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #edit(): void {
    const array = this.client.doc.getArray<string>('markers');
    const own = this.#random.next() < 0.15 ? array.toArray().findIndex((marker) => this.isOwn(marker)) : -1;
    if (own >= 0) {
      this.edits.push({ kind: 'remove', marker: array.get(own) });
      array.delete(own);
    } else {
      const marker = `${this.#name}-${this.edits.length}`;
      this.edits.push({ kind: 'add', marker });
      array.insert(this.#random.between(0, array.length), [marker]);
    }
  }
}

test(
  `[Y2] ${KILLS} times kill -9 while ${PEOPLE} people type: nothing that was acknowledged or visible is missing`,
  { timeout: 30_000 + KILLS * 6_000 },
  async () => {
    const random = new Seeded();
    const dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-kill-'));
    let { child, port } = await start(dataDir, 0);
    const url = `ws://127.0.0.1:${port}/sync`;
    const typists = Array.from({ length: PEOPLE }, (_, index) => new Typist(url, `seat000${index}`, random));
    const clients = typists.map(({ client }) => client);
    const lost: string[] = [];
    let visible = 0;
    try {
      for (let kill = 1; kill <= KILLS; kill += 1) {
        await until(() => clients.every(({ provider }) => provider.synced), 'everybody is connected');
        for (const typist of typists) typist.type();
        await new Promise((resolve) => setTimeout(resolve, random.between(100, 700)));
        child.kill('SIGKILL');
        await until(() => clients.every(({ provider }) => !provider.wsconnected), 'everybody noticed');
        for (const typist of typists) typist.rest();
        const disk = new Set(await markersOnDisk(dataDir));
        for (const typist of typists) {
          lost.push(...missing(typist, disk).map((marker) => `kill ${kill}: acknowledged ${marker}`));
          const seen = typist.markers.filter((marker) => !typist.isOwn(marker));
          visible += seen.length;
          const gone = new Set(typists.flatMap(({ edits }) => removedMarkers(edits)));
          lost.push(
            ...seen.filter((marker) => !disk.has(marker) && !gone.has(marker)).map((m) => `kill ${kill}: visible ${m}`),
          );
        }
        ({ child } = await start(dataDir, port));
      }
      await until(() => clients.every(({ isSaved }) => isSaved), 'everything is saved in the end');
      await until(() => sameForAll(typists), 'everybody holds the same');
    } finally {
      for (const client of clients) client.destroy();
      child.kill('SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    }
    const acknowledged = typists.reduce((sum, typist) => sum + typist.acknowledged, 0);
    console.log(
      `${KILLS} kills, ${acknowledged} acknowledged edits, ${visible} visible, ${lost.length} lost, seed ${random.seed}`,
    );
    expect(acknowledged).toBeGreaterThan(KILLS * PEOPLE);
    expect(lost).toEqual([]);
  },
);

/** What the disk contradicts: an acknowledged addition that is absent, an acknowledged removal that is not. */
function missing(typist: Typist, disk: ReadonlySet<string>): string[] {
  const { edits, acknowledged } = typist;
  const sure = edits.slice(0, acknowledged);
  const removed = new Set(removedMarkers(edits)); // a removal on its way may be on disk already
  const absent = sure.filter(({ kind, marker }) => kind === 'add' && !removed.has(marker) && !disk.has(marker));
  const back = sure.filter(({ kind, marker }) => kind === 'remove' && disk.has(marker));
  return [...absent, ...back].map(({ kind, marker }) => `${kind} ${marker}`);
}

const removedMarkers = (edits: Typist['edits']) =>
  edits.filter(({ kind }) => kind === 'remove').map(({ marker }) => marker);

const sameForAll = (typists: readonly Typist[]) => new Set(typists.map(({ markers }) => markers.join())).size === 1;

async function markersOnDisk(dataDir: string): Promise<string[]> {
  const storage = await openStorage({ dataDir, databaseUrl: undefined });
  const doc = replay(BOARD, await storage.documents.read(BOARD));
  await storage.close();
  return doc.getArray<string>('markers').toArray();
}

async function start(dataDir: string, port: number): Promise<{ child: ChildProcess; port: number }> {
  const entry = join(import.meta.dirname, 'sync-process.ts');
  const child = spawn(process.execPath, [entry, dataDir, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const ready = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    lines.once('line', resolve);
  });
  return { child, port: Number(ready.split(' ')[1]) };
}
