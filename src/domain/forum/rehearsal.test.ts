import { describe, expect, test } from 'vitest';
import type { WorkshopPlan } from './agenda.ts';
import { DEFAULT_JOIN_FORM, DEFAULT_RULE, openCode, type Forum } from './forum.ts';
import { calledIn, expectedPeople, readWish, rehearsalOf, rehearsalSlug, rehearsedSlug } from './rehearsal.ts';
import type { ForumId, RoomId, WorkshopId } from '../ids.ts';

const SECRET = 'sekret';
const plan: WorkshopPlan = {
  kind: 'workshop',
  id: 'workshop0001' as WorkshopId,
  title: 'Together',
  question: 'What do we do?',
  startsAt: '14:00',
  moderator: { name: SECRET },
  speakers: [{ name: SECRET }],
  links: [{ kind: 'page', url: `https://${SECRET}.example` }],
  keyPoints: [SECRET],
  summary: SECRET,
  rooms: ['Walnut', 'Poplar'].map((name, index) => ({ id: `room00000${index}` as RoomId, name })),
};
const forum: Forum = {
  id: 'forum0000001' as ForumId,
  slug: 'one-river',
  version: 3,
  joinCode: 'SEKRETAA',
  joinCodeExpiresAt: null,
  title: 'Одна река',
  language: 'ru',
  from: '2026-05-14',
  to: '2026-05-14',
  place: 'Osh',
  organisers: [{ name: SECRET }],
  hostEvent: { name: SECRET },
  countries: ['KG'],
  languages: ['ru', 'ky'],
  decisionRule: DEFAULT_RULE,
  joinForm: DEFAULT_JOIN_FORM,
  agenda: [{ kind: 'opening', id: 'opening', title: SECRET, speakers: [], links: [], keyPoints: [] }, plan],
  outcome: { headline: SECRET, declaredParticipants: 3 },
};

const copied = (of: Forum = forum) => {
  let number = 0;
  return rehearsalOf(of, plan, () => `new0000${(number += 1)}`);
};

describe('the copy', () => {
  test('[F30] has the rooms, languages and rules of its forum, and nothing else that somebody wrote', () => {
    const { details, workshop } = copied();
    expect(details).toMatchObject({ language: 'ru', languages: ['ru', 'ky'], countries: ['KG'], place: 'Osh' });
    expect(details.agenda).toEqual([workshop]);
    expect(workshop).toMatchObject({ title: 'Together', question: 'Репетиция: What do we do?', startsAt: '14:00' });
    expect(workshop.rooms.map(({ name }) => name)).toEqual(['Walnut', 'Poplar']);
    expect(JSON.stringify(details).toLowerCase()).not.toContain(SECRET);
    const old = [plan.id, ...plan.rooms.map(({ id }) => id as string)];
    expect([workshop.id, ...workshop.rooms.map(({ id }) => id as string)].filter((id) => old.includes(id))).toEqual([]);
  });

  test('[F30] says what it is in the forum’s language or the organizer’s, however long the title', () => {
    expect(copied().details.title).toBe('Репетиция: Одна река');
    expect(rehearsalOf(forum, plan, () => 'new', 'en').details.title).toBe('Rehearsal: Одна река');
    expect(calledIn('Rehearsal: Одна река', 'ru')).toBe('Репетиция: Одна река');
    expect(calledIn('ریہرسل: Одна река', 'en')).toBe('Rehearsal: Одна река');
    expect(calledIn('Одна река: Rehearsal: x', 'ru')).toBe('Одна река: Rehearsal: x');
    expect(copied({ ...forum, language: 'de' }).details.title).toBe('Rehearsal: Одна река');
    const long = copied({ ...forum, title: '🌊'.repeat(200) }).details.title;
    expect([...long]).toHaveLength(200);
    expect(long.endsWith('🌊…')).toBe(true);
  });

  test('[F32] has no code to come in by', () => {
    expect(openCode(forum)).toBe('SEKRETAA');
    expect(openCode({ ...forum, rehearsal: { of: forum.id, endsAt: 1 } })).toBeNull();
  });
});

test.each(['one-river', 'rehearsal-one-river-abc123', 'new--1', 'a'])('[F35] its address leads back to %j', (slug) => {
  expect(rehearsedSlug(rehearsalSlug(slug, 'x1y2z3'))).toBe(slug);
});

test.each([
  'one-river',
  'rehearsal-one-river',
  'rehearsal-of-2026',
  'the-rehearsal-one-river-abc123',
  'rehearsal--abc123',
])('[F35] %j is no rehearsal’s address', (slug) => expect(rehearsedSlug(slug)).toBeNull());

test('[F31] as many people as are expected, at most a hundred', () => {
  expect(expectedPeople({})).toBe(35);
  expect(expectedPeople({ seats: 12 })).toBe(12);
  expect(expectedPeople({ seats: 4_000 })).toBe(100);
});

describe('what is typed', () => {
  const typed = { people: '35', speed: '10', isByItself: true };

  test('[F31] is a wish', () => {
    expect(readWish(typed)).toEqual({ ok: true, value: { people: 35, speed: 10, isByItself: true } });
    expect(readWish({ ...typed, people: ' 100 ' })).toMatchObject({ value: { people: 100 } });
  });

  test.each(['0', '101', '-1', '1.5', '1e2', '', 'many', '9'.repeat(400)])('[F31] %j people are refused', (people) => {
    expect(readWish({ ...typed, people })).toMatchObject({ refusal: { kind: 'fieldInvalid', field: 'people' } });
  });

  test.each(['0', '2', '600', '', '10x'])('[F31] speed %j is refused', (speed) => {
    expect(readWish({ ...typed, speed })).toMatchObject({ refusal: { kind: 'fieldInvalid', field: 'speed' } });
  });
});
