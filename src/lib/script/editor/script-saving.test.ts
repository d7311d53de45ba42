import { expect, test } from 'vitest';
import type { ByLanguage } from '#domain/languages/by-language.ts';
import type { StepId } from '#domain/ids.ts';
import { SCRIPT_FORMAT } from '#protocol/script-schema.ts';
import type { DraftScript } from './draft-script.ts';
import { ScriptDraft } from './script-draft.svelte.ts';
import { ScriptSaving } from './script-saving.svelte.ts';
import type { Answer, ScriptSender } from './send-script.ts';

const NOON = 1_790_000_000_000;
const script = (title: ByLanguage, note?: string): DraftScript => ({
  script: SCRIPT_FORMAT,
  title,
  steps: [{ id: 'talk' as StepId, kind: 'talk', minutes: 5, ...(note && { note }) }],
});
const RIVER = script({ en: 'River' });

/** A library with one script in it that others write, too. */
class Shelf implements ScriptSender {
  stored: { version: number; script: DraftScript } | null = { version: 3, script: RIVER };
  readonly added = new Map<string, DraftScript>();
  /** Answers that never arrive. */
  losing = 0;

  save = (sent: DraftScript, was: number): Promise<Answer> => {
    if (!this.stored) return this.#answer({ kind: 'gone' });
    if (this.stored.version !== was) return this.#answer({ kind: 'savedElsewhere', ...this.stored });
    this.stored = { version: was + 1, script: sent };
    return this.#answer({ kind: 'saved', version: was + 1 });
  };

  add = (sent: DraftScript, form: string): Promise<Answer> => {
    this.added.set(form, sent);
    return this.#answer({ kind: 'added', id: form, version: 1 });
  };

  #answer(answer: Answer): Promise<Answer> {
    if (this.losing === 0) return Promise.resolve(answer);
    this.losing -= 1;
    return Promise.resolve({ kind: 'lost' });
  }
}

function rig(isGone = false) {
  const shelf = new Shelf();
  if (isGone) shelf.stored = null;
  const draft = new ScriptDraft(RIVER);
  return { shelf, draft, saving: new ScriptSaving(draft, { version: 3, isGone }, shelf, () => NOON) };
}

test('[W116] what is typed while a script is on its way is not taken for saved', async () => {
  const { shelf, draft, saving } = rig();
  draft.change(script({ en: 'Lake' }));
  const [first, second] = [saving.save(), saving.save()];
  draft.change(script({ en: 'Lakes' }));
  expect([saving.isSending, (await first)?.kind, await second]).toEqual([true, 'saved', null]);
  expect([shelf.stored, saving.version, saving.savedAt]).toEqual([
    { version: 4, script: script({ en: 'Lake' }) },
    4,
    NOON,
  ]);
  expect([draft.isChanged, saving.isSending]).toEqual([true, false]);
  await saving.save();
  expect([shelf.stored?.version, draft.isChanged]).toEqual([5, false]);
});

test('[W116] what was saved elsewhere comes together with what is here; what both have changed is named, and can be taken', async () => {
  const { shelf, draft, saving } = rig();
  draft.change(script({ en: 'Lake' }));
  shelf.stored = { version: 4, script: script({ en: 'Sea' }, 'bring the bell') };
  await saving.save();
  expect([draft.script, saving.version, saving.savedAt]).toEqual([script({ en: 'Lake' }, 'bring the bell'), 4, null]);
  expect(saving.clashes).toMatchObject([{ path: 'title.en', mine: 'Lake', theirs: 'Sea' }]);
  saving.takeTheirs(saving.clashes![0]!);
  expect([draft.script.title, saving.clashes]).toEqual([{ en: 'Sea' }, []]);
  await saving.save();
  expect([shelf.stored.version, saving.clashes]).toEqual([5, null]);
});

test('[W117] a script that was deleted elsewhere is said to be, and saved as another one: once, also after a lost answer', async () => {
  const { shelf, draft, saving } = rig();
  draft.change(script({ en: 'Lake' }));
  shelf.stored = null;
  await saving.save();
  expect([saving.isGone, draft.isChanged]).toEqual([true, true]);
  shelf.losing = 1;
  await saving.saveAsNew();
  expect([saving.isGone, saving.answer, draft.isChanged]).toEqual([true, { kind: 'lost' }, true]);
  await saving.saveAsNew();
  expect([saving.isGone, saving.version, draft.isChanged]).toEqual([false, 1, false]);
  expect([...shelf.added.values()]).toEqual([script({ en: 'Lake' })]);
  draft.change(script({ en: 'Sea' }));
  await saving.saveAsNew();
  expect(shelf.added.size).toBe(2);
});

test('[W117] one that was deleted before the page was loaded is gone from the beginning', () => {
  expect([rig(true).saving.isGone, rig().saving.isGone]).toEqual([true, false]);
});

test('[W116] what a device has kept stands on the version it was written on', () => {
  const kept = { version: 2, base: RIVER, script: script({ en: 'Lake' }) };
  const same = rig();
  same.saving.restore({ ...kept, version: 3 });
  expect([same.draft.script, same.saving.clashes]).toEqual([kept.script, null]);
  const older = rig();
  const base = script({ en: 'Brook' });
  older.saving.restore({ ...kept, base });
  expect(older.draft.script.title).toEqual({ en: 'Lake' });
  expect(older.saving.clashes).toMatchObject([{ path: 'title.en', mine: 'Lake', theirs: 'River' }]);
});
