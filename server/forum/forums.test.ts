import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatJoinCode } from '#domain/forum/join-code.ts';
import type { Result } from '#domain/refusal.ts';
import type { AccountId, ForumId } from '#domain/ids.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import type { Account } from '#server/storage/ports/accounts.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { aForumDetails, aWorkshopPlan } from './forum-details.sample.ts';
import { Forums } from './forums.ts';

const account: Account = { id: 'account1' as AccountId, email: 'a@example.org', name: 'Aigul', createdAt: 1 };
const WORKSHOP = aWorkshopPlan('workshop1', ['room00001', 'room00002']);

let dataDir: string;
let storage: Storage;
let now: number;
let forums: Forums;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-forums-'));
  storage = await openStorage({ dataDir, databaseUrl: undefined });
  await storage.accounts.insert(account, 'hash');
  now = 1_800_000_000_000;
  forums = new Forums(storage, () => now);
});

afterEach(async () => {
  await storage.close();
  rmSync(dataDir, { recursive: true });
});

const refusal = <T>(result: Result<T>) => (result.ok ? 'accepted' : result.refusal);

test('[F1] a new forum gets an address from its title, a code, and its maker as organizer', async () => {
  const forum = valueOf(await forums.create(account, aForumDetails()));
  expect(forum).toMatchObject({ slug: 'forum-bibliotek-ala-too', version: 1, joinCodeExpiresAt: null });
  expect(forum.joinCode).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
  expect(await forums.bySlug(forum.slug)).toEqual(forum);
  expect(await forums.ofAccount(account.id)).toEqual([forum]);
  const [organizer] = await storage.people.ofForum(forum.id);
  expect(organizer).toMatchObject({ seat: { role: 'organizer', accountId: account.id }, person: { name: 'Aigul' } });
});

test('[F1] forums of the same title get numbered addresses, also at the same moment', async () => {
  const made = await Promise.all(Array.from({ length: 4 }, () => forums.create(null, aForumDetails())));
  const slugs = made.map((result) => valueOf(result).slug).toSorted();
  expect(slugs).toEqual(['', '-2', '-3', '-4'].map((end) => `forum-bibliotek-ala-too${end}`));
});

test('[W35] a form that is sent again, at once or later, makes one forum; another form makes another', async () => {
  const [form, other] = ['a', 'b'].map((sign) => sign.repeat(24)) as [string, string];
  const details = aForumDetails({ agenda: [WORKSHOP] });
  const sent = await Promise.all([1, 2, 3].map(() => forums.createOnce(account, details, form)));
  const again = await new Forums(storage, () => now).createOnce(account, details, form); // after a restart
  expect(new Set([...sent, again].map((made) => valueOf(made).id))).toEqual(new Set([form]));
  expect(await forums.ofAccount(account.id)).toHaveLength(1);
  expect(valueOf(await forums.createOnce(account, aForumDetails(), other)).id).toBe(other);
  // another forum on the page that the browser went back to, and somebody else's form
  expect(valueOf(await forums.createOnce(account, aForumDetails({ title: 'Second' }), form)).id).not.toBe(form);
  const stranger = { ...account, id: 'account2' as AccountId, email: 'b@example.org' };
  await storage.accounts.insert(stranger, 'hash');
  expect(valueOf(await forums.createOnce(stranger, aForumDetails(), form)).id).not.toBe(form);
  expect(valueOf(await forums.createOnce(stranger, aForumDetails(), '../no id')).id).toMatch(/^[a-z0-9]+$/);
});

test('[W35] a save that is sent again is saved once, and one over another change is still refused', async () => {
  const forum = valueOf(await forums.create(account, aForumDetails()));
  const saved = valueOf(await forums.update(forum.id, 1, aForumDetails({ place: 'Osh' })));
  expect(valueOf(await forums.update(forum.id, 1, aForumDetails({ place: 'Osh' }))).version).toBe(saved.version);
  expect(refusal(await forums.update(forum.id, 1, aForumDetails({ place: 'Naryn' })))).toMatchObject({
    kind: 'forumChangedMeanwhile',
  });
});

test('[F2] a save over a version that somebody else has changed is refused', async () => {
  const forum = valueOf(await forums.create(account, aForumDetails()));
  const saved = valueOf(await forums.update(forum.id, 1, aForumDetails({ place: 'Osh' })));
  expect(saved).toMatchObject({ version: 2, place: 'Osh', slug: forum.slug, joinCode: forum.joinCode });
  expect(refusal(await forums.update(forum.id, 1, aForumDetails({ place: 'Naryn' })))).toEqual({
    kind: 'forumChangedMeanwhile',
  });
  expect((await forums.byId(forum.id))?.place).toBe('Osh');
  expect(refusal(await forums.update('nowhere1' as ForumId, 1, aForumDetails()))).toEqual({ kind: 'forumUnknown' });
});

test('[F2] who listens hears of each saved change, and of nothing else', async () => {
  const heard: string[] = [];
  const stop = forums.onChange((id) => heard.push(id));
  const forum = valueOf(await forums.create(account, aForumDetails()));
  await forums.update(forum.id, 1, aForumDetails({ place: 'Osh' }));
  await forums.update(forum.id, 1, aForumDetails({ place: 'Naryn' }));
  expect(heard).toEqual([forum.id]);
  stop();
  await forums.update(forum.id, 2, aForumDetails());
  expect(heard).toHaveLength(1);
});

test('[F3] rooms can be added and renamed, never removed or moved', async () => {
  const forum = valueOf(await forums.create(account, aForumDetails({ agenda: [WORKSHOP] })));
  const [first, second] = WORKSHOP.rooms;
  const renamed = {
    ...WORKSHOP,
    rooms: [{ ...first!, name: 'Garden' }, second!, { ...second!, id: 'room00003' as never }],
  };
  valueOf(await forums.update(forum.id, 1, aForumDetails({ agenda: [renamed] })));
  const without = { ...WORKSHOP, rooms: [second!] };
  expect(refusal(await forums.update(forum.id, 2, aForumDetails({ agenda: [without] })))).toEqual({
    kind: 'roomInUse',
    room: 'Garden',
  });
  expect(refusal(await forums.update(forum.id, 2, aForumDetails()))).toMatchObject({ kind: 'roomInUse' });
  const moved = [{ ...renamed, rooms: [] }, aWorkshopPlan('workshop2', ['room00001', 'room00002', 'room00003'])];
  expect(refusal(await forums.update(forum.id, 2, aForumDetails({ agenda: moved })))).toMatchObject({
    kind: 'roomInUse',
  });
});

test('[F3] a workshop or room of another forum cannot be claimed', async () => {
  valueOf(await forums.create(account, aForumDetails({ agenda: [WORKSHOP] })));
  const other = valueOf(await forums.create(account, aForumDetails()));
  const room = aForumDetails({ agenda: [aWorkshopPlan('workshop2', ['room00009', 'room00002'])] });
  const workshop = aForumDetails({ agenda: [aWorkshopPlan('workshop1', [])] });
  const taken = { kind: 'fieldInvalid', field: 'agenda[0].rooms[1].id', reason: 'is in use elsewhere' };
  expect(refusal(await forums.create(account, room))).toEqual(taken);
  expect(refusal(await forums.update(other.id, 1, room))).toEqual(taken);
  expect(refusal(await forums.update(other.id, 1, workshop))).toMatchObject({ field: 'agenda[0].id' });
});

test('[F4] a code opens its forum however it is typed', async () => {
  const forum = valueOf(await forums.create(account, aForumDetails()));
  const shown = formatJoinCode(forum.joinCode);
  for (const typed of [forum.joinCode, shown, shown.toLowerCase(), ` ${shown.replace('-', ' – ')} `]) {
    expect(valueOf(await forums.byJoinCode(typed)).id).toBe(forum.id);
  }
  for (const typed of ['', 'ABCD-EFG', 'OOOO-1111', '%', 'ABCDEFGHJ']) {
    expect(refusal(await forums.byJoinCode(typed))).toEqual({ kind: 'codeUnknown' });
  }
});

test('[F5] a code can end, and be replaced', async () => {
  const forum = valueOf(await forums.create(account, aForumDetails()));
  valueOf(await forums.setCodeExpiry(forum.id, 1, now + 1_000));
  expect(valueOf(await forums.byJoinCode(forum.joinCode)).id).toBe(forum.id);
  now += 1_000;
  expect(refusal(await forums.byJoinCode(forum.joinCode))).toEqual({ kind: 'codeExpired' });
  const rotated = valueOf(await forums.rotateCode(forum.id, 2));
  expect(rotated.joinCode).not.toBe(forum.joinCode);
  expect(rotated.joinCodeExpiresAt).toBeNull();
  expect(valueOf(await forums.byJoinCode(rotated.joinCode)).id).toBe(forum.id);
  expect(refusal(await forums.byJoinCode(forum.joinCode))).toEqual({ kind: 'codeUnknown' });
});
