import { describe, expect, it } from 'vitest';
import type { Forum } from '#domain/forum/forum.ts';
import { parseForumJson } from '#protocol/forum-schema.ts';
import { detailsTyped } from './draft-details.ts';
import { draftFromForm } from './draft-fields.ts';
import { indexForm } from './form-index.ts';
import { blankAgendaItem, draftOf } from './draft.ts';
import { keepRooms } from './keep-rooms.ts';
import { isAbout } from './refusal-context.ts';

const FIELDS: Record<string, string> = {
  title: ' Four rivers ',
  language: 'en',
  from: '2026-05-01',
  to: '',
  place: 'Khujand',
  'organisers[0].name': '',
  'organisers[0].url': '',
  'organisers[2].name': 'River Libraries',
  'organisers[2].url': 'https://example.org',
  'countries[0]': 'TJ',
  'countries[1]': 'kazakhstan',
  'decisionRule.consent': '70',
  'decisionRule.objection': '5',
  'decisionRule.quorum': '50',
  'joinForm.country': 'required',
  'joinForm.organisation': 'hidden',
  'agenda[0].kind': 'panel',
  'agenda[0].title': 'Boats',
  'agenda[0].moderator.name': 'Aigerim',
  'agenda[0].moderator.country': 'Kazakhstan',
  'agenda[0].links[1].kind': 'video',
  'agenda[0].links[1].url': 'https://example.org/v',
  'agenda[0].keyPoints': 'one\r\n\r\n two ',
  'agenda[1].kind': 'workshop',
  'agenda[1].title': 'Together',
  'agenda[1].rooms[0].id': 'room0001',
  'agenda[1].rooms[0].name': 'Plenary',
  'agenda[1].rooms[1].id': '',
  'agenda[1].rooms[1].name': 'Room 2',
};

function submitted(changes: Record<string, string> = {}): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...FIELDS, ...changes })) form.set(name, value);
  form.append('languages', 'en');
  form.append('languages', 'tg');
  form.append('languages', 'de, fa');
  return form;
}

let ids = 0;
const read = (form: FormData) =>
  parseForumJson(detailsTyped(draftFromForm(indexForm(form)), {}), () => `made${String(++ids).padStart(6, '0')}`);

function details(form: FormData) {
  const result = read(form);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

describe('a forum from its form', () => {
  it('[F20] what was typed becomes the forum; empty rows are dropped, countries go by name or code', () => {
    expect(details(submitted())).toMatchObject({
      title: 'Four rivers',
      from: '2026-05-01',
      to: '2026-05-01',
      organisers: [{ name: 'River Libraries', url: 'https://example.org' }],
      countries: ['TJ', 'KZ'],
      languages: ['en', 'tg', 'de', 'fa'],
      joinForm: { country: 'required', organisation: 'hidden', namesInOutcome: false },
      agenda: [
        {
          kind: 'panel',
          moderator: { name: 'Aigerim', country: 'KZ' },
          links: [{ kind: 'video', url: 'https://example.org/v' }],
          keyPoints: ['one', 'two'],
        },
        { kind: 'workshop', rooms: [{ id: 'room0001', name: 'Plenary' }, { name: 'Room 2' }] },
      ],
    });
  });

  it('[F20] a forum shown in the form and sent back unchanged is the same forum', () => {
    const forum = details(submitted());
    expect(parseForumJson(detailsTyped(draftOf(forum, 'ru'), forum.outcome), () => 'unused00')).toEqual({
      ok: true,
      value: forum,
    });
  });

  it('[F21] a refusal names the field by its path in the draft that comes back', () => {
    const form = submitted({ 'agenda[0].links[1].url': 'nowhere' });
    const result = read(form);
    expect(result).toMatchObject({ ok: false, refusal: { kind: 'fieldInvalid', field: 'agenda[0].links[0].url' } });
    expect(draftFromForm(indexForm(form)).agenda[0]?.links[0]?.url).toBe('nowhere');
    expect(!result.ok && isAbout(result.refusal, 'agenda[0].links[0].url')).toBe(true);
    expect(!result.ok && isAbout(result.refusal, 'agenda[0].links[0].kind')).toBe(false);
  });

  it('[F21] what is no number stays as it was typed and is refused', () => {
    const result = read(submitted({ 'decisionRule.consent': 'most' }));
    expect(result).toMatchObject({ ok: false, refusal: { field: 'decisionRule.consent' } });
  });

  it('[F21] hostile field names make no rows', () => {
    const draft = draftFromForm(
      indexForm(submitted({ 'organisers[__proto__].name': 'x', 'organisers[99999].name': 'y' })),
    );
    expect(draft.organisers).toHaveLength(1);
  });
});

describe('a forum that changed while it was edited', () => {
  it('[F22] rooms and workshops that were opened meanwhile stay', () => {
    const stored = { ...details(submitted()) } as Forum;
    const typed = draftOf(stored, 'en');
    const without = { ...typed, agenda: [{ ...typed.agenda[1]!, title: 'Renamed', rooms: [] }] };
    const kept = keepRooms(without, stored, 'en');
    expect(kept.agenda[0]).toMatchObject({ title: 'Renamed', rooms: typed.agenda[1]?.rooms });
    expect(keepRooms({ ...typed, agenda: [blankAgendaItem('opening')] }, stored, 'en').agenda).toMatchObject([
      { kind: 'opening' },
      { kind: 'workshop', title: 'Together' },
    ]);
  });
});
