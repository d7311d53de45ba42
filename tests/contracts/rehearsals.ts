import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Forum } from '#domain/forum/forum.ts';
import type { AccountId, CommandId, ForumId, SeatId, StepId, WorkshopId } from '#domain/ids.ts';
import { documentName, type DocumentName } from '#protocol/document-name.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { aForum, aSeat, aWorkshop, type StorageUnderTest } from './storage.ts';

const CANARY = 'qanaryazzyx';
const OWNER = { id: 'accountowner' as AccountId, email: 'owner@example.org', name: 'Owner', createdAt: 1 };
const OVER = 2_000_000_000_000;

/** What it means for a forum to be a rehearsal, on every database: found by its forum, in nobody's list, and gone without a trace. */
export function rehearsalsContract(name: string, make: () => Promise<StorageUnderTest>): void {
  describe(`rehearsals on ${name}`, () => {
    let under: StorageUnderTest;
    let storage: Storage;
    const real = aForum('real', [aWorkshop('real0001', ['real'])]);
    const copy: Forum = {
      ...aForum('copy', [aWorkshop(CANARY, [CANARY])]),
      id: `forum${CANARY}` as ForumId,
      title: CANARY,
      rehearsal: { of: real.id, endsAt: OVER },
    };

    beforeEach(async () => {
      under = await make();
      storage = await under.open();
      await storage.accounts.insert(OWNER, 'hash');
      for (const [forum, prefix] of [
        [real, 'real'],
        [copy, CANARY],
      ] as const) {
        await storage.forums.insert(forum);
        await fill(forum, prefix);
      }
    });
    afterEach(async () => {
      await storage.close();
      await under.clear();
    });

    /** Something in every table that a forum has a part in. */
    async function fill(forum: Forum, prefix: string): Promise<void> {
      const workshop = forum.agenda[0] as Extract<Forum['agenda'][number], { kind: 'workshop' }>;
      const head = aSeat(forum, `${prefix}head`, { role: 'organizer', accountId: OWNER.id });
      const guest = aSeat(forum, `${prefix}guest`);
      const device = { createdAt: 1, expiresAt: OVER, name: prefix, markHash: `${prefix}mark` };
      await storage.people.addSeat(head.seat, head.person, null);
      await storage.people.addSeat(guest.seat, guest.person, `${prefix}token`, device);
      const person = { ...guest.person, seatId: `seat${prefix}waits` as SeatId };
      await storage.waiting.add({ forumId: forum.id, person, at: 1 }, `${prefix}waits`, device);
      await storage.accounts.addLink(`${prefix}invite`, { kind: 'invite', forum: forum.id, role: 'observer' }, OVER);
      await storage.accounts.addLink(`${prefix}move`, { kind: 'moveSeat', seat: guest.seat.id }, OVER);
      const moved = { kind: 'seatTaken', seat: guest.seat.id, room: workshop.rooms[0]!.id, at: 1 } as const;
      const answer = { ok: true as const, value: { version: 1 } };
      await storage.events.append(workshop.id, 0, [moved], `${prefix}/1` as CommandId, { answer, at: 1 });
      for (const document of documentsOf(forum, workshop.id)) await write(document, guest.seat.id, prefix);
    }

    const documentsOf = ({ id, agenda }: Forum, workshop: WorkshopId): DocumentName[] => [
      ...agenda.flatMap((item) =>
        item.kind === 'workshop' ? item.rooms.map(({ id: room }) => documentName({ kind: 'board', room })) : [],
      ),
      documentName({ kind: 'group', workshop, step: 'talk' as StepId, number: 1 }),
      documentName({ kind: 'outcome', forum: id }),
    ];

    async function write(document: DocumentName, seat: SeatId, text: string): Promise<void> {
      const { lineage } = await storage.documents.read(document);
      const update = Buffer.from(text);
      await storage.documents.append([{ document, seq: 1, update, seat, at: 1 }], {
        leases: [{ document, client: 7, seat }],
        lineages: [{ document, lineage }],
      });
      const version = { seq: 1, from: 1, at: 1, seats: [seat], isBeforeRestore: false, cuts: [], state: update };
      await storage.documents.keepVersion(document, version);
    }

    test('[F30] one is found by its forum, keeps its mark, and is in no list of an account', async () => {
      expect(await storage.rehearsals.of(real.id)).toEqual(copy);
      expect(await storage.rehearsals.all()).toEqual([copy]);
      expect(await storage.forums.byId(copy.id)).toEqual(copy);
      expect(await storage.forums.update({ ...copy, version: 2 })).toBe(true);
      expect((await storage.forums.byId(copy.id))?.rehearsal).toEqual(copy.rehearsal);
      expect((await storage.forums.ofAccount(OWNER.id)).map(({ id }) => id)).toEqual([real.id]);
    });

    test('[F31] a forum has one at a time', async () => {
      const second = { ...aForum('second'), rehearsal: { of: real.id, endsAt: OVER } };
      expect(await storage.forums.insert(second)).toBe(false);
      expect(await storage.forums.byId(second.id)).toBeNull();
    });

    test('[F33] once it is empty nobody has a seat there, and its epoch has grown', async () => {
      const scope = `forum:${copy.id}` as const;
      expect(await storage.rehearsals.empty(copy.id, 9)).toEqual([`${CANARY}token`]);
      expect(await storage.people.seatByToken(`${CANARY}token`)).toBeNull();
      expect(await storage.people.countOf(copy.id)).toBe(0);
      expect(await storage.waiting.countOf(copy.id)).toBe(0);
      expect((await storage.access.epochs([scope])).get(scope)).toBeGreaterThan(0);
      expect(await storage.rehearsals.empty(real.id, 9)).toEqual([]);
      expect((await storage.people.seatByToken('realtoken'))?.id).toBe('seatrealguest');
    });

    test('[F33] what is removed is in no table and no file any more, and nobody else’s things go with it', async () => {
      expect((await under.dump()).includes(CANARY)).toBe(true);
      await storage.rehearsals.empty(copy.id, 9);
      await storage.rehearsals.remove(copy);
      await storage.rehearsals.remove(copy);
      expect((await under.dump()).includes(CANARY)).toBe(false);
      expect(await storage.rehearsals.all()).toEqual([]);

      expect(await storage.forums.byId(real.id)).toEqual(real);
      expect(await storage.people.countOf(real.id)).toBe(2);
      expect(await storage.waiting.countOf(real.id)).toBe(1);
      const workshop = real.agenda[0]!.id as WorkshopId;
      expect(await storage.events.read(workshop, 0)).toHaveLength(1);
      expect(new Set(await storage.documents.names())).toEqual(new Set(documentsOf(real, workshop)));
      for (const document of documentsOf(real, workshop)) {
        expect(await storage.documents.read(document)).toMatchObject({
          seq: 1,
          owners: new Map([[7, 'seatrealguest']]),
        });
        expect(await storage.documents.version(document, 1)).toEqual(new Uint8Array(Buffer.from('real')));
      }
      expect(await storage.accounts.link('realinvite')).not.toBeNull();
      expect(await storage.accounts.link('realmove')).not.toBeNull();
    });

    test('[F33] a forum in which people meet is never removed', async () => {
      await storage.rehearsals.remove(real);
      await storage.rehearsals.remove({ ...real, rehearsal: { of: copy.id, endsAt: 1 } });
      expect(await storage.forums.byId(real.id)).toEqual(real);
      expect(await storage.people.countOf(real.id)).toBe(2);
      const documents = documentsOf(real, real.agenda[0]!.id as WorkshopId);
      expect(await storage.documents.begun(documents)).toEqual(new Set(documents));
    });

    test('[F33] what is missing of a rehearsal that was removed is no loss', async () => {
      await storage.rehearsals.remove(copy);
      await storage.close();
      storage = await under.open();
      expect(storage.losses.loss).toBeNull();
    });

    test('[F33] its organizer can be erased meanwhile', async () => {
      const other = aSeat(real, 'otherhead', { role: 'organizer' });
      await storage.people.addSeat(other.seat, other.person, null);
      expect(await storage.erasure.account(OWNER.id, 9)).toMatchObject({ kind: 'erased' });
    });
  });
}
