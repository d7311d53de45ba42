import { expect } from 'vitest';
import type { DocumentName } from '#protocol/document-name.ts';
import { integrityOf } from '#server/storage/dialects.ts';
import { openDatabase, storageOver } from '#server/storage/open-storage.ts';
import { replay } from '#server/sync/replay.ts';
import { until } from '../integration/sync-rig.ts';
import type { Hall } from './hall.ts';
import { Seeded } from './seeded.ts';
import { Typist } from './typist.ts';

export const KILLS = Number(process.env.KILLS ?? 5); // 100 in CI
export const PEOPLE = 50;
export const ROOMS = 8;
const BACK_WITHIN = 2_000; // ms
const PACE = { least: 35, most: 65 }; // ms: 20 edits a second each

/**
 * Kills the hall's server so often while everybody writes, up to `longest` milliseconds after they began: whatever was acknowledged
 * or visible is there.
 */
export async function killed(name: string, hall: Hall, kills: number, longest: number): Promise<void> {
  const random = new Seeded();
  const typists: Typist[] = [];
  const lost: string[] = [];
  const damage: string[] = [];
  const counts = { visible: 0, busy: 0 };
  const away: number[] = [];
  let firstStart = 0;
  try {
    const asked = performance.now();
    await hall.server.start();
    firstStart = performance.now() - asked;
    for (let index = 0; index < PEOPLE; index += 1) {
      typists.push(new Typist(hall.enter(index), `person${index}`, random, PACE));
    }
    for (let kill = 1; kill <= kills; kill += 1) {
      await until(() => typists.every(({ client }) => client.provider.synced), 'everybody is connected');
      for (const typist of typists) typist.type();
      await new Promise((resolve) => setTimeout(resolve, random.between(200, longest)));
      if (typists.some(({ client }) => !client.isSaved)) counts.busy += 1;
      const found = hall.server.isSupervised
        ? await whenItIsBack(hall, typists, away)
        : await whileItIsDown(hall, typists);
      damage.push(...found.damage);
      const gone = new Set(typists.flatMap(({ removed }) => removed));
      for (const typist of typists) {
        const markers = found.markers.get(typist.client.document)!;
        const { seen } = typist;
        counts.visible += seen.length;
        const unstored = seen.filter((marker) => !markers.has(marker) && !gone.has(marker));
        lost.push(...typist.missingOn(markers), ...unstored.map((marker) => `visible ${marker}`));
      }
      expect([...lost, ...damage]).toEqual([]);
      if (!hall.server.isSupervised) await hall.server.start();
      for (const { client } of typists) client.provider.connect();
    }
    await until(() => typists.every(({ client }) => client.isSaved), 'everything is saved in the end');
    for (const document of hall.documents) {
      const room = typists.filter(({ client }) => client.document === document);
      const standing = room.flatMap((typist) => typist.standing).sort();
      await until(
        () => room.every(({ markers }) => markers.sort().join() === standing.join()),
        'everybody in a room holds every marker once in the end',
      );
    }
  } finally {
    for (const typist of typists) {
      typist.rest();
      typist.client.destroy();
    }
    await hall.remove();
  }
  const acknowledged = typists.reduce((sum, typist) => sum + typist.acknowledged, 0);
  console.log(
    `${name}: ${kills} kills, ${counts.busy} with edits on their way, ${acknowledged} acknowledged edits, ` +
      `${counts.visible} seen by others, ${lost.length} lost, ${damage.length} damaged, ` +
      `started in ${Math.round(firstStart)} ms, ${away.map((ms) => `back after ${Math.round(ms)} ms, `).join('')}seed ${random.seed}`,
  );
  // the least disturbed of them, on a machine that may have so much other work that even a first start takes longer
  if (hall.server.isSupervised) expect(Math.min(...away)).toBeLessThan(Math.max(BACK_WITHIN, firstStart * 1.5));
  expect(acknowledged).toBeGreaterThan(kills * PEOPLE);
  expect(counts.visible).toBeGreaterThan(kills * PEOPLE);
  expect(counts.busy).toBeGreaterThan(0);
}

interface Found {
  readonly damage: readonly string[];
  readonly markers: ReadonlyMap<DocumentName, ReadonlySet<string>>;
}

/** What is on the disk. */
async function whileItIsDown(hall: Hall, typists: readonly Typist[]): Promise<Found> {
  await hall.server.kill();
  await until(() => typists.every(({ client }) => !client.provider.wsconnected), 'everybody noticed');
  for (const typist of typists) typist.rest();
  for (const { client } of typists) client.provider.disconnect(); // or all knock five times a second until it is back
  // read while the server is down: on its return everybody would offer again what is missing
  return onDisk(hall);
}

/** What the server shows to newcomers, before anybody who wrote is back and offers again what is missing. */
async function whenItIsBack(hall: Hall, typists: readonly Typist[], away: number[]): Promise<Found> {
  const back = hall.server.killUnderSupervisor();
  for (const { client } of typists) client.provider.disconnect();
  for (const typist of typists) typist.rest();
  away.push(await back);
  const newcomers = hall.documents.map((_, index) => hall.enter(index));
  try {
    await until(() => newcomers.every(({ provider }) => provider.synced), 'newcomers see what is there');
    const markers = new Map(
      newcomers.map(({ document, doc }) => [document, new Set(doc.getArray<string>('items').toArray())]),
    );
    return { damage: [], markers };
  } finally {
    for (const newcomer of newcomers) newcomer.destroy();
  }
}

async function onDisk({ dataDir, documents }: Hall): Promise<Found> {
  const database = await openDatabase({ dataDir, databaseUrl: undefined });
  const integrity = await integrityOf(database.db, 'sqlite');
  const storage = await storageOver(database);
  const markers = new Map<DocumentName, ReadonlySet<string>>();
  for (const document of documents) {
    const doc = replay(document, await storage.documents.read(document));
    markers.set(document, new Set(doc.getArray<string>('items').toArray()));
  }
  await storage.close();
  return { damage: integrity === 'ok' ? [] : [integrity], markers };
}
