import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccountId, ScriptId, SeatId } from '#domain/ids.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { aForum, aSeat, type StorageUnderTest } from './storage.ts';

const CANARY = 'qanaryazzyx';
const ACCOUNT = 'accountowner' as AccountId;
const OVER = 2_000_000_000_000;

/** What it means to be erased, on every database: gone from all tables at once, and nobody else's things with it. */
export function erasureContract(name: string, make: () => Promise<StorageUnderTest>): void {
  describe(`erasure on ${name}`, () => {
    let under: StorageUnderTest;
    let storage: Storage;
    const forum = aForum('hall');
    const holdsCanary = async () => (await under.dump()).includes(CANARY);
    const organizer = async (id: string, name: string, accountId: AccountId | null = null) => {
      const made = aSeat(forum, id, { role: 'organizer', accountId });
      await storage.people.addSeat(made.seat, { ...made.person, name }, null);
      return made.seat.id;
    };

    beforeEach(async () => {
      under = await make();
      storage = await under.open();
      await storage.forums.insert(forum);
    });
    afterEach(async () => {
      await storage.close();
      await under.clear();
    });

    test('[A50] a person is in no table any more; their seat stays, removed, and others keep theirs', async () => {
      await organizer('head', 'Head');
      const guest = aSeat(forum, 'guest');
      const other = aSeat(forum, 'other');
      const device = { createdAt: 1, expiresAt: OVER, name: 'Android', markHash: `${CANARY}mark` };
      await storage.people.addSeat(guest.seat, { ...guest.person, name: CANARY }, `${CANARY}token`, device);
      await storage.people.addSeat(other.seat, other.person, 'othertoken', { ...device, markHash: 'othermark' });
      const again = aSeat(forum, 'again');
      await storage.people.addSeat(again.seat, { ...again.person, name: `${CANARY} twice` }, `${CANARY}second`, device);
      await storage.removals.join(again.seat.id, guest.seat.id, 5);
      expect(await holdsCanary()).toBe(true);
      expect(await storage.erasure.isKnown({ seat: guest.seat.id })).toBe(true);

      expect(await storage.erasure.person(guest.seat.id, 9)).toEqual({
        kind: 'erased',
        forums: [forum.id],
        passes: [],
      });

      expect(await holdsCanary()).toBe(false);
      expect(await storage.erasure.isKnown({ seat: guest.seat.id })).toBe(false);
      expect(await storage.people.seat(guest.seat.id)).toMatchObject({ removedAt: 9 });
      expect((await storage.people.seatByToken('othertoken'))?.id).toBe(other.seat.id);
      expect(await storage.people.person(other.seat.id)).toEqual(other.person);
      expect(await storage.erasure.person('seatnobody' as SeatId, 9)).toEqual({
        kind: 'erased',
        forums: [],
        passes: [],
      });
    });

    test('[A50] an account goes with its sessions, links, devices and seats', async () => {
      const head = await organizer('head', 'Head');
      const account = { id: ACCOUNT, email: `${CANARY}@example.org`, name: CANARY, createdAt: 1 };
      await storage.accounts.insert(account, `${CANARY}hash`);
      await storage.accounts.addKnownDevice(`${CANARY}device`, ACCOUNT, 1);
      await storage.accounts.addLink(`${CANARY}link`, { kind: 'newPassword', account: ACCOUNT, by: head }, OVER);
      await storage.sessions.insert({ idHash: `${CANARY}session`, account: ACCOUNT, expiresAt: OVER });
      await organizer('owner', CANARY, ACCOUNT);
      for (const id of ['kept', 'removed'] as ScriptId[]) {
        const steps = [{ kind: 'talk' as const, minutes: 5, note: CANARY }];
        const script = { script: 1 as const, title: { en: `${CANARY}title` }, steps };
        await storage.scripts.insert({ id, account: ACCOUNT, version: 1, script, changedAt: 1 });
      }
      await storage.scripts.remove(ACCOUNT, 'removed' as ScriptId, 2);
      expect(await holdsCanary()).toBe(true);

      const erased = await storage.erasure.account(ACCOUNT, 9);

      expect(erased).toEqual({ kind: 'erased', forums: [forum.id], passes: [`${CANARY}session`] });
      expect(await storage.accounts.byId(ACCOUNT)).toBeNull();
      expect(await storage.sessions.byHash(`${CANARY}session`)).toBeNull();
      expect(await holdsCanary()).toBe(false);
    });

    test('[S10] the last organizer of a forum stays, whole, unless a backup is erased again', async () => {
      const last = await organizer('last', CANARY);
      expect(await storage.erasure.person(last, 9)).toEqual({ kind: 'lastOrganizer', forum: forum.id });
      expect(await storage.people.person(last)).toMatchObject({ name: CANARY });
      expect(await storage.people.seat(last)).toMatchObject({ removedAt: null });
      expect(await storage.erasure.person(last, 9, true)).toMatchObject({ kind: 'erased' });
      expect(await storage.people.person(last)).toBeNull();
    });
  });
}
