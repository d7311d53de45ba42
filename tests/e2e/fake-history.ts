import type { Page } from '@playwright/test';
import * as Y from 'yjs';
import type { CommentId, ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import type { Language } from '#domain/languages/language.ts';
import * as edit from '#protocol/board/edit.ts';
import type { Change, Comparison, Version, VersionList } from '#protocol/versions-schema.ts';

const SEAT = 'seat00000001' as SeatId;
const MORNING = Date.UTC(2026, 4, 1, 9, 30);
const MINUTE = 60_000;

/** A board with two themes in three languages, as it may stand in the middle of a workshop. */
function sampleBoard(): Uint8Array {
  const doc = new Y.Doc();
  const writer = { seat: SEAT, at: MORNING };
  const theme = (id: string, text: string, lang: Language) =>
    edit.addTheme(doc, { id: id as ThemeId, title: { text, lang } }, writer);
  const item = (id: string, on: string | null, text: string, lang: Language) =>
    edit.addItem(
      doc,
      { id: id as ItemId, theme: on as ThemeId | null, lang, blocks: [{ kind: 'paragraph', lang, runs: [{ text }] }] },
      writer,
    );
  theme('theme0000001', 'Media literacy in schools', 'en');
  theme('theme0000002', 'علاقائی نیٹ ورک', 'ur');
  item('item00000001', 'theme0000001', 'Train two teachers in every school by 2027.', 'en');
  item('item00000002', 'theme0000001', 'Перевести учебные материалы на языки региона.', 'ru');
  item('item00000003', 'theme0000002', 'ہر ملک میں میڈیا خواندگی کا ایک مرکز قائم کیا جائے۔', 'ur');
  item('item00000004', null, 'A shared calendar of trainings', 'en');
  const comment = { id: 'comment00001' as CommentId, text: { text: 'Who pays for it?', lang: 'en' as const } };
  edit.addComment(doc, 'item00000001' as ItemId, comment, writer);
  return Y.encodeStateAsUpdate(doc);
}

export function sampleVersions(): Version[] {
  const none = { added: 0, changed: 0, removed: 0, isBeforeRestore: false, cuts: [] };
  const at = (minutes: number) => ({ from: MORNING + (minutes - 4) * MINUTE, at: MORNING + minutes * MINUTE });
  const aida = { seat: SEAT, name: 'Aida Sultanova' };
  const ayesha = { seat: 'seat00000002', name: 'عائشہ خان' };
  return [
    { ...none, ...at(35), seq: 88, people: [{ seat: null, name: null }], changed: 3, items: 4 },
    { ...none, ...at(34), seq: 80, people: [aida, ayesha], added: 2, removed: 1, items: 5, isBeforeRestore: true },
    {
      ...{ ...none, ...at(21), seq: 41, people: [ayesha, { seat: 'seat00000003', name: null }], added: 3, items: 4 },
      cuts: [
        { kind: 'kept', name: 'قبل از رأی‌گیری: Antimonopolgesetzgebungsverfahrensordnung', by: ayesha, at: MORNING },
        { kind: 'stepBegan', step: 'writeTogether' },
        { kind: 'deletion', deleted: 12, merged: 5 },
      ],
    },
    { ...none, ...at(8), seq: 12, people: [aida], added: 1, items: 1, cuts: [{ kind: 'timeUp', step: 'arrive' }] },
  ];
}

const NONE = { added: 0, deleted: 0, reworded: 0, marked: 0, language: 0, moved: 0, merged: 0, split: 0, commented: 0 };

/** What changed, in three languages and every way. */
function sampleComparison(from: number, to: number): Comparison {
  const change = { isTheme: false, lang: 'en', theme: { text: 'Media literacy in schools', lang: 'en' } };
  const regional = { text: 'علاقائی نیٹ ورک', lang: 'ur' };
  const same = (text: string): Change['pieces'] => [{ kind: 'same', text }];
  return {
    ...{ from, to, beyond: 7 },
    items: { ...NONE, added: 2, reworded: 1, deleted: 1, moved: 1, merged: 2, commented: 1 },
    themes: { ...NONE, reworded: 1 },
    changes: [
      {
        ...{ ...change, deeds: ['reworded'], isTheme: true, theme: null },
        pieces: [
          { kind: 'same', text: 'Media ' },
          { kind: 'removed', text: 'education' },
          { kind: 'added', text: 'literacy in schools' },
        ],
      },
      {
        ...{ ...change, deeds: ['reworded', 'moved'], lang: 'ur', theme: regional, movedFrom: null },
        pieces: [
          { kind: 'same', text: 'ہر ' },
          { kind: 'removed', text: 'ملک' },
          { kind: 'added', text: 'شہر' },
          { kind: 'same', text: ' میں میڈیا خواندگی کا ایک مرکز قائم کیا جائے۔' },
        ],
      },
      { ...change, deeds: ['added'], lang: 'ru', pieces: [{ kind: 'added', text: 'Перевести учебные материалы.' }] },
      {
        ...change,
        deeds: ['merged'],
        pieces: same('A calendar'),
        mergedInto: { text: 'A shared calendar', lang: 'en' },
      },
      { ...change, deeds: ['commented'], pieces: same('Train two teachers'), comments: { added: 1, removed: 2 } },
      {
        ...change,
        deeds: ['deleted'],
        theme: null,
        pieces: [{ kind: 'removed', text: 'Donaudampfschifffahrts'.repeat(6) }],
      },
    ],
  };
}

/** Answers in the server's place on this page alone. `restored` gathers what was asked to be restored. */
export async function fakeHistory(page: Page, list: VersionList, restored: number[] = []): Promise<void> {
  await page.route(/\/api\/forums\/[^/]+\/boards\/board\/[^/]+\/versions$/, (route) =>
    route.fulfill({ json: route.request().method() === 'POST' ? { seq: list.versions[0]?.seq ?? 0 } : list }),
  );
  await page.route(/\/versions\/\d+\/changes/, (route) => {
    const url = new URL(route.request().url());
    const [to = '0'] = url.pathname.split('/').slice(-2);
    return route.fulfill({ json: sampleComparison(Number(url.searchParams.get('from') ?? 0), Number(to)) });
  });
  await page.route(/\/api\/forums\/[^/]+\/boards\/board\/[^/]+\/versions\/\d+(\?undo)?$/, (route) => {
    const seq = Number(new URL(route.request().url()).pathname.split('/').at(-1));
    if (route.request().method() === 'POST') {
      restored.push(seq);
      return route.fulfill({ json: { restoredFrom: seq, before: list.versions[0]?.seq ?? 0 } });
    }
    if (!list.versions.some((version) => version.seq === seq)) return route.fulfill({ status: 404, json: {} });
    return route.fulfill({ contentType: 'application/octet-stream', body: Buffer.from(sampleBoard()) });
  });
}
