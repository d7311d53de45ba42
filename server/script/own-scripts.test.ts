import { expect, test } from 'vitest';
import type { AccountId, ScriptId } from '#domain/ids.ts';
import type { OwnScript, ScriptStore } from '#server/storage/ports/scripts.ts';
import { OwnScripts } from './own-scripts.ts';

const ME = 'me' as AccountId;
const FORM = 'f'.repeat(24);
const file = (en: string, minutes = 5) => ({ script: 1, title: { en }, steps: [{ kind: 'talk', minutes }] });

/** One account's scripts in memory; `tests/contracts/scripts.ts` holds the real ones to the same. */
class Shelf implements ScriptStore {
  readonly scripts = new Map<ScriptId, OwnScript>();

  async ofAccount() {
    return { kept: [...this.scripts.values()], removed: [] };
  }
  async own(account: AccountId, id: ScriptId) {
    const found = this.scripts.get(id);
    return found?.account === account ? found : null;
  }
  async insert(script: OwnScript) {
    if (this.scripts.has(script.id)) return 'known' as const;
    this.scripts.set(script.id, script);
    return 'stored' as const;
  }
  async update(script: OwnScript) {
    if (this.scripts.get(script.id)?.version !== script.version - 1) return 'conflict' as const;
    this.scripts.set(script.id, script);
    return 'stored' as const;
  }
  async remove(_: AccountId, id: ScriptId) {
    return this.scripts.delete(id);
  }
  async bringBack() {
    return 'unknown' as const;
  }
  async prune() {}
}

function rig() {
  const shelf = new Shelf();
  return { shelf, own: new OwnScripts(shelf, () => 1_000) };
}
const titles = ({ scripts }: Shelf) => [...scripts.values()].map(({ script }) => script.title.en);

test('[W115] what is no script is not kept, and everything against it is told', async () => {
  const { shelf, own } = rig();
  const added = await own.add(ME, { ...file('x'), steps: [{ kind: 'fly', minutes: 0 }] }, '');
  expect('problems' in added && added.problems.map(({ path }) => path)).toEqual(['steps[0].kind']);
  expect(shelf.scripts.size).toBe(0);
});

test('[W115] a form that is sent again after a lost answer adds one script; another one with its number adds another', async () => {
  const { shelf, own } = rig();
  const [first, again] = [await own.add(ME, file('River'), FORM), await own.add(ME, file('River'), FORM)];
  expect([again, shelf.scripts.size]).toEqual([first, 1]);
  await own.add(ME, file('Lake', 9), FORM);
  expect(titles(shelf)).toEqual(['River', 'Lake']);
});

test('[W115] a copy has a title that none of one’s own has, and is of one’s own or of the library', async () => {
  const { shelf, own } = rig();
  await own.copy(ME, 'swot-45', '');
  await own.copy(ME, 'swot-45', '');
  await own.add(ME, file('Plan 2026'), '');
  const plan = [...shelf.scripts.values()].at(-1)!;
  await own.copy(ME, plan.id, '');
  const [copied, second, , third] = titles(shelf);
  expect([second, third]).toEqual([`${copied} 2`, 'Plan 2026 2']);
  expect([...shelf.scripts.values()].some(({ script }) => 'id' in script)).toBe(false);
  expect(await own.copy('other' as AccountId, plan.id, '')).toEqual({ refusal: { kind: 'scriptUnknown' } });
});

test('[W116] a save that began from another version is refused; sent again after a lost answer it is done', async () => {
  const { own } = rig();
  const added = await own.add(ME, file('River'), FORM);
  const id = 'saved' in added ? added.saved.id : '';
  const saved = await own.save(ME, id, 1, file('Lake'));
  expect('saved' in saved && [saved.saved.version, saved.saved.script.title]).toEqual([2, { en: 'Lake' }]);
  expect(await own.save(ME, id, 1, file('Lake'))).toEqual(saved);
  expect(await own.save(ME, id, 1, file('Sea'))).toEqual({ refusal: { kind: 'scriptSavedElsewhere' } });
  expect(await own.save(ME, id, Number.NaN, file('Sea'))).toEqual({ refusal: { kind: 'scriptSavedElsewhere' } });
  expect(await own.save(ME, 'none', 1, file('Sea'))).toEqual({ refusal: { kind: 'scriptUnknown' } });
  expect(await own.save(ME, id, 2, { script: 1 })).toHaveProperty('problems');
  expect(await own.one(ME, id)).toMatchObject({ version: 2, script: { title: { en: 'Lake' } } });
});
