import { expect, test } from 'vitest';
import { mergeDraft, withValue } from './merge-draft.ts';

const base = {
  title: 'Media forum',
  place: 'Almaty',
  seats: '40',
  countries: ['KZ', 'KG'],
  organisers: [{ name: 'Alliance', url: '' }],
  agenda: [
    { id: 'a', title: 'Opening', keyPoints: 'welcome\nprogramme', rooms: [{ id: 'r1', name: 'Room 1' }] },
    { id: 'b', title: 'Panel', keyPoints: '', rooms: [] as { id: string; name: string }[] },
  ],
};
type Draft = typeof base;
const changed = (change: (draft: Draft) => void): Draft => {
  const draft = structuredClone(base);
  change(draft);
  return draft;
};
const merged = (mine: (draft: Draft) => void, theirs: (draft: Draft) => void) =>
  mergeDraft(base, changed(mine), changed(theirs));

test('[B77] what each changed in other fields, and in other words of one field, is all there', () => {
  const { draft, clashes } = merged(
    (draft) => {
      draft.title = 'Media forum 2027';
      draft.agenda[0]!.keyPoints = 'welcome\nprogramme\nthanks';
      draft.countries.push('UZ');
      draft.agenda[0]!.rooms[0]!.name = 'Room 1, green';
    },
    (draft) => {
      draft.title = 'Regional Media forum';
      draft.place = 'Bishkek';
      draft.agenda[0]!.keyPoints = 'warm welcome\nprogramme';
      draft.countries = ['KZ', 'TJ', 'KG'];
      draft.agenda[0]!.rooms.push({ id: 'r2', name: 'Room 2' });
      draft.agenda[1]!.title = 'First panel';
    },
  );
  expect(clashes).toEqual([]);
  expect(draft).toEqual({
    ...base,
    title: 'Regional Media forum 2027',
    place: 'Bishkek',
    countries: ['KZ', 'TJ', 'KG', 'UZ'],
    agenda: [
      {
        ...base.agenda[0],
        keyPoints: 'warm welcome\nprogramme\nthanks',
        rooms: [
          { id: 'r1', name: 'Room 1, green' },
          { id: 'r2', name: 'Room 2' },
        ],
      },
      { ...base.agenda[1], title: 'First panel' },
    ],
  });
});

test('[B77] words that both replaced stay as this person wrote them, and both wordings are named', () => {
  const { draft, clashes } = merged(
    (draft) => {
      draft.place = 'Osh';
      draft.agenda[1]!.title = 'Debate';
      draft.organisers = [];
    },
    (draft) => {
      draft.place = 'Bishkek';
      draft.agenda[1]!.title = 'Talk';
      draft.organisers[0]!.name = 'The Alliance';
    },
  );
  expect(draft).toMatchObject({ place: 'Osh', organisers: [], agenda: [{}, { title: 'Debate' }] });
  expect(clashes).toMatchObject([
    { path: 'place', mine: 'Osh', theirs: 'Bishkek' },
    { path: 'organisers', mine: '', theirs: 'The Alliance' },
    { path: 'agenda[1].title', mine: 'Debate', theirs: 'Talk' },
  ]);
  const theirs = clashes.reduce((all, { path, stored }) => withValue(all, path, stored), draft);
  expect(theirs).toMatchObject({
    place: 'Bishkek',
    organisers: [{ name: 'The Alliance' }],
    agenda: [{}, { title: 'Talk' }],
  });
});

test('[B77] rows are known by their id: those taken away go, unless they were changed, and new ones stay', () => {
  const fresh = { id: '', title: 'Mine', keyPoints: '', rooms: [] };
  const away = merged(
    (draft) => draft.agenda.push(fresh),
    (draft) => draft.agenda.shift(),
  );
  expect(away).toEqual({ draft: { ...base, agenda: [base.agenda[1], fresh] }, clashes: [] });
  const kept = merged(
    (draft) => (draft.agenda[0]!.title = 'Mine'),
    (draft) => draft.agenda.shift(),
  );
  expect(kept.draft.agenda.map(({ title }) => title)).toEqual(['Mine', 'Panel']);
});

test('[B77] who is alone has what was typed, and who changed nothing has what was saved', () => {
  const other = changed((draft) => (draft.seats = '50'));
  expect(mergeDraft(base, other, base)).toEqual({ draft: other, clashes: [] });
  expect(mergeDraft(base, base, other)).toEqual({ draft: other, clashes: [] });
  expect(mergeDraft(base, other, other)).toEqual({ draft: other, clashes: [] });
});
