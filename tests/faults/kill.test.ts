import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStorage } from '#server/storage/open-storage.ts';
import { replay } from '#server/sync/replay.ts';
import { until } from '../integration/sync-rig.ts';
import { bareHall, wholeHall, type Hall } from './hall.ts';
import { Seeded } from './seeded.ts';
import { Typist } from './typist.ts';

const KILLS = Number(process.env.KILLS ?? 20);
const PEOPLE = 5;
const isBuilt = existsSync(join(import.meta.dirname, '../../build/handler.js'));

describe(`kill -9, ${KILLS} times while ${PEOPLE} people type`, { timeout: 30_000 + KILLS * 8_000 }, () => {
  test('[Y2] the endpoint loses nothing that was acknowledged or visible', () => run('endpoint', bareHall));
  test.skipIf(!isBuilt)('[Y2] the whole server loses nothing that was acknowledged or visible', () =>
    run('server', () => wholeHall(PEOPLE)),
  );
});

async function run(name: string, open: () => Hall | Promise<Hall>): Promise<void> {
  const random = new Seeded();
  const hall = await open();
  const typists: Typist[] = [];
  const lost: string[] = [];
  let visible = 0;
  try {
    await hall.start();
    for (let index = 0; index < PEOPLE; index += 1) {
      typists.push(new Typist(hall.enter(index), `person${index}`, random));
    }
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await until(() => typists.every(({ client }) => client.provider.synced), 'everybody is connected');
      for (const typist of typists) typist.type();
      await new Promise((resolve) => setTimeout(resolve, random.between(100, 700)));
      await hall.kill();
      await until(() => typists.every(({ client }) => !client.provider.wsconnected), 'everybody noticed');
      for (const typist of typists) typist.rest();
      // read while the server is down: on its return everybody would offer again what is missing
      const disk = new Set(await markersOnDisk(hall));
      const gone = new Set(typists.flatMap(({ removed }) => removed));
      for (const typist of typists) {
        const unstored = typist.seen.filter((marker) => !disk.has(marker) && !gone.has(marker));
        visible += typist.seen.length;
        lost.push(...typist.missingOn(disk), ...unstored.map((marker) => `visible ${marker}`));
      }
      await hall.start();
    }
    await until(() => typists.every(({ client }) => client.isSaved), 'everything is saved in the end');
    await until(
      () => new Set(typists.map(({ markers }) => markers.join())).size === 1,
      'everybody holds the same in the end',
    );
  } finally {
    for (const { client } of typists) client.destroy();
    await hall.remove();
  }
  const acknowledged = typists.reduce((sum, typist) => sum + typist.acknowledged, 0);
  console.log(
    `${name}: ${KILLS} kills, ${acknowledged} acknowledged edits, ${visible} seen by others, ${lost.length} lost, seed ${random.seed}`,
  );
  expect(acknowledged).toBeGreaterThan(KILLS * PEOPLE);
  expect(lost).toEqual([]);
}

async function markersOnDisk({ dataDir, document }: Hall): Promise<string[]> {
  const storage = await openStorage({ dataDir, databaseUrl: undefined });
  const doc = replay(document, await storage.documents.read(document));
  await storage.close();
  return doc.getArray<string>('markers').toArray();
}
