import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLOSE } from '#protocol/sync.ts';
import type { SyncClient } from '../integration/sync-client.ts';
import { until } from '../integration/sync-rig.ts';
import { dastarkhan } from '../rig/server-process.ts';
import { isBuilt, wholeHall } from './hall.ts';
import { Seeded } from './seeded.ts';
import { Typist } from './typist.ts';

const PEOPLE = 20;
const ROOMS = 4;
const PACE = { least: 20, most: 60 }; // ms

test.skipIf(!isBuilt)(
  '[Y10] an older backup is restored while people are connected: nothing of theirs merges into it',
  async () => {
    const random = new Seeded();
    const folder = mkdtempSync(join(tmpdir(), 'dastarkhan-backup-'));
    const backup = join(folder, 'backup.db');
    const hall = await wholeHall(PEOPLE, { rooms: ROOMS });
    const run = async (...args: string[]) => {
      const { code, stderr } = await dastarkhan(args, { DATA_DIR: hall.dataDir });
      expect(code, stderr).toBe(0);
    };
    const clients: SyncClient[] = [];
    const enter = (index: number): SyncClient => {
      const client = hall.enter(index, { remembersLineage: true });
      clients.push(client);
      return client;
    };
    const ofRoom = <T extends { readonly client: SyncClient }>(people: readonly T[], document: string) =>
      people.filter(({ client }) => client.document === document);
    try {
      await hall.server.start();
      const old = Array.from({ length: PEOPLE }, (_, index) => new Typist(enter(index), `old${index}`, random, PACE));
      const write = async (people: readonly Typist[]) => {
        const goals = people.map(({ edits }) => edits + 10);
        for (const person of people) person.type();
        await until(() => people.every(({ edits }, index) => edits >= goals[index]!), 'they write');
        for (const person of people) person.rest();
      };
      await write(old);
      await until(() => old.every(({ client }) => client.isSaved), 'all is saved before the backup');
      const atBackup = new Map(
        hall.documents.map((document) => [
          document,
          ofRoom(old, document)
            .flatMap(({ standing }) => standing)
            .sort(),
        ]),
      );
      await run('backup', backup);

      await write(old);
      for (const { client } of old.slice(0, PEOPLE / 2)) client.provider.disconnect(); // they write without a network
      await write(old);
      const after = old.reduce((sum, { standing }) => sum + standing.length, 0) - [...atBackup.values()].flat().length;
      const unsaved = old.reduce((sum, { client }) => sum + client.acknowledgements.unsaved, 0);
      expect(await hall.server.stop()).toBe(0);
      await run('restore', backup);
      await hall.server.start();
      for (const { client } of old) client.provider.connect();

      await until(
        () =>
          old.every(({ client }) => client.closes.at(-1) === CLOSE.lineageChanged && !client.provider.shouldConnect),
        'everybody is told that the document is another one, and stays away',
      );
      const again = Array.from({ length: PEOPLE }, (_, index) => new Typist(enter(index), `new${index}`, random, PACE));
      await until(() => again.every(({ client }) => client.isSaved), 'everybody opens it anew');
      for (const { client, markers } of again) expect(markers.sort()).toEqual(atBackup.get(client.document));
      for (const [index, { client }] of again.entries()) {
        expect(client.hellos[0]!.lineage).not.toBe(old[index]!.client.hellos[0]!.lineage);
      }
      // what they had is theirs still, for drafts
      for (const { markers, standing } of old)
        expect(standing.filter((marker) => !markers.includes(marker))).toEqual([]);

      await write(again);
      await until(() => again.every(({ client }) => client.isSaved), 'new edits are stored');
      for (const document of hall.documents) {
        const room = ofRoom(again, document);
        const all = [...atBackup.get(document)!, ...room.flatMap(({ standing }) => standing)].sort();
        await until(
          () => room.every(({ markers }) => markers.sort().join() === all.join()),
          'every marker is there once',
        );
      }
      console.log(
        `restored under ${PEOPLE} people in ${ROOMS} rooms: ${PEOPLE} copies kept apart with ${after} markers newer than ` +
          `the backup, ${unsaved} edits unsaved, 0 merged, seed ${random.seed}`,
      );
      expect(after).toBeGreaterThan(0);
      expect(unsaved).toBeGreaterThan(0);
      await run('verify');
    } finally {
      for (const client of clients) client.destroy();
      await hall.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
