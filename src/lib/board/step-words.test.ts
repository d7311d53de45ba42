import { expect, test } from 'vitest';
import type { RoomId } from '#domain/ids.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import { loadCatalogue } from '#lib/i18n/locales.ts';
import { translator } from '#lib/i18n/text.ts';
import { wordsOfStep } from './step-words.ts';

const t = translator(await loadCatalogue('en'), 'en');
const room = 'room' as RoomId;
const said = (step: object, isHere?: boolean) => {
  const view = {
    script: [{ kind: 'pause', title: { ur: 'وقفہ' } }, { kind: 'close' }],
    step: { kind: 'pause', task: 'pause', board: 'read', endsAt: null, ...step },
    me: { role: 'participant' },
    rooms: [{ id: room, access: 'read' }],
  } as unknown as WorkshopView;
  return wordsOfStep(t, view, ['ur', 'en'], room, isHere);
};

test('[W73] a break says when it is over: by its script anywhere, by its clock only where the reader’s own clock is', () => {
  const endsAt = new Date(2026, 10, 27, 11, 40).valueOf();
  expect(said({ endsAt }).reading).toContain('back at 11:40');
  expect(said({ endsAt }, false).reading).not.toContain('11:40');
  expect(said({ endsAt, backAt: '11:45' }, false).reading).toContain('back at 11:45');
  expect(said({}).reading).toBe(t('board.reading_pause'));
});

test('[W73] a step has its title in the page’s language, or else in the reader’s, and says in which it is; its instruction in the reader’s', () => {
  const both = { title: { ur: 'وقفہ', en: 'Break' }, instruction: { ur: 'چائے', en: 'Tea' } };
  expect(said(both)).toMatchObject({ now: 'Break', lang: 'en', instruction: { text: 'چائے', lang: 'ur' } });
  expect(said({ title: { ur: 'وقفہ' } })).toMatchObject({ now: 'وقفہ', lang: 'ur', names: ['وقفہ', 'Close'] });
  expect(said({})).toMatchObject({ lang: 'en' });
});
