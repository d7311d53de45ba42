import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUp } from '#server/storage/backup.ts';
import { databaseFile, openStorage, prepareFolder } from '#server/storage/open-storage.ts';
import { verify } from '#server/storage/verify.ts';
import { replay } from '#server/sync/replay.ts';
import { until } from '../integration/sync-rig.ts';
import { bareHall } from './hall.ts';
import { Seeded } from './seeded.ts';

const BACKUPS = 10;
const PEOPLE = 4;
const configOf = (dataDir: string) => ({
  ...{ port: 0, host: undefined, origin: undefined, dataDir, databaseUrl: undefined, redisUrl: undefined },
});

test(
  `[Y25] ${BACKUPS} backups while ${PEOPLE} people type each hold the log up to some edit and nothing after it`,
  { timeout: 120_000 },
  async () => {
    const random = new Seeded();
    const hall = bareHall();
    const folder = mkdtempSync(join(tmpdir(), 'dastarkhan-backups-'));
    await hall.server.start();
    const people = Array.from({ length: PEOPLE }, (_, index) => ({ client: hall.enter(index), typed: 0 }));
    const timers = people.map((person, index) =>
      setInterval(
        () => {
          if (person.client.provider.synced) {
            person.client.doc.getArray<string>('markers').push([`${index}-${person.typed}`]);
            person.typed += 1;
          }
        },
        random.between(5, 15),
      ),
    );
    const saved = () => people.map(({ client, typed }) => typed - client.acknowledgements.unsaved);
    const [document] = hall.documents;
    try {
      await until(() => saved().every((count) => count > 20), 'everybody types');
      const seqs: number[] = [];
      for (let count = 0; count < BACKUPS; count += 1) {
        const [least, copy] = [saved(), join(folder, `copy${count}`)];
        await backUp(configOf(hall.dataDir), join(folder, 'backup'));
        const most = people.map(({ typed }) => typed);
        prepareFolder(copy);
        renameSync(join(folder, 'backup'), databaseFile(copy));
        expect((await verify(configOf(copy))).problems).toEqual([]);
        const storage = await openStorage({ dataDir: copy, databaseUrl: undefined });
        const stored = await storage.documents.read(document!);
        await storage.close();
        const markers = replay(document!, stored).getArray<string>('markers').toArray();
        for (const [index] of people.entries()) {
          const own = markers.filter((marker) => marker.startsWith(`${index}-`));
          expect(own).toEqual(own.map((_, place) => `${index}-${place}`));
          expect(own.length).toBeGreaterThanOrEqual(least[index]!);
          expect(own.length).toBeLessThanOrEqual(most[index]!);
        }
        seqs.push(stored.seq);
        await until(() => saved().every((now, index) => now > least[index]!), 'everybody goes on typing');
      }
      expect(new Set(seqs).size).toBe(BACKUPS);
      console.log(`backups at ${seqs.join(', ')}, seed ${random.seed}`);
    } finally {
      timers.forEach(clearInterval);
      for (const { client } of people) client.destroy();
      await hall.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
