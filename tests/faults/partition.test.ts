import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { until } from '../integration/sync-rig.ts';
import { BadNetwork, OPEN, type Passage } from './bad-network.ts';
import { bareHall, type Hall } from './hall.ts';
import { Seeded } from './seeded.ts';
import { Typist } from './typist.ts';

const PEOPLE = Number(process.env.PEOPLE ?? 10); // 40 in CI
const ROUNDS = Number(process.env.ROUNDS ?? 4); // 20 in CI
const PACE = { least: 40, most: 120 }; // ms
const LOSS = { kind: 'lossy', rate: 0.3 } as const;
const COMPRESSED = 10; // times: a patience of 4 s becomes 0.4 s
const SLOW = { kind: 'delayed', ms: 100 } as const; // each way; 2 s to and fro, compressed

interface Trouble {
  readonly up: Passage;
  readonly down: Passage;
  /** No acknowledgement comes through it. */
  readonly isDeaf: boolean;
  /** The wall behind which TCP lives on may fall after the client gave its socket up (30 s of silence). */
  readonly outlasts?: boolean;
}

const TROUBLES = {
  none: { up: OPEN, down: OPEN, isDeaf: false },
  partition: { up: { kind: 'held' }, down: { kind: 'held' }, isDeaf: true },
  longPartition: { up: { kind: 'swallowed' }, down: { kind: 'swallowed' }, isDeaf: true, outlasts: true },
  halfOpenUp: { up: { kind: 'swallowed' }, down: OPEN, isDeaf: true },
  halfOpenDown: { up: OPEN, down: { kind: 'swallowed' }, isDeaf: true },
  lostFrames: { up: LOSS, down: OPEN, isDeaf: false },
  lostAcknowledgements: { up: OPEN, down: LOSS, isDeaf: false },
  slow: { up: SLOW, down: SLOW, isDeaf: false },
} as const satisfies Record<string, Trouble>;
type TroubleName = keyof typeof TROUBLES;

test(
  `[Y1] ${PEOPLE} people through ${ROUNDS} rounds of bad networks end with every marker once and nothing called saved that was not`,
  {
    timeout: 900_000 + ROUNDS * 30_000,
  },
  async () => {
    const random = new Seeded();
    const hall = bareHall();
    const networks: BadNetwork[] = [];
    const typists: Typist[] = [];
    const counts = { deaf: 0, unsaved: 0 };
    try {
      await hall.server.start();
      const port = () => Number(new URL(hall.server.origin).port);
      for (let index = 0; index < PEOPLE; index += 1) {
        const network = await new BadNetwork(port, random).open();
        networks.push(network);
        const client = hall.enter(index, { through: network.url, watchesAt: COMPRESSED });
        typists.push(new Typist(client, `person${index}`, random, PACE));
      }
      for (let round = 0; round < ROUNDS; round += 1) {
        await until(() => typists.every(({ client }) => client.isSaved), 'everybody is connected and saved');
        const names = networks.map((_, index) => nameOf(round, index, random));
        const before = typists.map(({ edits }) => edits);
        for (const typist of typists) typist.type();
        for (const [index, network] of networks.entries()) {
          const { up, down } = TROUBLES[names[index]!];
          Object.assign(network.passage, { up, down });
          if (random.next() < 0.1) network.tear();
        }
        await settled(random.between(500, 900));
        for (const [index, { client }] of typists.entries()) {
          if ('outlasts' in TROUBLES[names[index]!]) client.provider.wsLastMessageReceived = 0; // half a minute ago
        }
        await settled(random.between(500, 900));
        for (const typist of typists) typist.rest();

        const { markers, isWhole } = await shownByServer(hall);
        const onServer = new Set(markers);
        expect(isWhole, 'what a newcomer is sent builds on nothing that it lacks').toBe(true);
        for (const [index, typist] of typists.entries()) {
          const { isDeaf } = TROUBLES[names[index]!];
          counts.unsaved += typist.client.acknowledgements.unsaved;
          if (names[index] !== 'lostFrames')
            expect(typist.missingOn(onServer), `${names[index]}, round ${round}, seed ${random.seed}`).toEqual([]);
          if (!isDeaf || typist.edits === before[index]) continue;
          counts.deaf += 1;
          expect(typist.client.isSaved, names[index]).toBe(false);
          expect(typist.acknowledged, names[index]).toBeLessThanOrEqual(before[index]!);
        }

        for (const network of networks) network.heal();
        await until(() => typists.every(({ client }) => client.isSaved), 'everything is saved after it');
        const fresh = hall.enter(PEOPLE);
        await until(() => fresh.isSaved, 'a newcomer arrives');
        const all = [...typists.map(({ client }) => client), fresh];
        const snapshot = () => Y.snapshot(fresh.doc);
        await until(
          () => all.every(({ doc }) => Y.equalSnapshots(Y.snapshot(doc), snapshot())),
          'all have the same state vector and the same deletions',
        );
        const standing = typists.flatMap((typist) => typist.standing).sort();
        for (const { doc } of all) expect(doc.getArray<string>('items').toArray().sort()).toEqual(standing);
        expect(new Set(all.map(({ doc }) => JSON.stringify(doc.getArray('items')))).size).toBe(1);
        fresh.destroy();
      }
    } finally {
      for (const typist of typists) {
        typist.rest();
        typist.client.destroy();
      }
      for (const network of networks) await network.close();
      await hall.remove();
    }
    const hits = sum(networks.map((network) => network.hits));
    const edits = typists.reduce((total, typist) => total + typist.edits, 0);
    const heals = { questions: 0, reconnects: 0 };
    for (const { client } of typists) {
      heals.questions += client.watched.questions;
      heals.reconnects += client.watched.reconnects;
    }
    console.log(
      `${ROUNDS} rounds, ${PEOPLE} people, ${edits} edits, ${counts.unsaved} unsaved when it ended, ${counts.deaf} cut off, ` +
        `${heals.questions} questions, ${heals.reconnects} sockets given up, ` +
        `faults ${JSON.stringify(hits)}, seed ${random.seed}`,
    );
    expect(Math.min(heals.questions, heals.reconnects)).toBeGreaterThan(0);
    for (const [kind, count] of Object.entries(hits)) expect(count, kind).toBeGreaterThan(0);
    expect(counts.deaf).toBeGreaterThan(0);
  },
);

/** Every trouble comes up in any two rounds of ten people. */
function nameOf(round: number, index: number, random: Seeded): TroubleName {
  const names = Object.keys(TROUBLES) as TroubleName[];
  return names[(round + index + random.between(0, 1)) % names.length]!;
}

async function shownByServer(hall: Hall): Promise<{ markers: string[]; isWhole: boolean }> {
  const newcomer = hall.enter(PEOPLE + 1);
  try {
    // the receipt for its own step 2 comes behind all frames of the answer, of which `synced` means only the first
    await until(() => newcomer.isSaved, 'a newcomer is shown the board');
    const { store } = newcomer.doc;
    const isWhole = store.pendingStructs === null && store.pendingDs === null;
    return { markers: newcomer.doc.getArray<string>('items').toArray(), isWhole };
  } finally {
    newcomer.destroy();
  }
}

function sum(hits: readonly BadNetwork['hits'][]): BadNetwork['hits'] {
  const total = { lostUp: 0, lostDown: 0, held: 0, swallowed: 0, delayed: 0, torn: 0 };
  for (const hit of hits) for (const kind of Object.keys(total) as (keyof typeof total)[]) total[kind] += hit[kind];
  return total;
}

const settled = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
