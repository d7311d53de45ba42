import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CommandId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { AccessChanged, type AccessScope, type EpochGuard } from '#server/storage/ports/access.ts';
import type { ClientLease, DocumentAppend } from '#server/storage/ports/documents.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { StorageError } from '#server/storage/ports/storage-error.ts';
import { aForum, aSeat, type StorageUnderTest } from './storage.ts';

const BOARD = 'board/room0000a' as DocumentName;
const OTHER = 'board/room0000b' as DocumentName;
const WORKSHOP = 'workshopa' as WorkshopId;
const SCOPE: AccessScope = `workshop:${WORKSHOP}`;
const AIGUL = 'seataigul' as SeatId;
const NURLAN = 'seatnurlan' as SeatId;
const LOCK: WorkshopEvent = { kind: 'workshopClosed', at: 1 };
/** Takes nothing from anybody. */
const SITS: WorkshopEvent = { kind: 'seatTaken', seat: AIGUL, room: 'room0000a' as RoomId, at: 1 };
const LARGEST_CLIENT = 2 ** 53 - 1;
const ROUNDS = Number(process.env.LOCK_ROUNDS ?? 200);

const row = (document: DocumentName, seq: number): DocumentAppend => ({
  document,
  seq,
  update: new Uint8Array([seq % 256]),
  seat: AIGUL,
  at: 1,
});
const lease = (client: number, seat: SeatId | null, document = BOARD): ClientLease => ({ document, client, seat });

/** What an append promises about identity and rights, on every database. */
export function accessContract(name: string, make: () => Promise<StorageUnderTest>): void {
  describe(`leases and epochs on ${name}`, () => {
    let under: StorageUnderTest;
    let storage: Storage;
    const seqOf = async (document = BOARD) => (await storage.documents.read(document)).seq;
    const lockAfter = (version: number) =>
      storage.events.append(WORKSHOP, version, [LOCK], `command${version}` as CommandId);

    beforeEach(async () => {
      under = await make();
      storage = await under.open();
    });
    afterEach(async () => {
      await storage.close();
      await under.clear();
    });

    describe('leases', () => {
      test('[Y6] a clientID is leased with the first edit under it and known after reopening', async () => {
        expect((await storage.documents.read(BOARD)).owners).toEqual(new Map());
        const leases = [lease(7, AIGUL), lease(LARGEST_CLIENT, NURLAN), lease(9, null), lease(7, NURLAN, OTHER)];
        await storage.documents.append([row(BOARD, 1)], { leases });
        await storage.close();
        storage = await under.open();
        const owners = new Map<number, SeatId | null>([
          [7, AIGUL],
          [9, null],
          [LARGEST_CLIENT, NURLAN],
        ]);
        expect((await storage.documents.read(BOARD)).owners).toEqual(owners);
        expect((await storage.documents.read(OTHER)).owners).toEqual(new Map([[7, NURLAN]]));
      });

      test("[Y6] another seat's clientID refuses the whole append, and its seat may take it again", async () => {
        await storage.documents.append([row(BOARD, 1)], { leases: [lease(7, AIGUL)] });
        for (const thief of [NURLAN, null]) {
          const theft = storage.documents.append([row(OTHER, 1), row(BOARD, 2)], {
            leases: [lease(8, thief), lease(7, thief)],
          });
          await expect(theft).rejects.toThrow(StorageError);
          await expect(theft).rejects.toThrow(`client 7 of ${BOARD} belongs to another seat`);
        }
        expect(await storage.documents.read(BOARD)).toMatchObject({ seq: 1, owners: new Map([[7, AIGUL]]) });
        expect(await seqOf(OTHER)).toBe(0);
        await storage.documents.append([row(BOARD, 2)], { leases: [lease(7, AIGUL)] });
        expect(await seqOf()).toBe(2);
      });

      test('[Y6] of two seats that take a clientID at once one has it', async () => {
        const outcomes = await Promise.allSettled(
          [AIGUL, NURLAN].map((seat, index) =>
            storage.documents.append([row(index === 0 ? BOARD : OTHER, 1)], { leases: [lease(7, seat)] }),
          ),
        );
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        const winner = outcomes[0]?.status === 'fulfilled' ? AIGUL : NURLAN;
        expect((await storage.documents.read(BOARD)).owners).toEqual(new Map([[7, winner]]));
        expect((await seqOf(BOARD)) + (await seqOf(OTHER))).toBe(1);
      });

      test('[Y6] an append that fails leaves no lease', async () => {
        await storage.documents.append([row(BOARD, 1)]);
        const taken = storage.documents.append([row(BOARD, 1)], { leases: [lease(7, AIGUL)] });
        await expect(taken).rejects.toThrow(StorageError);
        expect((await storage.documents.read(BOARD)).owners.size).toBe(0);
      });

      test('[Y10] a new lineage starts without leases, and other documents keep theirs', async () => {
        const leases = [lease(7, AIGUL), lease(7, AIGUL, OTHER)];
        await storage.documents.append([row(BOARD, 1), row(OTHER, 1)], { leases });
        await storage.documents.renewLineage(BOARD);
        expect((await storage.documents.read(BOARD)).owners.size).toBe(0);
        expect((await storage.documents.read(OTHER)).owners.size).toBe(1);
        await storage.documents.append([row(BOARD, 2)], { leases: [lease(7, NURLAN)] });
      });
    });

    describe('epochs', () => {
      test('the epoch of a workshop is its last event that takes rights; what is no event changes nothing', async () => {
        expect(await storage.access.epochs([SCOPE, 'forum:none'] as AccessScope[])).toEqual(
          new Map([
            [SCOPE, 0],
            ['forum:none', 0],
          ]),
        );
        expect(await storage.access.epochs([])).toEqual(new Map());
        await storage.events.append(WORKSHOP, 0, [LOCK, LOCK], 'c1' as CommandId);
        expect((await storage.access.epochs([SCOPE])).get(SCOPE)).toBe(2);
        await storage.events.append(WORKSHOP, 0, [LOCK], 'conflict' as CommandId);
        await storage.events.append(WORKSHOP, 2, [LOCK], 'c1' as CommandId);
        await storage.events.append(WORKSHOP, 2, [], 'nothing' as CommandId);
        expect((await storage.access.epochs([SCOPE])).get(SCOPE)).toBe(2);
        await storage.events.append(WORKSHOP, 2, [LOCK], 'c2' as CommandId);
        expect((await storage.access.epochs([SCOPE])).get(SCOPE)).toBe(3);
        await storage.events.append(WORKSHOP, 3, [SITS], 'c3' as CommandId);
        expect((await storage.access.epochs([SCOPE])).get(SCOPE)).toBe(3);
        await storage.events.append(WORKSHOP, 4, [SITS, LOCK, SITS], 'c4' as CommandId);
        expect((await storage.access.epochs([SCOPE])).get(SCOPE)).toBe(7);
      });

      test('the epoch of a forum grows with each change of a role and each removal of a seat', async () => {
        const forum = aForum('a');
        const scope: AccessScope = `forum:${forum.id}`;
        const epoch = async () => (await storage.access.epochs([scope])).get(scope);
        await storage.forums.insert(forum);
        const { seat, person } = aSeat(forum, 'a');
        await storage.people.addSeat(seat, person, null);
        expect(await epoch()).toBe(0);
        await storage.people.setRole(seat.id, 'facilitator');
        expect(await epoch()).toBe(1);
        await storage.people.removeSeat(seat.id, 1);
        expect(await epoch()).toBe(2);
        await storage.people.setRole('nobody' as SeatId, 'observer');
        expect(await epoch()).toBe(2);
      });
    });

    describe('guards', () => {
      test('[Y4] what was permitted before a change of rights is not stored after it, nor anything beside it', async () => {
        const before = await storage.access.epochs([SCOPE]);
        const guards = [{ scope: SCOPE, epoch: before.get(SCOPE) ?? -1 }];
        await storage.documents.append([row(BOARD, 1)], { guards });
        await lockAfter(0);
        const late = storage.documents.append([row(BOARD, 2), row(OTHER, 1)], { guards, leases: [lease(7, AIGUL)] });
        await expect(late).rejects.toThrow(AccessChanged);
        await expect(late).rejects.toMatchObject({ scopes: [SCOPE] });
        expect(await storage.documents.read(BOARD)).toMatchObject({ seq: 1, owners: new Map() });
        expect(await seqOf(OTHER)).toBe(0);
        await storage.documents.append([row(BOARD, 2)], { guards: [{ scope: SCOPE, epoch: 1 }] });
        expect(await seqOf()).toBe(2);
      });

      test('[Y4] only the scopes that changed are named', async () => {
        const closed = 'workshopb' as WorkshopId;
        await lockAfter(0);
        await storage.events.append(closed, 0, [LOCK], null);
        const guards: EpochGuard[] = [
          { scope: SCOPE, epoch: 0 },
          { scope: 'workshop:quiet' as AccessScope, epoch: 0 },
          { scope: `workshop:${closed}`, epoch: 0 },
        ];
        await expect(storage.documents.append([row(BOARD, 1)], { guards })).rejects.toMatchObject({
          scopes: [SCOPE, `workshop:${closed}`],
        });
      });

      test('[Y4] what takes nothing from anybody holds up no edit, known of or not', async () => {
        await lockAfter(0);
        await storage.events.append(WORKSHOP, 1, [SITS, SITS], null);
        for (const [index, epoch] of [1, 2, 3].entries()) {
          await storage.documents.append([row(BOARD, index + 1)], { guards: [{ scope: SCOPE, epoch }] });
        }
        await storage.events.append(WORKSHOP, 3, [LOCK], null);
        const late = storage.documents.append([row(BOARD, 4)], { guards: [{ scope: SCOPE, epoch: 3 }] });
        await expect(late).rejects.toThrow(AccessChanged);
        expect(await seqOf()).toBe(3);
      });

      test(
        `[Y4] in ${ROUNDS} races nothing is stored behind the lock that it had not seen`,
        { timeout: 120_000 },
        async () => {
          const places = await under.watchPlaces();
          let stored = 0;
          let refused = 0;
          for (let round = 0; round < ROUNDS; round += 1) {
            const guards = [{ scope: SCOPE, epoch: round }];
            const before = stored;
            let isLocked = false;
            // One writer, as in a server: its appends follow one another until it learns of the lock.
            const write = async () => {
              for (let behind = 0; behind < 3; behind += isLocked ? 1 : 0) {
                try {
                  await storage.documents.append([{ ...row(BOARD, stored + 1), at: round }], { guards });
                  stored += 1;
                } catch (error) {
                  if (!(error instanceof AccessChanged)) throw error;
                  refused += 1;
                  return;
                }
              }
            };
            const lock = async () => {
              while (stored < before + (round % 5)) await new Promise(setImmediate);
              expect(await lockAfter(round)).toBe('appended');
              isLocked = true;
            };
            await Promise.all(round % 2 ? [lock(), write()] : [write(), lock()]);
          }
          let locked = 0;
          let edits = 0;
          for (const { kind, epoch } of await places()) {
            if (kind === 'lock') expect(epoch).toBe((locked += 1));
            else edits += 1;
            if (kind === 'edit') expect(epoch, 'an edit behind a lock it had not seen').toBe(locked);
          }
          expect({ locked, edits, refused }).toEqual({ locked: ROUNDS, edits: stored, refused: ROUNDS });
          expect(stored).toBeGreaterThan(0);
          console.log(`${name}: ${stored} edits stored before ${ROUNDS} locks, ${refused} refused behind them`);
        },
      );
    });
  });
}
