import { describe, expect, expectTypeOf, test } from 'vitest';
import { COUNTRIES, isCountry } from '#domain/forum/countries.ts';
import { DEFAULT_JOIN_FORM, DEFAULT_RULE, type ForumDetails } from '#domain/forum/forum.ts';
import { parseForumJson, parseStoredForum } from './forum-schema.ts';

const MINIMAL = { title: 'Forum', from: '2026-05-14' };
const FULL: ForumDetails = {
  title: 'Forum',
  language: 'ur',
  from: '2026-05-14',
  to: '2026-05-15',
  place: 'Lahore',
  organisers: [{ name: 'University', url: 'https://university.example/' }, { name: 'Library' }],
  hostEvent: { name: 'Week of reading', url: 'http://reading.example' },
  countries: ['PK', 'TJ'],
  languages: ['ur', 'en', 'pa-Arab'],
  decisionRule: { consent: 75, objection: 10, quorum: 60 },
  joinForm: { country: 'required', organisation: 'hidden', namesInOutcome: false },
  agenda: [
    {
      kind: 'opening',
      id: 'opening',
      title: 'Opening',
      speakers: [{ name: 'A', country: 'PK', role: 'Dean' }],
      links: [],
      keyPoints: [],
    },
    {
      kind: 'panel',
      id: 'panel-1',
      title: 'Panel',
      startsAt: '09:30',
      endsAt: '11:00',
      moderator: { name: 'B' },
      speakers: [],
      links: [{ kind: 'video', url: 'https://video.example/1' }],
      summary: 'What was said',
      keyPoints: ['One', 'Two'],
    },
    {
      kind: 'workshop',
      id: 'workshop1' as never,
      title: 'Workshop',
      speakers: [],
      links: [],
      keyPoints: [],
      question: 'What next?',
      rooms: [{ id: 'room00001' as never, name: 'Plenary' }],
    },
    { kind: 'closing', id: 'closing', title: 'Closing', speakers: [], links: [], keyPoints: [] },
  ],
  outcome: {
    headline: 'Headline',
    agendaHeading: 'Programme',
    recommendationsHeading: 'What we ask',
    declaredParticipants: 35,
    declaredDelegations: [{ country: 'PK', count: 20, people: [{ name: 'A', organisation: null }] }],
    source: { url: 'https://old.example/post', publishedAt: '2025-11-10' },
  },
};

let made = 0;
const newId = () => `made${String((made += 1)).padStart(8, '0')}`;
const refusalOf = (json: unknown) => {
  const read = parseForumJson(json, newId);
  return read.ok ? 'accepted' : read.refusal;
};

describe('a forum from JSON', () => {
  test('[F6] every field of a forum can be given, and comes back', () => {
    const read = parseForumJson(JSON.parse(JSON.stringify(FULL)), newId);
    expect(read).toEqual({ ok: true, value: FULL });
    expectTypeOf(parseForumJson).returns.extract<{ ok: true }>().toHaveProperty('value').toEqualTypeOf<ForumDetails>();
  });

  test('[F6] a title and a day are enough; the rest has defaults', () => {
    expect(parseForumJson(MINIMAL, newId)).toEqual({
      ok: true,
      value: {
        title: 'Forum',
        language: 'en',
        from: '2026-05-14',
        to: '2026-05-14',
        place: '',
        organisers: [],
        countries: [],
        languages: ['en'],
        decisionRule: DEFAULT_RULE,
        joinForm: DEFAULT_JOIN_FORM,
        agenda: [],
        outcome: {},
      },
    });
  });

  test('[F6] ids that are not given are made, and are ids', () => {
    const agenda = [{ kind: 'workshop', title: 'W', rooms: [{ name: 'A' }, { name: 'B', id: 'room00009' }] }];
    const read = parseForumJson({ ...MINIMAL, agenda }, newId);
    if (!read.ok) throw new Error(JSON.stringify(read.refusal));
    const [workshop] = read.value.agenda;
    if (workshop?.kind !== 'workshop') throw new Error('no workshop');
    expect(workshop.id).toMatch(/^made/);
    expect(workshop.rooms.map(({ id, name }) => [name, id.slice(0, 4)])).toEqual([
      ['A', 'made'],
      ['B', 'room'],
    ]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      'agenda[2].links[0].url',
      {
        agenda: [
          { kind: 'opening', title: 'A' },
          { kind: 'panel', title: 'B' },
          { kind: 'panel', title: 'C', links: [{ kind: 'video', url: 'javascript:alert(1)' }] },
        ],
      },
      'https://',
    ],
    ['title', { title: '   ' }, 'empty'],
    ['title', { title: 'x'.repeat(201) }, '200'],
    ['title', { title: 7 }, 'text'],
    ['from', { from: '2026-02-30' }, 'day'],
    ['from', { from: '14.05.2026' }, 'day'],
    ['to', { to: '2026-05-13' }, 'before'],
    ['language', { language: 'Martian' }, 'language'],
    ['languages[1]', { languages: ['en', 'x'] }, 'language'],
    ['countries[1]', { countries: ['KZ', 'ZZ'] }, 'country'],
    ['countries', { countries: 'KZ' }, 'list'],
    ['countries', { countries: Array(201).fill('KZ') }, '200'],
    ['organisers[0].url', { organisers: [{ name: 'A', url: 'ftp://a' }] }, 'https://'],
    ['decisionRule.consent', { decisionRule: { consent: 101, objection: 0, quorum: 0 } }, '100'],
    ['decisionRule.quorum', { decisionRule: { consent: 1, objection: 0, quorum: 0.5 } }, 'whole'],
    ['joinForm.country', { joinForm: { country: 'maybe' } }, 'required'],
    ['agenda[0].kind', { agenda: [{ kind: 'dance', title: 'A' }] }, 'opening'],
    ['agenda[0].startsAt', { agenda: [{ kind: 'panel', title: 'A', startsAt: '24:00' }] }, 'time'],
    ['agenda[0].id', { agenda: [{ kind: 'workshop', title: 'A', id: 'W/1' }] }, 'letters'],
    [
      'agenda[0].rooms[1].id',
      {
        agenda: [
          {
            kind: 'workshop',
            title: 'A',
            rooms: [
              { id: 'room00001', name: 'A' },
              { id: 'room00001', name: 'B' },
            ],
          },
        ],
      },
      'twice',
    ],
    [
      'agenda[0].moderator.country',
      { agenda: [{ kind: 'panel', title: 'A', moderator: { name: 'M', country: 'k'.repeat(81) } }] },
      '80',
    ],
    ['agenda[0]', { agenda: ['Opening'] }, 'object'],
    ['colour', { colour: 'red' }, 'not a field'],
    ['agenda[0].speaker', { agenda: [{ kind: 'panel', title: 'A', speaker: 'B' }] }, 'not a field'],
    ['outcome.source.url', { outcome: { source: { url: 'data:text/html,x', publishedAt: '2025' } } }, 'https://'],
  ])('[F7] %s is named when it is wrong: %j', (field, change, reason) => {
    expect(refusalOf({ ...MINIMAL, ...change })).toEqual({
      kind: 'fieldInvalid',
      field,
      reason: expect.stringContaining(reason) as string,
    });
  });

  test('[F7] what is missing is named as missing', () => {
    expect(refusalOf({ from: '2026-05-14' })).toEqual({ kind: 'fieldMissing', field: 'title' });
    expect(refusalOf({ title: 'A' })).toEqual({ kind: 'fieldMissing', field: 'from' });
    expect(refusalOf({ ...MINIMAL, agenda: [{ kind: 'panel' }] })).toEqual({
      kind: 'fieldMissing',
      field: 'agenda[0].title',
    });
    expect(refusalOf({ ...MINIMAL, organisers: [{}] })).toEqual({ kind: 'fieldMissing', field: 'organisers[0].name' });
  });

  test.each([[null], [[]], ['text'], [7], [undefined]])('[F7] %j is not a forum at all', (json) => {
    expect(refusalOf(json)).toMatchObject({ kind: 'fieldInvalid' });
  });

  test('[F7] names of JavaScript itself are fields like others', () => {
    expect(refusalOf(JSON.parse('{"title":"A","from":"2026-05-14","__proto__":{"place":"x"}}'))).toMatchObject({
      kind: 'fieldInvalid',
    });
  });

  test('[F6] control characters are taken out of texts', () => {
    const read = parseForumJson({ ...MINIMAL, title: ' A\u0000B\u001b ', place: 'Osh\u0007' }, newId);
    expect(read).toMatchObject({ value: { title: 'AB', place: 'Osh' } });
  });
});

test('[F8] a stored forum is read as it is; damage is an error, not a refusal', () => {
  const damage = (problem: string) => new Error(`damaged: ${problem}`);
  const later = { ...FULL, title: 'x'.repeat(500), addedLater: 1 };
  expect(parseStoredForum(JSON.parse(JSON.stringify(later)), damage)).toEqual(later);
  expect(() => parseStoredForum({ ...FULL, agenda: [{ kind: 'panel' }] }, damage)).toThrow(/^damaged: agenda\[0\]/);
});

test('[S54] countries and languages of a file are taken by their names; what a person’s names is no country stays', () => {
  const parsed = parseForumJson(
    {
      ...MINIMAL,
      language: 'Русский',
      countries: ['Кыргызстан', 'KG', 'O‘zbekiston', 'uk'],
      languages: ['Кыргызча', 'EN', 'tg-Cyrl-TJ'],
      agenda: [
        {
          kind: 'panel',
          title: 'A',
          speakers: [
            { name: 'M', country: 'ТОҶИКИСТОН' },
            { name: 'N', country: 'Zembla' },
          ],
        },
      ],
    },
    () => 'made0001',
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal));
  expect(parsed.value).toMatchObject({
    language: 'ru',
    countries: ['KG', 'UZ', 'GB'],
    languages: ['ky', 'en', 'tg-TJ'],
    agenda: [{ speakers: [{ country: 'TJ' }, { country: 'Zembla' }] }],
  });
});

test('[F7] countries are the 249 of ISO 3166-1', () => {
  expect(COUNTRIES).toHaveLength(249);
  expect(new Set(COUNTRIES).size).toBe(249);
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  for (const code of COUNTRIES) expect([code, names.of(code)]).toEqual([code, expect.any(String)]);
  for (const code of ['KZ', 'KG', 'TJ', 'TM', 'UZ', 'PK', 'AF', 'MN']) expect(isCountry(code)).toBe(true);
  for (const code of ['UK', 'EU', 'XK', 'kz', '']) expect(isCountry(code)).toBe(false);
});
