import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Forum } from '#domain/forum/forum.ts';
import { DEFAULT_JOIN_FORM, DEFAULT_RULE } from '#domain/forum/forum.ts';
import type { Person, Role, Seat } from '#domain/forum/seat.ts';
import type { AccountId, CommandId, ForumId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import type { Account } from '#server/storage/ports/accounts.ts';
import type { DocumentAppend } from '#server/storage/ports/documents.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { StorageError } from '#server/storage/ports/storage-error.ts';
import type { KeptVersion } from '#server/storage/ports/versions.ts';

export interface Place {
  readonly kind: 'edit' | 'lock';
  readonly epoch: number;
}

/** A storage that starts empty, and how to get at the same data again. */
export interface StorageUnderTest {
  open(): Promise<Storage>;
  /** Everything that is stored, as bytes, to search for what must not be there. */
  dump(): Promise<Buffer>;
  /** From now on the database itself notes in which order rows of documents (`at` is their epoch) and epochs are written. */
  watchPlaces(): Promise<() => Promise<readonly Place[]>>;
  clear(): Promise<void>;
}

const NOW = 1_800_000_000_000;

export function aForum(name: string, agenda: Forum['agenda'] = []): Forum {
  return {
    id: `forum${name}` as ForumId,
    slug: name,
    version: 1,
    joinCode: `CODE${name.toUpperCase()}`.padEnd(8, '2').slice(0, 8),
    joinCodeExpiresAt: null,
    title: `Форум ${name}`,
    language: 'ru',
    from: '2026-05-14',
    to: '2026-05-15',
    place: 'Bishkek',
    organisers: [{ name: 'Library', url: 'https://library.example' }],
    countries: ['KG', 'KZ'],
    languages: ['ru', 'ky'],
    decisionRule: DEFAULT_RULE,
    joinForm: DEFAULT_JOIN_FORM,
    agenda,
    outcome: {},
  };
}

export function aWorkshop(name: string, rooms: readonly string[]): Forum['agenda'][number] {
  return {
    kind: 'workshop',
    id: `workshop${name}` as WorkshopId,
    title: name,
    speakers: [],
    links: [],
    keyPoints: [],
    rooms: rooms.map((room) => ({ id: `room0000${room}` as RoomId, name: room })),
  };
}

const anAccount = (name: string): Account => ({
  id: `account${name}` as AccountId,
  email: `${name}@example.org`,
  name,
  createdAt: NOW,
});

export function aSeat(
  forum: Forum,
  name: string,
  more: Partial<Pick<Seat, 'accountId' | 'joinedAt'>> & { role?: Role } = {},
): { seat: Seat; person: Person } {
  const id = `seat${name}` as SeatId;
  return {
    seat: { id, forumId: forum.id, role: 'participant', accountId: null, joinedAt: NOW, removedAt: null, ...more },
    person: { seatId: id, name, country: 'KG', organisation: null, language: 'ky' },
  };
}

const BOARD = 'board/room0000a' as DocumentName;
const OTHER = 'board/room0000b' as DocumentName;
const row = (document: DocumentName, seq: number, ...bytes: number[]): DocumentAppend => ({
  document,
  seq,
  update: new Uint8Array(bytes),
  seat: null,
  at: NOW,
});

/** What every storage promises (`server/storage/ports/`), whatever database is behind it. */
export function storageContract(name: string, make: () => Promise<StorageUnderTest>): void {
  describe(`storage contract on ${name}`, () => {
    let under: StorageUnderTest;
    let storage: Storage;

    beforeEach(async () => {
      under = await make();
      storage = await under.open();
    });

    afterEach(async () => {
      await storage.close();
      await under.clear();
    });

    const reopen = async () => {
      await storage.close();
      storage = await under.open();
    };

    describe('forums', () => {
      test('[H6] one from before that has the address of a page is found by another too, and keeps its own', async () => {
        const forum = aForum('new');
        await storage.forums.insert({ ...forum, slug: 'new' });
        const shown = await storage.forums.bySlug('new');
        expect(shown).toEqual({ ...forum, slug: 'new--1' });
        expect(await storage.forums.bySlug('new--1')).toEqual(shown);
        expect(await storage.forums.update({ ...shown!, version: 2 })).toBe(true);
        expect((await storage.forums.bySlug('new'))?.version).toBe(2);
      });

      test('a forum comes back as it was, after reopening too', async () => {
        const forum = aForum('a', [aWorkshop('a', ['a', 'b'])]);
        expect(await storage.forums.insert(forum)).toBe(true);
        await reopen();
        expect(await storage.forums.byId(forum.id)).toEqual(forum);
        expect(await storage.forums.bySlug('a')).toEqual(forum);
        expect(await storage.forums.byJoinCode(forum.joinCode)).toEqual(forum);
        expect(await storage.forums.bySlug('b')).toBeNull();
      });

      test('a taken slug or join code is answered with false, and nothing is stored', async () => {
        await storage.forums.insert(aForum('a'));
        expect(await storage.forums.insert({ ...aForum('b', [aWorkshop('b', ['b'])]), slug: 'a' })).toBe(false);
        expect(await storage.forums.insert({ ...aForum('c'), joinCode: aForum('a').joinCode })).toBe(false);
        expect(await storage.forums.byId(aForum('b').id)).toBeNull();
        expect(await storage.forums.byWorkshop('workshopb' as WorkshopId)).toBeNull();
      });

      test('a save over an older version is answered with false', async () => {
        const forum = aForum('a');
        await storage.forums.insert(forum);
        expect(await storage.forums.update({ ...forum, version: 2, place: 'Osh' })).toBe(true);
        expect(await storage.forums.update({ ...forum, version: 2, place: 'Naryn' })).toBe(false);
        expect((await storage.forums.byId(forum.id))?.place).toBe('Osh');
      });

      test('of two saves over the same version exactly one counts', async () => {
        const forum = aForum('a');
        await storage.forums.insert(forum);
        const saves = await Promise.all(
          ['Osh', 'Naryn', 'Talas'].map((place) => storage.forums.update({ ...forum, version: 2, place })),
        );
        expect(saves.filter(Boolean)).toHaveLength(1);
      });

      test('a forum is found by its workshops and rooms, added ones too', async () => {
        const forum = aForum('a', [aWorkshop('a', ['a'])]);
        await storage.forums.insert(forum);
        const more = { ...forum, version: 2, agenda: [aWorkshop('a', ['a', 'b']), aWorkshop('b', ['c'])] };
        await storage.forums.update(more);
        expect(await storage.forums.byWorkshop('workshopb' as WorkshopId)).toEqual(more);
        expect(await storage.forums.byRoom('room0000b')).toEqual({ forum: more, workshop: 'workshopa' });
        expect(await storage.forums.byRoom('room0000c')).toEqual({ forum: more, workshop: 'workshopb' });
        expect(await storage.forums.byRoom('room0000d')).toBeNull();
      });

      test('a room of another forum cannot be claimed', async () => {
        await storage.forums.insert(aForum('a', [aWorkshop('a', ['a'])]));
        const thief = aForum('b', [aWorkshop('b', ['a'])]);
        await expect(storage.forums.insert(thief)).rejects.toThrow(StorageError);
        expect(await storage.forums.byId(thief.id)).toBeNull();
        expect((await storage.forums.byRoom('room0000a'))?.forum.slug).toBe('a');
      });

      test('what could not be read again is not written', async () => {
        const broken = { ...aForum('a'), agenda: [{ kind: 'dance' }] } as unknown as Forum;
        await expect(storage.forums.insert(broken)).rejects.toThrow(/agenda\[0\]/);
        expect(await storage.forums.byId(broken.id)).toBeNull();
      });

      test('forums of an account: where it has a seat, newest first, removed seats not counted', async () => {
        const account = anAccount('aigul');
        await storage.accounts.insert(account, 'hash');
        for (const [index, slug] of ['a', 'b', 'c', 'd'].entries()) {
          const forum = aForum(slug);
          await storage.forums.insert(forum);
          if (slug === 'd') continue;
          const { seat, person } = aSeat(forum, slug, { accountId: account.id, joinedAt: NOW + index });
          await storage.people.addSeat(seat, person, null);
        }
        await storage.people.removeSeat('seatb' as SeatId, NOW);
        expect((await storage.forums.ofAccount(account.id)).map(({ slug }) => slug)).toEqual(['c', 'a']);
      });
    });

    describe('events', () => {
      const workshop = 'workshopa' as WorkshopId;
      const closed: WorkshopEvent = { kind: 'workshopClosed', at: NOW };
      const reopened: WorkshopEvent = { kind: 'workshopReopened', at: NOW + 1 };
      const command = (id: string) => id as CommandId;

      test('events come back in order, from a version on', async () => {
        expect(await storage.events.append(workshop, 0, [closed, reopened], command('c1'))).toBe('appended');
        expect(await storage.events.append(workshop, 2, [closed], command('c2'))).toBe('appended');
        await reopen();
        expect(await storage.events.read(workshop, 0)).toEqual([closed, reopened, closed]);
        expect(await storage.events.read(workshop, 1)).toEqual([reopened, closed]);
        expect(await storage.events.read('workshopb' as WorkshopId, 0)).toEqual([]);
      });

      test('who comes second decides again', async () => {
        await storage.events.append(workshop, 0, [closed], command('c1'));
        expect(await storage.events.append(workshop, 0, [closed], command('c2'))).toBe('conflict');
        expect(await storage.events.append(workshop, 5, [closed], command('c2'))).toBe('conflict');
        expect(await storage.events.read(workshop, 0)).toHaveLength(1);
        // A conflict leaves no trace: the same command may be decided again.
        expect(await storage.events.append(workshop, 1, [reopened], command('c2'))).toBe('appended');
      });

      test('a command id is applied once, also when it is late', async () => {
        await storage.events.append(workshop, 0, [closed], command('c1'));
        expect(await storage.events.append(workshop, 1, [reopened], command('c1'))).toBe('repeated');
        expect(await storage.events.append(workshop, 0, [closed], command('c1'))).toBe('repeated');
        expect(await storage.events.append('workshopb' as WorkshopId, 0, [closed], command('c1'))).toBe('appended');
        expect(await storage.events.read(workshop, 0)).toEqual([closed]);
      });

      test('[W30] an answer is kept with its command, also of what changed nothing or was refused, until it is pruned', async () => {
        const done = { ok: true, value: { version: 1 } } as const;
        const refusal = { ok: false, refusal: { kind: 'stepChanged' } } as const;
        await storage.events.append(workshop, 0, [closed], command('c1'), { answer: done, at: NOW });
        expect(await storage.events.append(workshop, 1, [], command('c2'), { answer: refusal, at: NOW + 9 })).toBe(
          'appended',
        );
        expect(await storage.events.append(workshop, 0, [], command('c3'), { answer: done, at: NOW })).toBe('conflict');
        await reopen();
        expect(await storage.events.append(workshop, 1, [], command('c2'), { answer: done, at: NOW })).toBe('repeated');
        expect(await storage.events.answer(workshop, command('c1'))).toEqual(done);
        expect(await storage.events.answer(workshop, command('c2'))).toEqual(refusal);
        expect(await storage.events.answer(workshop, command('c3'))).toBeNull();
        expect(await storage.events.answer('workshopb' as WorkshopId, command('c1'))).toBeNull();
        await storage.events.prune(NOW + 5);
        expect(await storage.events.answer(workshop, command('c1'))).toBeNull();
        expect(await storage.events.answer(workshop, command('c2'))).toEqual(refusal);
        expect(await storage.events.read(workshop, 0)).toEqual([closed]);
      });

      test('[W32] the plan is saved with the events that change it, or neither', async () => {
        const forum = aForum('planned');
        await storage.forums.insert(forum);
        const next = { ...forum, title: 'with a room', version: 2 };
        const answer = { ok: true, value: { version: 1 } } as const;
        const append = (after: number, id: string, saved: Forum) =>
          storage.events.append(workshop, after, [closed], command(id), { answer, at: NOW, forum: saved });
        expect(await append(0, 'c1', { ...next, version: 7 })).toBe('conflict');
        expect(await storage.events.read(workshop, 0)).toEqual([]);
        expect(await append(0, 'c1', next)).toBe('appended');
        expect(await append(1, 'c1', { ...next, version: 3 })).toBe('repeated');
        expect(await append(0, 'c2', { ...next, version: 3 })).toBe('conflict');
        expect(await storage.forums.byId(forum.id)).toEqual(next);
      });

      test('the server’s own deeds leave events only', async () => {
        expect(await storage.events.append(workshop, 0, [closed], null)).toBe('appended');
        expect(await storage.events.append(workshop, 1, [closed], null)).toBe('appended');
      });

      test('twenty writers at once: one order, one winner a version', async () => {
        const outcomes = await Promise.all(
          Array.from({ length: 20 }, (_, index) => storage.events.append(workshop, 0, [closed], command(`c${index}`))),
        );
        expect(outcomes.filter((outcome) => outcome === 'appended')).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(19);
        expect(await storage.events.read(workshop, 0)).toHaveLength(1);
      });
    });

    describe('documents', () => {
      test('a document that was never written is empty and keeps the lineage it was given', async () => {
        const first = await storage.documents.read(BOARD);
        expect(first).toMatchObject({ snapshot: null, snapshotSeq: 0, updates: [], seq: 0 });
        await reopen();
        expect((await storage.documents.read(BOARD)).lineage).toBe(first.lineage);
        expect((await storage.documents.read(OTHER)).lineage).not.toBe(first.lineage);
      });

      test('to ask whether a document is there begins none', async () => {
        expect(await storage.documents.has(BOARD)).toBe(false);
        expect(await storage.documents.begun([BOARD, OTHER])).toEqual(new Set());
        expect(await storage.documents.names()).toEqual([]);
        await storage.documents.append([row(OTHER, 1)]);
        expect(await storage.documents.begun([BOARD, OTHER])).toEqual(new Set([OTHER]));
        await storage.documents.read(BOARD);
        expect(await storage.documents.begun([BOARD, OTHER])).toEqual(new Set([BOARD, OTHER]));
        expect([await storage.documents.has(BOARD), await storage.documents.has(OTHER)]).toEqual([true, true]);
      });

      test('updates of several documents come back in order, byte for byte', async () => {
        await storage.documents.append([row(BOARD, 1, 0, 255), row(OTHER, 1, 7), row(BOARD, 2)]);
        await reopen();
        const { updates, seq } = await storage.documents.read(BOARD);
        expect(updates).toEqual([new Uint8Array([0, 255]), new Uint8Array()]);
        expect(seq).toBe(2);
        expect((await storage.documents.read(OTHER)).updates).toEqual([new Uint8Array([7])]);
      });

      test('a taken seq refuses the whole append', async () => {
        await storage.documents.append([row(BOARD, 1, 1)]);
        await expect(storage.documents.append([row(OTHER, 1, 9), row(BOARD, 1, 2)])).rejects.toThrow(StorageError);
        expect((await storage.documents.read(BOARD)).updates).toEqual([new Uint8Array([1])]);
        expect((await storage.documents.read(OTHER)).seq).toBe(0);
      });

      test('more rows than one statement can bind are still one append', async () => {
        const rows = Array.from({ length: 12_000 }, (_, index) => row(BOARD, index + 1, index % 256));
        await storage.documents.append(rows);
        expect((await storage.documents.read(BOARD)).seq).toBe(12_000);
        const more = Array.from({ length: 12_000 }, (_, index) => row(OTHER, index + 1, 1));
        await expect(storage.documents.append([...more, row(BOARD, 1, 0)])).rejects.toThrow(StorageError);
        expect((await storage.documents.read(OTHER)).seq).toBe(0);
      });

      test('a gap in the log is reported, never skipped', async () => {
        await storage.documents.append([row(BOARD, 1, 1), row(BOARD, 3, 3)]);
        await expect(storage.documents.read(BOARD)).rejects.toThrow(/update 2 is missing/);
      });

      test('a snapshot takes the place of its rows, and the log goes on', async () => {
        const { lineage } = await storage.documents.read(BOARD);
        await storage.documents.append([row(BOARD, 1, 1), row(BOARD, 2, 2), row(BOARD, 3, 3)]);
        await storage.documents.compact(BOARD, new Uint8Array([42]), 2);
        await storage.documents.append([row(BOARD, 4, 4)]);
        await reopen();
        expect(await storage.documents.read(BOARD)).toEqual({
          lineage,
          snapshot: new Uint8Array([42]),
          snapshotSeq: 2,
          updates: [new Uint8Array([3]), new Uint8Array([4])],
          seq: 4,
          owners: new Map(),
        });
      });

      test('a snapshot of what is not there is refused and drops nothing', async () => {
        await storage.documents.read(BOARD);
        await storage.documents.append([row(BOARD, 1, 1)]);
        await expect(storage.documents.compact(BOARD, new Uint8Array([42]), 2)).rejects.toThrow(StorageError);
        await storage.documents.compact(BOARD, new Uint8Array([42]), 1);
        await expect(storage.documents.compact(BOARD, new Uint8Array([43]), 1)).rejects.toThrow(StorageError);
        expect((await storage.documents.read(BOARD)).snapshot).toEqual(new Uint8Array([42]));
      });

      test('a row below the snapshot cannot be written again', async () => {
        await storage.documents.read(BOARD);
        await storage.documents.append([row(BOARD, 1, 1), row(BOARD, 2, 2)]);
        await storage.documents.compact(BOARD, new Uint8Array([42]), 2);
        await storage.documents.append([row(BOARD, 1, 9)]).catch(() => undefined);
        expect(await storage.documents.read(BOARD)).toMatchObject({ updates: [], seq: 2 });
      });

      test('[Y61] rows for a place that another writer has compacted are refused, and nothing of theirs is written', async () => {
        await storage.documents.read(BOARD);
        await storage.documents.append([row(BOARD, 1, 1), row(BOARD, 2, 2), row(BOARD, 3, 3)]);
        await storage.documents.compact(BOARD, new Uint8Array([42]), 3);
        for (const seq of [1, 2, 3]) {
          const late = storage.documents.append([row(OTHER, 1, 9), row(BOARD, seq, 9)]);
          await expect(late).rejects.toThrow(/compacted by another writer/);
        }
        expect((await storage.documents.read(OTHER)).seq).toBe(0);
        await storage.documents.append([row(BOARD, 4, 4)]);
        expect(await storage.documents.read(BOARD)).toMatchObject({ updates: [new Uint8Array([4])], seq: 4 });
      });

      test('[Y61] rows for a lineage that is over are refused, and the others with them', async () => {
        const { lineage } = await storage.documents.read(BOARD);
        const other = (await storage.documents.read(OTHER)).lineage;
        const lineages = [
          { document: BOARD, lineage },
          { document: OTHER, lineage: other },
        ];
        await storage.documents.append([row(BOARD, 1, 1), row(OTHER, 1, 1)], { lineages });
        await storage.documents.renewLineage(BOARD);
        const late = storage.documents.append([row(OTHER, 2, 2), row(BOARD, 2, 2)], { lineages });
        await expect(late).rejects.toThrow(/begun anew by another writer/);
        expect((await storage.documents.read(OTHER)).seq).toBe(1);
        expect((await storage.documents.read(BOARD)).seq).toBe(1);
        await storage.documents.append([row(OTHER, 2, 2)], { lineages });
        expect((await storage.documents.read(OTHER)).seq).toBe(2);
      });

      test('[Y61] two writers and a compaction at once: what was acknowledged is read again, in one order', async () => {
        await storage.documents.read(BOARD);
        const acknowledged: number[] = [];
        const write = async (writer: number) => {
          let { seq } = await storage.documents.read(BOARD);
          for (let tried = 0; tried < 25; tried += 1) {
            const mark = writer * 100 + tried;
            await storage.documents.append([row(BOARD, seq + 1, mark)]).then(
              () => acknowledged.push(mark),
              async () => (seq = (await storage.documents.read(BOARD)).seq - 1),
            );
            seq += 1;
            if (tried % 5 === writer) await compactAll();
          }
        };
        const compactAll = async () => {
          const { snapshot, updates, seq } = await storage.documents.read(BOARD);
          const joined = Uint8Array.from([...(snapshot ?? []), ...updates.flatMap((update) => [...update])]);
          await storage.documents.compact(BOARD, joined, seq).catch(() => undefined);
        };
        await Promise.all([write(0), write(1)]);
        const { snapshot, updates, seq } = await storage.documents.read(BOARD);
        const read = [...(snapshot ?? []), ...updates.flatMap((update) => [...update])];
        expect(acknowledged.length).toBeGreaterThan(20);
        expect(read.length).toBe(seq);
        expect(read.toSorted((a, b) => a - b)).toEqual(acknowledged.toSorted((a, b) => a - b));
      });

      test('a renewed lineage keeps what was written', async () => {
        const { lineage } = await storage.documents.read(BOARD);
        await storage.documents.append([row(BOARD, 1, 1)]);
        const renewed = await storage.documents.renewLineage(BOARD);
        expect(renewed).not.toBe(lineage);
        expect(await storage.documents.read(BOARD)).toMatchObject({ lineage: renewed, seq: 1 });
      });

      const aVersion = (seq: number, isBeforeRestore = false, cuts: KeptVersion['cuts'] = []): KeptVersion => ({
        ...{ seq, from: NOW - 9, at: NOW, seats: ['seata' as SeatId, null], isBeforeRestore, cuts },
        state: new Uint8Array([seq, 255]),
      });

      test('versions are kept and dropped together with the snapshot, or not at all', async () => {
        await storage.documents.read(BOARD);
        await storage.documents.append([1, 2, 3, 4].map((seq) => ({ ...row(BOARD, seq, 1), at: NOW + seq })));
        await storage.documents.keepVersion(BOARD, aVersion(1));
        await storage.documents.keepVersion(OTHER, aVersion(3));
        const versions = { after: 0, keep: [aVersion(2), aVersion(3, true)], drop: [aVersion(1)] };
        await expect(storage.documents.compact(BOARD, new Uint8Array([42]), 5, versions)).rejects.toThrow(StorageError);
        const kept = async () => (await storage.documents.history(BOARD)).kept.map(({ seq }) => seq);
        expect(await kept()).toEqual([1]);
        const stale = storage.documents.compact(BOARD, new Uint8Array([42]), 3, { ...versions, after: 1 });
        await expect(stale).rejects.toThrow(/somebody else/);
        await storage.documents.compact(BOARD, new Uint8Array([42]), 3, versions);
        await reopen();
        expect(await storage.documents.history(BOARD)).toEqual({
          kept: [aVersion(2), aVersion(3, true)].map(({ state: _, ...version }) => version),
          rows: [{ seq: 4, at: NOW + 4, seat: null }],
        });
        expect(await storage.documents.version(BOARD, 2)).toEqual(new Uint8Array([2, 255]));
        expect(await storage.documents.version(BOARD, 1)).toBeNull();
        const pinned = { after: 3, keep: [aVersion(3)], drop: [aVersion(3)] };
        await storage.documents.compact(BOARD, new Uint8Array([43]), 4, pinned);
        expect((await storage.documents.history(BOARD)).kept.at(-1)).toMatchObject({ seq: 3, isBeforeRestore: true });
        await storage.documents.renewLineage(BOARD);
        await storage.documents.dropVersion(BOARD, 2);
        expect(await kept()).toEqual([3]);
        await storage.documents.keepVersion(BOARD, { ...aVersion(3), state: new Uint8Array() });
        expect(await storage.documents.version(BOARD, 3)).toEqual(new Uint8Array());
      });

      test('[B133] why a version ends is kept with it, and a compaction leaves one that was cut since it was looked at', async () => {
        await storage.documents.read(BOARD);
        await storage.documents.append([1, 2, 3].map((seq) => row(BOARD, seq, 1)));
        const cuts: KeptVersion['cuts'] = [
          { at: NOW, by: 'seata' as SeatId, name: "Robert'); drop table «عنوان»\u0000\u2028", kind: 'kept' },
          { kind: 'stepBegan', step: 'close' },
          { kind: 'deletion', deleted: 12, merged: 0 },
        ];
        await storage.documents.keepVersion(BOARD, aVersion(2, true, cuts));
        await reopen();
        expect((await storage.documents.history(BOARD)).kept).toEqual([
          (({ state: _, ...version }) => version)(aVersion(2, true, cuts)),
        ]);
        const looked = { after: 0, keep: [aVersion(2)], drop: [aVersion(2, true)] };
        await storage.documents.compact(BOARD, new Uint8Array([42]), 3, looked);
        expect((await storage.documents.history(BOARD)).kept[0]!.cuts).toEqual(cuts);
        await storage.documents.append([row(BOARD, 4, 1)]);
        const again = { after: 3, keep: [], drop: [aVersion(2, true, cuts.toReversed()), aVersion(2, true, cuts)] };
        await storage.documents.compact(BOARD, new Uint8Array([43]), 4, again);
        expect((await storage.documents.history(BOARD)).kept).toEqual([]);
      });

      test('all documents that were ever written are named', async () => {
        await storage.documents.append([row(BOARD, 1, 1)]);
        await storage.documents.read(OTHER);
        expect(await storage.documents.names()).toEqual([BOARD, OTHER]);
      });
    });

    describe('people', () => {
      const forum = aForum('a');
      beforeEach(() => storage.forums.insert(forum));

      test('a seat is found by its token, its account and its forum', async () => {
        const account = anAccount('aigul');
        await storage.accounts.insert(account, 'hash');
        const { seat, person } = aSeat(forum, 'a', { accountId: account.id, role: 'organizer' });
        await storage.people.addSeat(seat, person, 'hash-of-a');
        await storage.people.addToken(seat.id, 'hash-of-second-device');
        await reopen();
        expect(await storage.people.seat(seat.id)).toEqual(seat);
        expect(await storage.people.seatByToken('hash-of-a')).toEqual(seat);
        expect(await storage.people.seatByToken('hash-of-second-device')).toEqual(seat);
        expect(await storage.people.seatOfAccount(forum.id, account.id)).toEqual(seat);
        expect(await storage.people.ofForum(forum.id)).toEqual([{ seat, person }]);
        expect(await storage.people.seatByToken('other')).toBeNull();
        expect(await storage.people.seatOfAccount('other' as ForumId, account.id)).toBeNull();
      });

      test('people are listed in order of joining, removed ones too', async () => {
        for (const [index, name] of ['c', 'a', 'b'].entries()) {
          const { seat, person } = aSeat(forum, name, { joinedAt: NOW + index });
          await storage.people.addSeat(seat, person, null);
        }
        await storage.people.removeSeat('seata' as SeatId, NOW + 9);
        const people = await storage.people.ofForum(forum.id);
        expect(people.map(({ person }) => person.name)).toEqual(['c', 'a', 'b']);
        expect(people.map(({ seat }) => seat.removedAt)).toEqual([null, NOW + 9, null]);
      });

      test('[S58] who runs a forum is known by name, as long as they do', async () => {
        for (const [name, role] of [
          ['a', 'organizer'],
          ['b', 'facilitator'],
          ['c', 'participant'],
          ['d', 'facilitator'],
        ] as const) {
          const { seat, person } = aSeat(forum, name, { role });
          await storage.people.addSeat(seat, person, null);
        }
        await storage.people.removeSeat('seatd' as SeatId, NOW);
        expect((await storage.people.leadersOf(forum.id)).sort()).toEqual(['a', 'b']);
        expect(await storage.people.leadersOf('other' as ForumId)).toEqual([]);
      });

      test('[P25] who wrote on a document is who holds its clientIDs, the server aside', async () => {
        const [board, other] = ['board/room00000001' as DocumentName, 'board/room00000002' as DocumentName];
        await storage.documents.append([], {
          leases: [
            { document: board, client: 1, seat: 'seata' as SeatId },
            { document: board, client: 2, seat: 'seata' as SeatId },
            { document: board, client: 3, seat: null },
            { document: other, client: 4, seat: 'seatb' as SeatId },
          ],
        });
        expect(await storage.people.wroteOn([board, 'board/room00000003' as DocumentName])).toEqual(
          new Map([
            [board, new Set(['seata'])],
            ['board/room00000003', new Set()],
          ]),
        );
        expect(await storage.people.wroteOn([])).toEqual(new Map());
      });

      test('[S59] who writes, of whom many seats go at once, and all of it comes back', async () => {
        const ids: SeatId[] = [];
        for (let index = 0; index < 205; index += 1) {
          const role = index === 204 ? 'facilitator' : 'participant';
          const { seat, person } = aSeat(forum, `m${index}`, { role });
          await storage.people.addSeat(seat, person, `hash-of-m${index}`);
          ids.push(seat.id);
        }
        await storage.documents.append([], {
          leases: [{ document: 'board/room00000001' as DocumentName, client: 1, seat: ids[0]! }],
        });
        expect(await storage.people.writersIn(forum.id)).toEqual(new Set([ids[0]]));
        expect(await storage.people.writersIn('other' as ForumId)).toEqual(new Set());
        const { removals } = storage;
        expect(await removals.removeMany('other' as ForumId, ids, NOW + 1)).toEqual({ seats: [], tokens: [] });
        const { seats, tokens } = await removals.removeMany(forum.id, [...ids, 'seatunknown' as SeatId], NOW + 1);
        expect(seats.toSorted()).toEqual(ids.slice(0, 204).sort());
        expect(tokens).toHaveLength(204);
        expect(await storage.people.seatByToken('hash-of-m203')).toBeNull();
        expect(await storage.people.countOf(forum.id)).toBe(1);
        expect(await removals.restoreMany(forum.id, NOW)).toEqual({ seats: 0, tokens: [] });
        expect((await removals.restoreMany(forum.id, NOW + 1)).seats).toBe(204);
        expect((await storage.people.seatByToken('hash-of-m203'))?.removedAt).toBeNull();
      });

      test('[S59] who waits is sent away, and waits again in the same place with the same token', async () => {
        const device = { createdAt: NOW, expiresAt: NOW + 1_000, name: 'Phone', markHash: 'mark' };
        for (let index = 0; index < 205; index += 1) {
          const { person } = aSeat(forum, `w${index}`);
          await storage.waiting.add({ forumId: forum.id, person, at: NOW + index }, `hash-of-w${index}`, device);
        }
        const before = await storage.waiting.ofForum(forum.id, 500);
        expect(await storage.waiting.sendAway(forum.id, 203, NOW + 300)).toBe(203);
        expect(await storage.waiting.sendAway('other' as ForumId, 203, NOW + 300)).toBe(0);
        expect(await storage.waiting.ofForum(forum.id, 500)).toEqual(before.slice(203));
        expect(await storage.people.countOf(forum.id)).toBe(0);
        expect(await storage.removals.isKeptOut(forum.id, { tokenHash: 'hash-of-w1', markHash: 'mark' })).toBe(false);
        expect(await storage.waiting.takeBack(forum.id, NOW + 301, 500)).toBe(0);
        expect(await storage.waiting.takeBack(forum.id, NOW + 300, 202)).toBe(202);
        expect(await storage.waiting.takeBack(forum.id, NOW + 300, 202)).toBe(1);
        expect(await storage.waiting.ofForum(forum.id, 500)).toEqual(before);
        expect(await storage.waiting.byToken('hash-of-w7')).toEqual(before[7]);
        expect(await storage.people.ofForum(forum.id)).toEqual([]);
      });

      test('a removed seat opens nothing any more', async () => {
        const account = anAccount('aigul');
        await storage.accounts.insert(account, 'hash');
        const { seat, person } = aSeat(forum, 'a', { accountId: account.id });
        await storage.people.addSeat(seat, person, 'hash-of-a');
        await storage.people.removeSeat(seat.id, NOW);
        expect(await storage.people.seatByToken('hash-of-a')).toBeNull();
        expect(await storage.people.seatOfAccount(forum.id, account.id)).toBeNull();
      });

      test('name and role can change; the seat stays', async () => {
        const { seat, person } = aSeat(forum, 'a');
        await storage.people.addSeat(seat, person, null);
        await storage.people.updatePerson({ ...person, name: 'Нурлан', organisation: 'University' });
        await storage.people.setRole(seat.id, 'facilitator');
        expect(await storage.people.person(seat.id)).toEqual({ ...person, name: 'Нурлан', organisation: 'University' });
        expect(await storage.people.seat(seat.id)).toEqual({ ...seat, role: 'facilitator' });
      });

      test('[S10] of two organizers who remove each other at once, or step down at once, one stays', async () => {
        for (let round = 0; round < 10; round += 1) {
          const here = aForum(`r${round}`);
          await storage.forums.insert(here);
          const [one, two] = ['x', 'y'].map((name) => aSeat(here, `${name}${round}`, { role: 'organizer' }));
          await storage.people.addSeat(one!.seat, one!.person, `token-x${round}`);
          await storage.people.addSeat(two!.seat, two!.person, `token-y${round}`);
          const done = await Promise.all([
            storage.people.removeSeat(one!.seat.id, NOW),
            round % 2 ? storage.people.removeSeat(two!.seat.id, NOW) : storage.people.setRole(two!.seat.id, 'observer'),
          ]);
          expect(done.filter(Boolean)).toHaveLength(1);
          const left = (await storage.people.ofForum(here.id)).filter(
            ({ seat }) => seat.role === 'organizer' && seat.removedAt === null,
          );
          expect(left).toHaveLength(1);
          // What was refused left no trace.
          expect(await storage.people.devices(left[0]!.seat.id)).toHaveLength(1);
        }
      });

      test('[A32] devices are told with their dates, and end one by one or by time', async () => {
        const { seat, person } = aSeat(forum, 'a');
        await storage.people.addSeat(seat, person, 'first', {
          createdAt: NOW,
          expiresAt: NOW + 5,
          name: 'Firefox, Android',
        });
        await storage.people.addToken(seat.id, 'old');
        await storage.people.addToken(seat.id, 'second', { createdAt: NOW + 1, expiresAt: NOW + 9, name: null });
        expect(await storage.people.devices(seat.id)).toEqual([
          { hash: 'second', createdAt: NOW + 1, seenAt: NOW + 1, expiresAt: NOW + 9, name: null },
          { hash: 'first', createdAt: NOW, seenAt: NOW, expiresAt: NOW + 5, name: 'Firefox, Android' },
          { hash: 'old', createdAt: null, seenAt: null, expiresAt: null, name: null },
        ]);
        await storage.people.seen(['old'], { at: NOW + 2, name: 'Safari, iPhone', expiresAt: NOW + 7 });
        expect(await storage.people.device('old')).toMatchObject({ seat, seenAt: NOW + 2, expiresAt: NOW + 7 });
        await storage.people.setTokenEnd(forum.id, NOW + 20);
        expect((await storage.people.devices(seat.id)).map(({ expiresAt }) => expiresAt)).toEqual(
          Array(3).fill(NOW + 20),
        );
        await storage.people.removeToken('second');
        expect(await storage.people.seatByToken('second')).toBeNull();
        expect(await storage.sessions.ends(['first', 'second', 'nobody'])).toEqual(new Map([['first', NOW + 20]]));
        await storage.people.prune(NOW + 19);
        expect(await storage.people.devices(seat.id)).toHaveLength(2);
        await storage.people.prune(NOW + 20);
        expect(await storage.people.devices(seat.id)).toEqual([]);
      });

      test('[A30] the epoch of all passes grows with each that is taken away', async () => {
        const account = anAccount('aigul');
        await storage.accounts.insert(account, 'hash');
        const { seat, person } = aSeat(forum, 'a');
        await storage.people.addSeat(seat, person, 'token');
        const epoch = async () => (await storage.access.epochs(['passes'])).get('passes')!;
        const epochs = [await epoch()];
        for (const end of [
          () => storage.people.removeToken('token'),
          () => storage.people.removeSeat(seat.id, NOW),
          () => storage.sessions.remove('session'),
          () => storage.sessions.removeOfAccount(account.id),
          () => storage.accounts.setPassword(account.id, 'other', null),
        ]) {
          await end();
          epochs.push(await epoch());
        }
        expect(epochs).toEqual(epochs.map((_, index) => epochs[0]! + index));
      });

      test('a seat with a taken token is not half written', async () => {
        const first = aSeat(forum, 'a');
        const second = aSeat(forum, 'b');
        await storage.people.addSeat(first.seat, first.person, 'same');
        await expect(storage.people.addSeat(second.seat, second.person, 'same')).rejects.toThrow(StorageError);
        expect(await storage.people.seat(second.seat.id)).toBeNull();
        expect(await storage.people.person(second.seat.id)).toBeNull();
      });
    });

    describe('accounts', () => {
      test('an address belongs to one account, in whatever case it is typed', async () => {
        const account = anAccount('aigul');
        expect(await storage.accounts.count()).toBe(0);
        expect(await storage.accounts.insert({ ...account, email: 'Aigul@Example.org' }, 'hash')).toBe(true);
        expect(await storage.accounts.insert({ ...anAccount('b'), email: 'AIGUL@example.ORG' }, 'other')).toBe(false);
        expect(await storage.accounts.count()).toBe(1);
        expect(await storage.accounts.byEmail('aiguL@example.org')).toEqual({ account, passwordHash: 'hash' });
        expect(await storage.accounts.byId(account.id)).toEqual(account);
        expect(await storage.accounts.byEmail('nobody@example.org')).toBeNull();
      });

      test('[A33] a new password ends sessions, known devices and open links of that account alone', async () => {
        const [account, other] = [anAccount('aigul'), anAccount('bob')];
        for (const one of [account, other]) {
          await storage.accounts.insert(one, 'hash');
          await storage.accounts.addKnownDevice(`mark-${one.name}`, one.id, NOW);
          const purpose = { kind: 'newPassword', account: one.id, by: 'seat' as SeatId } as const;
          await storage.accounts.addLink(`link-${one.name}`, purpose, NOW + 5, NOW);
          for (const [index, place] of ['here', 'there'].entries()) {
            const session = { idHash: `${place}-${one.name}`, account: one.id, expiresAt: NOW + 9 + index };
            await storage.sessions.insert({ ...session, createdAt: NOW, device: 'Safari, Mac' });
          }
        }
        expect(await storage.accounts.setPassword(account.id, 'new', 'here-aigul')).toEqual(['there-aigul']);
        expect(await storage.accounts.byEmail(account.email)).toEqual({ account, passwordHash: 'new' });
        expect(await storage.accounts.isKnownDevice('mark-aigul', account.id)).toBe(false);
        expect(await storage.accounts.link('link-aigul')).toBeNull();
        expect(await storage.sessions.ofAccount(account.id, NOW)).toEqual([
          { hash: 'here-aigul', createdAt: NOW, seenAt: NOW, expiresAt: NOW + 9, name: 'Safari, Mac' },
        ]);
        expect(await storage.accounts.byEmail(other.email)).toEqual({ account: other, passwordHash: 'hash' });
        expect(await storage.accounts.isKnownDevice('mark-bob', other.id)).toBe(true);
        expect(await storage.accounts.isKnownDevice('mark-bob', account.id)).toBe(false);
        expect(await storage.accounts.passwordLinks(other.id)).toEqual([
          { by: 'seat', createdAt: NOW, expiresAt: NOW + 5, spentAt: null },
        ]);
        expect(await storage.sessions.ofAccount(other.id, NOW)).toHaveLength(2);
        expect(await storage.sessions.ofAccount(other.id, NOW + 9)).toHaveLength(1);
      });

      test('[A34] an account has twenty known devices, and forgets the oldest', async () => {
        const account = anAccount('aigul');
        await storage.accounts.insert(account, 'hash');
        for (let n = 0; n < 22; n += 1) await storage.accounts.addKnownDevice(`mark${n}`, account.id, NOW + n);
        const known = await Promise.all(
          Array.from({ length: 22 }, (_, n) => storage.accounts.isKnownDevice(`mark${n}`, account.id)),
        );
        expect(known).toEqual([false, false, ...Array<boolean>(20).fill(true)]);
      });

      test('links that are over are dropped', async () => {
        await storage.accounts.addLink('first', { kind: 'setUp' }, NOW);
        await storage.accounts.addLink('second', { kind: 'setUp' }, NOW + 1);
        await storage.accounts.prune(NOW);
        expect([await storage.accounts.link('first'), await storage.accounts.link('second')]).toMatchObject([null, {}]);
      });

      test('a link is spent by exactly one of many', async () => {
        const purpose = { kind: 'invite', forum: 'forum' as ForumId, role: 'facilitator', by: null } as const;
        await storage.accounts.addLink('hash', purpose, NOW + 1);
        const spent = await Promise.all(
          Array.from({ length: 10 }, (_, index) => storage.accounts.spendLink('hash', NOW + index)),
        );
        expect(spent.filter(Boolean)).toHaveLength(1);
        const link = await storage.accounts.link('hash');
        expect(link).toMatchObject({ purpose, expiresAt: NOW + 1 });
        expect(link?.spentAt).toBeGreaterThanOrEqual(NOW);
        expect(await storage.accounts.spendLink('other', NOW)).toBe(false);
        expect(await storage.accounts.link('other')).toBeNull();
      });
    });

    describe('sessions', () => {
      test('a session can be extended and ended, one or all; old ones are swept', async () => {
        const account = anAccount('aigul');
        await storage.accounts.insert(account, 'hash');
        for (const [index, idHash] of ['a', 'b', 'c'].entries()) {
          await storage.sessions.insert({ idHash, account: account.id, expiresAt: NOW + index });
        }
        await storage.sessions.extend('a', NOW + 10);
        expect(await storage.sessions.byHash('a')).toEqual({ account: account.id, expiresAt: NOW + 10 });
        await storage.sessions.remove('c');
        expect(await storage.sessions.byHash('c')).toBeNull();
        await storage.sessions.removeExpired(NOW + 1);
        expect(await storage.sessions.byHash('b')).toBeNull();
        expect(await storage.sessions.byHash('a')).not.toBeNull();
        await storage.sessions.removeOfAccount(account.id);
        expect(await storage.sessions.byHash('a')).toBeNull();
      });
    });

    test('a storage that takes writes says so', async () => {
      await expect(storage.check()).resolves.toBeUndefined();
      await expect(storage.check()).resolves.toBeUndefined();
    });

    test('a stored text is in the dump, so that a search for secrets in it means something', async () => {
      await storage.accounts.insert({ ...anAccount('aigul'), name: 'CanaryOfTheDump' }, 'hash');
      expect((await under.dump()).includes('CanaryOfTheDump')).toBe(true);
    });
  });
}
