import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccountId, ScriptId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import type { OwnScript } from '#server/storage/ports/scripts.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import type { StorageUnderTest } from './storage.ts';

const MINE = 'accountmine' as AccountId;
const THEIRS = 'accounttheirs' as AccountId;
const id = (name: string) => name as ScriptId;

function aScript(name: string, more: Partial<OwnScript> & { readonly note?: string } = {}): OwnScript {
  const { note = 'for me', ...rest } = more;
  const steps = [{ kind: 'talk' as const, minutes: 5, note }];
  const script = { script: 1 as const, title: { en: name, ur: 'منصوبہ' }, steps };
  return { id: id(name), account: MINE, version: 1, script, changedAt: 1_000, ...rest };
}

/** What an organizer's library promises, whatever database is behind it. */
export function scriptsContract(name: string, make: () => Promise<StorageUnderTest>): void {
  describe(`own scripts on ${name}`, () => {
    let under: StorageUnderTest;
    let storage: Storage;
    const kept = async (account = MINE) => (await storage.scripts.ofAccount(account)).kept.map((one) => one.id);
    const removed = async () => (await storage.scripts.ofAccount(MINE)).removed.map((one) => one.id);

    beforeEach(async () => {
      under = await make();
      storage = await under.open();
      for (const account of [MINE, THEIRS])
        await storage.accounts.insert(
          { id: account, email: `${account}@example.org`, name: account, createdAt: 1 },
          'x',
        );
    });
    afterEach(async () => {
      await storage.close();
      await under.clear();
    });

    test('[W115] a script is its owner’s alone, as it was saved, the latest change first', async () => {
      const [old, late] = [aScript('old'), aScript('late', { changedAt: 2_000 })];
      expect([await storage.scripts.insert(old), await storage.scripts.insert(late)]).toEqual(['stored', 'stored']);
      expect(await storage.scripts.insert({ ...old, account: THEIRS })).toBe('known');
      await storage.close();
      storage = await under.open();
      expect(await storage.scripts.ofAccount(MINE)).toEqual({ kept: [late, old], removed: [] });
      expect(await storage.scripts.own(MINE, old.id)).toEqual(old);
      expect([await storage.scripts.own(THEIRS, old.id), await kept(THEIRS)]).toEqual([null, []]);
      expect(await storage.scripts.update({ ...old, account: THEIRS, version: 2 })).toBe('conflict');
      expect(await storage.scripts.remove(THEIRS, old.id, 5)).toBe(false);
      expect(await storage.scripts.bringBack(THEIRS, old.id)).toBe('unknown');
      expect(await storage.scripts.own(MINE, old.id)).toEqual(old);
    });

    test('[W116] a save on top of another version than the stored one changes nothing; of two at once one is stored', async () => {
      await storage.scripts.insert(aScript('plan'));
      const second = aScript('plan', { version: 2, changedAt: 3_000 });
      const both = await Promise.all([
        storage.scripts.update({ ...second, script: { ...second.script, title: { en: 'one' } } }),
        storage.scripts.update({ ...second, script: { ...second.script, title: { en: 'other' } } }),
      ]);
      expect([...both].sort()).toEqual(['conflict', 'stored']);
      const now = (await storage.scripts.own(MINE, id('plan')))!;
      expect([now.version, now.script.title]).toEqual([2, { en: both[0] === 'stored' ? 'one' : 'other' }]);
      expect(await storage.scripts.update(second)).toBe('conflict');
    });

    test('[W117] what was removed is brought back as it was, until it is dropped', async () => {
      const plan = aScript('plan', { version: 4 });
      await storage.scripts.insert(plan);
      expect(await storage.scripts.remove(MINE, plan.id, 5_000)).toBe(true);
      expect([await kept(), await removed(), await storage.scripts.own(MINE, plan.id)]).toEqual([[], ['plan'], null]);
      expect(await storage.scripts.update({ ...plan, version: 5 })).toBe('conflict');
      expect(await storage.scripts.remove(MINE, plan.id, 6_000)).toBe(false);
      await storage.scripts.prune(5_000);
      expect(await storage.scripts.bringBack(MINE, plan.id)).toBe('stored');
      expect(await storage.scripts.own(MINE, plan.id)).toEqual(plan);
      await storage.scripts.remove(MINE, plan.id, 7_000);
      await storage.scripts.prune(7_001);
      expect(await storage.scripts.bringBack(MINE, plan.id)).toBe('unknown');
      expect(await removed()).toEqual([]);
    });

    test('[W118] an account has so many scripts and so many bytes of them, also when many come at once', async () => {
      const { most } = LIMITS.scriptsOfAccount;
      const sent = Array.from({ length: most + 5 }, (_, index) => storage.scripts.insert(aScript(`plan${index}`)));
      const answers = await Promise.all(sent);
      expect(answers.filter((answer) => answer === 'stored')).toHaveLength(most);
      expect(answers.filter((answer) => answer === 'tooMany')).toHaveLength(5);
      expect(await storage.scripts.insert(aScript('theirs', { account: THEIRS }))).toBe('stored');
      const [first] = await kept();
      expect(await storage.scripts.update(aScript(first!, { version: 2 }))).toBe('stored');
      expect(await storage.scripts.remove(MINE, first!, 9)).toBe(true);
      expect(await storage.scripts.insert(aScript('another'))).toBe('stored');
      expect(await storage.scripts.bringBack(MINE, first!)).toBe('tooMany');

      const note = 'щ'.repeat(LIMITS.bytesOfScripts.most / 4); // two bytes each: half of all
      expect(await storage.scripts.update(aScript('another', { version: 2, note }))).toBe('stored');
      const [other] = (await kept()).filter((one) => one !== 'another' && one !== first);
      expect(await storage.scripts.update(aScript(other!, { version: 2, note }))).toBe('tooLarge');
      expect(await storage.scripts.update(aScript('another', { version: 3, note }))).toBe('stored');
    });

    test('[W118] of those that were removed only the latest are kept', async () => {
      const { most } = LIMITS.scriptsOfAccount;
      for (let index = 0; index <= most; index += 1) {
        await storage.scripts.insert(aScript(`plan${index}`));
        await storage.scripts.remove(MINE, id(`plan${index}`), index);
      }
      const left = await removed();
      expect([left.length, left[0], left.includes(id('plan0'))]).toEqual([most, `plan${most}`, false]);
    });
  });
}
