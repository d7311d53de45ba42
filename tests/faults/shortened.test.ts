import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../integration/sync-rig.ts';
import { isBuilt, wholeHall } from './hall.ts';
import { Seeded } from './seeded.ts';
import { Typist } from './typist.ts';

const PEOPLE = 8;
const ROOMS = 2;
const PACE = { least: 5, most: 20 }; // ms

test.skipIf(!isBuilt)(
  '[D6] the end of the log is lost: the start says so, and people’s browsers bring everything back',
  async () => {
    const random = new Seeded();
    const hall = await wholeHall(PEOPLE, { rooms: ROOMS });
    const people: Typist[] = [];
    try {
      await hall.server.start();
      for (let index = 0; index < PEOPLE; index += 1) {
        people.push(new Typist(hall.enter(index, { remembersLineage: true }), `p${index}`, random, PACE));
      }
      for (const person of people) person.type();
      await until(() => people.every(({ edits }) => edits >= 40), 'they write');
      for (const person of people) person.rest();
      await until(() => people.every(({ client }) => client.isSaved), 'all is saved');
      await hall.server.kill();
      const log = join(hall.dataDir, 'dastarkhan.db-wal');
      const whole = readFileSync(log);
      writeFileSync(log, whole.subarray(0, Math.floor(whole.length / 2)));

      await hall.server.start();
      expect(hall.server.stderr).toMatch(
        /lost the end of its history[\s\S]*board\/faultroom001: \d+ edits are missing/,
      );
      await until(() => people.every(({ client }) => client.isSaved), 'everybody is saved again');
      for (const [index, document] of hall.documents.entries()) {
        const room = people.filter(({ client }) => client.document === document);
        const standing = room.flatMap((person) => person.standing).sort();
        const newcomer = hall.enter(index);
        const seen = () => newcomer.doc.getArray<string>('items').toArray().sort();
        await until(() => newcomer.isSaved && seen().length >= standing.length, 'a newcomer has all of it');
        expect(seen()).toEqual(standing);
        newcomer.destroy();
      }
      for (const person of people) person.edit();
      await until(() => people.every(({ client }) => client.isSaved), 'they write on');
    } finally {
      for (const { client } of people) client.destroy();
      await hall.remove();
    }
  },
);
